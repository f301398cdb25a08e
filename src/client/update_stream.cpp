// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/client/update_stream.hpp>

#include "client/client_core.hpp"
#include "client/start.hpp"

#include <asio/this_coro.hpp>

#include <utility>

namespace mtp::MTP_ABI {
namespace detail {
namespace {

task<std::optional<update>> next_update(client_core& core, std::string name) {
  if (name.empty()) return core.updates().delivery().next();
  return core.updates().next_of(std::move(name));
}

/// Who is on the strand of the client already, as most programs are, is spared the hop of other
/// operations: updates come by the thousand.
task<std::optional<update>> next_here(std::shared_ptr<client_core> core, std::string name) {
  if (!core) throw client_closed();
  auto const here = co_await asio::this_coro::executor;
  bool const hops = here != core->strand();
  auto work =
      hops ? start(core, next_update, std::move(name)) : next_update(*core, std::move(name));
  auto out = co_await std::move(work);
  co_return out;
}

}  // namespace
}  // namespace detail

update_stream::update_stream(std::shared_ptr<detail::client_core> client, stream_options options)
    : client_(std::move(client)) {
  client_->open_updates(options);
}

update_stream::update_stream(std::shared_ptr<detail::client_core> client, consumer_options options)
    : client_(std::move(client)), name_(options.name) {
  client_->open_updates(std::move(options));
}

update_stream& update_stream::operator=(update_stream&& other) noexcept {
  if (this != &other && client_) client_->close_updates(name_);
  client_ = std::move(other.client_);
  name_ = std::move(other.name_);
  return *this;
}

update_stream::~update_stream() {
  if (client_) client_->close_updates(name_);
}

task<std::optional<update>> update_stream::next() { return detail::next_here(client_, name_); }

}  // namespace mtp::MTP_ABI
