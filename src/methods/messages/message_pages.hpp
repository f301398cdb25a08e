// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "client/call.hpp"
#include "client/start.hpp"
#include "methods/messages/page.hpp"
#include "methods/peers/resolve.hpp"

#include <mtp/methods/pager.hpp>
#include <mtp/tl/types/InputPeer.hpp>
#include <mtp/tl/types/messages/Messages.hpp>

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace mtp::MTP_ABI::detail {

/// Where a page of messages ended.
struct page_end {
  std::int32_t oldest = 0;  ///< number of its last message; 0 when it had none
  bool is_whole = false;    ///< the server gave everything there is
};
page_end end_of(tl::messages::Messages const& page);

/// The most that one page has.
constexpr std::int32_t page_size = 100;

/// How a request for messages goes on.
template <class Request>
struct paged_messages {
  Request request = {};
  std::vector<owned_peer> where = {};  ///< whom it asks about; looked up once
  std::vector<owned_peer> from = {};   ///< whose messages are wanted
  bool ready = false;
  bool over = false;
};

template <class Request>
task<> find_peers(client_core& core, paged_messages<Request>& of) {
  if (of.ready) co_return;
  if (!of.where.empty()) of.request.peer = co_await input_peer(core, of.where.front());
  if constexpr (requires { of.request.from_id; })
    if (!of.from.empty()) of.request.from_id = co_await input_peer(core, of.from.front());
  of.ready = true;
}

/// The next page. Lifetime: `of` is kept until it ends.
template <class Request>
task<std::vector<message>> next_messages(client_core& core,
                                         std::shared_ptr<paged_messages<Request>> of) {
  co_await find_peers(core, *of);
  auto& request = of->request;
  request.limit = page_size;
  auto const page = co_await call(core, request);
  auto const end = end_of(*page);
  bool const got_on = end.oldest != 0 && (request.offset_id == 0 || end.oldest < request.offset_id);
  of->over = end.is_whole || !got_on;
  if (got_on) request.offset_id = end.oldest;
  co_return read_page(core, page);
}

template <class Request>
class message_pages final : public page_source<message> {
 public:
  message_pages(std::shared_ptr<client_core> client, paged_messages<Request> of)
      : client_(std::move(client)), of_(std::make_shared<paged_messages<Request>>(std::move(of))) {}

  task<std::vector<message>> next_page(bool& over) override {
    auto page = co_await start(client_, next_messages<Request>, of_);
    over = of_->over;
    co_return page;
  }

 private:
  std::shared_ptr<client_core> client_;
  std::shared_ptr<paged_messages<Request>> of_;
};

template <class Request>
pager<message> page_through(std::shared_ptr<client_core> client, paged_messages<Request> of,
                            std::size_t limit) {
  return {std::make_unique<message_pages<Request>>(std::move(client), std::move(of)), limit};
}

}  // namespace mtp::MTP_ABI::detail
