// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What a program says of an update that a stream gave it.
#include "client/client_core.hpp"
#include "client/start.hpp"
#include "events/update_access.hpp"
#include "updates/update_key.hpp"

#include <mtp/events/update.hpp>

#include <utility>

namespace mtp::MTP_ABI {
namespace detail {
namespace {

task<> acknowledge_update(client_core& core, std::uint64_t ticket) {
  return core.updates().acknowledge(ticket);
}

task<> commit_update(client_core& core, std::uint64_t ticket, store_transaction with) {
  return core.updates().commit(ticket, std::move(with));
}

}  // namespace
}  // namespace detail

std::string update::key() const {
  using access = detail::update_access;
  updates::arrival what{.update = raw_, .unreadable = access::unreadable(*this)};
  if (tag_ == event_tag::updates_lost)
    what.loss = std::make_shared<updates::lost const>(access::loss(*this));
  return updates::key_of(what);
}

task<> update::ack() const {
  return detail::start(client_.lock(), detail::acknowledge_update, ticket_);
}

task<> update::commit(store_transaction with) const {
  return detail::start(client_.lock(), detail::commit_update, ticket_, std::move(with));
}

}  // namespace mtp::MTP_ABI
