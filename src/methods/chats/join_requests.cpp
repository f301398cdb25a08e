// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/invites
#include "client/call.hpp"
#include "client/start.hpp"
#include "methods/peers/resolve.hpp"

#include <mtp/events/members.hpp>
#include <mtp/methods/chats.hpp>
#include <mtp/tl/functions/messages.hpp>
#include <mtp/tl/types/InputPeer.hpp>
#include <mtp/tl/types/InputUser.hpp>
#include <mtp/tl/types/Updates.hpp>

#include <utility>

namespace mtp::MTP_ABI {
namespace detail {
namespace {

/// Empty for who is no user.
tl::InputUser to_user(tl::InputPeer const& peer) {
  if (peer.holds<tl::inputPeerSelf>()) return tl::inputUserSelf{};
  auto const* user = peer.get_if<tl::inputPeerUser>();
  if (!user) return tl::inputUserEmpty{};
  return tl::inputUser{.user_id = user->user_id, .access_hash = user->access_hash};
}

task<> answer_join_request(client_core& core, owned_peer chat, owned_peer user, bool approve) {
  tl::messages::hideChatJoinRequest request;
  request.approved = approve;
  request.peer = co_await input_peer(core, std::move(chat));
  auto const who = co_await input_peer(core, std::move(user));
  request.user_id = to_user(who);
  co_await call(core, request);
}

}  // namespace
}  // namespace detail

task<> chat_methods::answer_join_request(peer_ref chat, peer_ref user, bool approve) const {
  return detail::start(client_, detail::answer_join_request, chat, user, approve);
}

task<> join_request::approve() const {
  return chat_methods(client_.lock()).answer_join_request(chat(), user(), true);
}

task<> join_request::decline() const {
  return chat_methods(client_.lock()).answer_join_request(chat(), user(), false);
}

}  // namespace mtp::MTP_ABI
