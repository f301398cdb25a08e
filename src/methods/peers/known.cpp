// SPDX-License-Identifier: MIT OR Apache-2.0
#include "client/client_core.hpp"
#include "client/start.hpp"
#include "client/state_keeper.hpp"
#include "methods/peers/peer_name.hpp"

#include <mtp/methods/peers.hpp>

#include <algorithm>
#include <utility>

namespace mtp::MTP_ABI {
namespace detail {
namespace {

task<std::optional<stored_peer>> known_peer(client_core& core, peer_id peer) {
  co_await core.opened();
  auto out = co_await core.keeper().peer(peer);
  co_return out;
}

task<std::optional<stored_peer>> known_username(client_core& core, std::string username) {
  co_await core.opened();
  auto name = to_username(username);
  std::optional<stored_peer> out;
  if (name) out = co_await core.keeper().peer_by_username(*std::move(name));
  co_return out;
}

secret<std::string> digits_of(secret<std::string> const& phone) {
  std::string out;
  out.reserve(phone.reveal().size());  // what grows leaves copies behind
  std::ranges::copy_if(phone.reveal(), std::back_inserter(out),
                       [](char one) { return one >= '0' && one <= '9'; });
  return out;
}

task<std::optional<stored_peer>> known_phone(client_core& core, secret<std::string> phone) {
  co_await core.opened();
  auto digits = digits_of(phone);
  std::optional<stored_peer> out;
  if (!digits.reveal().empty()) out = co_await core.keeper().peer_by_phone(std::move(digits));
  co_return out;
}

}  // namespace
}  // namespace detail

task<std::optional<stored_peer>> peer_methods::known(peer_id peer) const {
  return detail::start(client_, detail::known_peer, peer);
}

task<std::optional<stored_peer>> peer_methods::known_by_username(std::string_view username) const {
  return detail::start(client_, detail::known_username, username);
}

task<std::optional<stored_peer>> peer_methods::known_by_phone(secret<std::string> phone) const {
  return detail::start(client_, detail::known_phone, std::move(phone));
}

}  // namespace mtp::MTP_ABI
