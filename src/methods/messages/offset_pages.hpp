// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "client/call.hpp"
#include "client/start.hpp"
#include "methods/peers/resolve.hpp"

#include <mtp/methods/pager.hpp>
#include <mtp/tl/types/InputPeer.hpp>

#include <memory>
#include <utility>
#include <vector>

namespace mtp::MTP_ABI::detail {

/// A list whose answers name the next page, as lists of voters and of reactions do.
template <class T, class Request>
struct offset_list {
  using answer = tl::answer<Request>;
  using reader = std::vector<T> (*)(client_core& core, answer const& page, offset_list const& of);

  Request request = {};
  std::vector<owned_peer> where = {};
  reader read = nullptr;
  std::vector<tl::bytes> options = {};  ///< what the reader needs to know
  bool ready = false;
  bool over = false;
};

constexpr std::int32_t offset_page_size = 50;

/// The next page. Lifetime: `of` is kept until it ends.
template <class T, class Request>
task<std::vector<T>> next_by_offset(client_core& core,
                                    std::shared_ptr<offset_list<T, Request>> of) {
  auto& request = of->request;
  if (!of->ready) request.peer = co_await input_peer(core, of->where.front());
  of->ready = true;
  request.limit = offset_page_size;
  auto const page = co_await call(core, request);
  core.account().meet(page->users, page->chats);
  auto out = of->read(core, page, *of);
  auto next = page->next_offset;
  of->over = !next || next->empty() || next == request.offset;
  request.offset = std::move(next);
  co_return out;
}

template <class T, class Request>
class offset_pages final : public page_source<T> {
 public:
  offset_pages(std::shared_ptr<client_core> client, offset_list<T, Request> of)
      : client_(std::move(client)), of_(std::make_shared<offset_list<T, Request>>(std::move(of))) {}

  task<std::vector<T>> next_page(bool& over) override {
    auto page = co_await start(client_, next_by_offset<T, Request>, of_);
    over = of_->over;
    co_return page;
  }

 private:
  std::shared_ptr<client_core> client_;
  std::shared_ptr<offset_list<T, Request>> of_;
};

}  // namespace mtp::MTP_ABI::detail
