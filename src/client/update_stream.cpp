// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/client/update_stream.hpp>

#include "client/client_core.hpp"
#include "client/start.hpp"

#include <utility>

namespace mtp::MTP_ABI {
namespace detail {
namespace {

task<std::optional<update>> next_update(client_core& core) {
  return core.updates().delivery().next();
}

}  // namespace
}  // namespace detail

update_stream::update_stream(std::shared_ptr<detail::client_core> client, stream_options options)
    : client_(std::move(client)) {
  client_->open_updates(options);
}

update_stream& update_stream::operator=(update_stream&& other) noexcept {
  if (this != &other && client_) client_->close_updates();
  client_ = std::move(other.client_);
  return *this;
}

update_stream::~update_stream() {
  if (client_) client_->close_updates();
}

task<std::optional<update>> update_stream::next() {
  return detail::start(client_, detail::next_update);
}

}  // namespace mtp::MTP_ABI
