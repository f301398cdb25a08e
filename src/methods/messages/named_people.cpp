// SPDX-License-Identifier: MIT OR Apache-2.0
#include "methods/messages/named_people.hpp"

#include "methods/peers/resolve.hpp"

#include <mtp/tl/types/InputPeer.hpp>
#include <mtp/tl/types/InputUser.hpp>

#include <utility>

namespace mtp::MTP_ABI::detail {
namespace {

/// The one whom `entity` mentions by the number alone; 0 for anything else.
std::int64_t only_number(tl::MessageEntity const& entity) {
  auto const* const named = entity.get_if<tl::inputMessageEntityMentionName>();
  if (!named) return 0;
  auto const* const user = named->user_id.get_if<tl::inputUser>();
  return user && user->access_hash == 0 ? user->user_id : 0;
}

tl::InputUser user_of(tl::InputPeer const& peer) {
  if (auto const* const user = peer.get_if<tl::inputPeerUser>())
    return tl::inputUser{.user_id = user->user_id, .access_hash = user->access_hash};
  return tl::inputUserSelf{};
}

}  // namespace

task<tl::list<tl::MessageEntity>> with_named_people(client_core& core,
                                                    tl::list<tl::MessageEntity> entities) {
  for (auto& one : entities) {
    auto const id = only_number(one);
    if (id == 0) continue;
    owned_peer who{peer_ref(peer_id{peer_kind::user, id})};
    auto const peer = co_await input_peer(core, std::move(who));
    auto changed = *one.get_if<tl::inputMessageEntityMentionName>();
    changed.user_id = user_of(peer);
    one = std::move(changed);
  }
  co_return entities;
}

}  // namespace mtp::MTP_ABI::detail
