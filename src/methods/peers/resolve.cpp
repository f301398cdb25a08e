// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/peers
#include "methods/peers/resolve.hpp"

#include "client/call.hpp"
#include "client/peers.hpp"
#include "client/start.hpp"
#include "methods/peers/peer_name.hpp"
#include "types/tl_peer.hpp"

#include <mtp/core/refusal.hpp>
#include <mtp/methods/peers.hpp>
#include <mtp/tl/functions/contacts.hpp>
#include <mtp/tl/types/InputPeer.hpp>
#include <mtp/tl/types/contacts/ResolvedPeer.hpp>

#include <utility>

namespace mtp::MTP_ABI {
namespace detail {

task<peer_id> resolve(client_core& core, std::string username) {
  auto const written = to_username(username);
  if (!written)
    throw error(make_error_code(client_errc::unknown_peer), "no account is called so: " + username);
  std::string name = *written;
  auto const known = core.account().names().find(name, core.now());
  if (known) co_return *known;
  tl::contacts::resolveUsername request;
  request.username = name;
  received<tl::contacts::ResolvedPeer> answer;
  try {
    answer = co_await call(core, request);
  } catch (rpc_error const& e) {
    bool const is_nobody = reason_of(e.failure()) == refusal_reason::username_invalid;
    if (is_nobody) core.account().names().remove(name);
    throw;
  }
  core.account().meet(answer->users, answer->chats);
  auto const found = to_peer_id(answer->peer);
  if (!found) throw error(make_error_code(client_errc::unknown_peer), username);
  core.account().names().add(std::move(name), *found, core.now());
  co_return *found;
}

task<tl::InputPeer> input_peer(client_core& core, owned_peer peer) {
  co_await core.opened();
  if (peer.name == "me") co_return tl::InputPeer(tl::inputPeerSelf{});
  if (!peer.name.empty()) peer.id = co_await resolve(core, peer.name);
  tl::InputPeer out = co_await to_input(peer.id, core.keeper());
  if (!out) throw error(make_error_code(client_errc::unknown_peer), std::to_string(peer.id.id));
  co_return out;
}

}  // namespace detail

peer_methods::peer_methods(std::shared_ptr<detail::client_core> client)
    : client_(std::move(client)) {}

task<peer_id> peer_methods::resolve(std::string_view username) const {
  return detail::start(client_, detail::resolve, username);
}

task<tl::InputPeer> peer_methods::input_peer(peer_ref peer) const {
  return detail::start(client_, detail::input_peer, peer);
}

}  // namespace mtp::MTP_ABI
