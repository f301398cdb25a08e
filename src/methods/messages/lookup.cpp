// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/method/messages.getMessages and /channels.getMessages
#include "methods/messages/lookup.hpp"

#include "client/call.hpp"
#include "client/start.hpp"
#include "methods/messages/page.hpp"
#include "methods/peers/resolve.hpp"
#include "types/tl_peer.hpp"

#include <mtp/methods/messages.hpp>
#include <mtp/tl/functions/channels.hpp>
#include <mtp/tl/functions/messages.hpp>
#include <mtp/tl/types/InputChannel.hpp>
#include <mtp/tl/types/InputMessage.hpp>
#include <mtp/tl/types/InputPeer.hpp>
#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/Peer.hpp>
#include <mtp/tl/types/messages/Messages.hpp>

#include <algorithm>
#include <optional>
#include <span>
#include <utility>

namespace mtp::MTP_ABI {
namespace detail {
namespace {

tl::list<tl::InputMessage> to_input(std::vector<std::int32_t> const& ids) {
  tl::list<tl::InputMessage> out;
  for (auto const id : ids) out.push_back(tl::inputMessageID{.id = id});
  return out;
}

/// Every kind of message has a number; the number of what is not in `chat` is left out.
std::vector<std::int32_t> numbers_in(tl::messages::Messages const& page, peer_id chat) {
  std::vector<std::int32_t> out;
  page.visit([&](auto const& form) {
    if constexpr (requires { form.messages; }) {
      for (auto const& each : form.messages)
        each.visit([&](auto const& one) {
          if constexpr (requires { one.peer_id, one.date; })
            if (to_peer_id(one.peer_id) == chat) out.push_back(one.id);
        });
    }
  });
  return out;
}

std::vector<message> in_order(std::vector<message> const& all,
                              std::vector<std::int32_t> const& ids) {
  std::vector<message> out;
  for (auto const id : ids) {
    auto const at = std::ranges::find(all, id, &message::id);
    bool const again = std::ranges::find(out, id, &message::id) != out.end();
    if (at != all.end() && !again) out.push_back(*at);
  }
  return out;
}

task<std::vector<message>> get_by_ids(client_core& core, owned_peer of,
                                      std::vector<std::int32_t> ids) {
  check_ids(ids);
  auto where = co_await input_peer(core, std::move(of));
  auto out = co_await look_up(core, std::move(where), std::move(ids));
  co_return out;
}

task<std::optional<message>> get_one(client_core& core, owned_peer of, std::int32_t id) {
  std::vector<std::int32_t> ids(1, id);
  auto const found = co_await get_by_ids(core, std::move(of), std::move(ids));
  std::optional<message> out;
  if (!found.empty()) out = found.front();
  co_return out;
}

}  // namespace

peer_id conversation_of(tl::InputPeer const& where, std::int64_t self) {
  if (auto const* user = where.get_if<tl::inputPeerUser>()) return {peer_kind::user, user->user_id};
  if (auto const* group = where.get_if<tl::inputPeerChat>())
    return {peer_kind::chat, group->chat_id};
  if (auto const* channel = where.get_if<tl::inputPeerChannel>())
    return {peer_kind::channel, channel->channel_id};
  return {peer_kind::user, self};
}

void check_ids(std::vector<std::int32_t> const& ids) {
  auto const wrong = [](char const* why) {
    throw error(make_error_code(client_errc::bad_argument), why);
  };
  if (ids.empty()) wrong("there are no ids");
  if (std::ranges::any_of(ids, [](std::int32_t id) { return id < 1; })) wrong("id is not positive");
}

std::vector<std::int32_t> batch_of(std::vector<std::int32_t> const& ids, std::size_t first) {
  auto const last = std::min(first + max_lookup, ids.size());
  return {ids.begin() + static_cast<std::ptrdiff_t>(first),
          ids.begin() + static_cast<std::ptrdiff_t>(last)};
}

task<received<tl::messages::Messages>> ask_messages(client_core& core, tl::InputPeer const& where,
                                                    std::vector<std::int32_t> ids) {
  if (auto const* channel = where.get_if<tl::inputPeerChannel>()) {
    tl::channels::getMessages request;
    request.channel =
        tl::inputChannel{.channel_id = channel->channel_id, .access_hash = channel->access_hash};
    request.id = to_input(ids);
    auto const page = co_await call(core, request);
    co_return page;
  }
  tl::messages::getMessages request;
  request.id = to_input(ids);
  auto const page = co_await call(core, request);
  co_return page;
}

task<std::vector<message>> look_up(client_core& core, tl::InputPeer where,
                                   std::vector<std::int32_t> ids) {
  std::vector<message> all;
  auto const chat = conversation_of(where, core.account().self_id());
  for (std::size_t first = 0; first < ids.size(); first += max_lookup) {
    auto batch = batch_of(ids, first);
    auto const page = co_await ask_messages(core, where, std::move(batch));
    for (auto& each : read_page(core, page))
      if (each.chat() == chat) all.push_back(std::move(each));
  }
  co_return in_order(all, ids);
}

task<std::vector<std::int32_t>> ids_there(client_core& core, tl::InputPeer where,
                                          std::vector<std::int32_t> ids) {
  std::vector<std::int32_t> there;
  auto const chat = conversation_of(where, core.account().self_id());
  for (std::size_t first = 0; first < ids.size(); first += max_lookup) {
    auto batch = batch_of(ids, first);
    auto const page = co_await ask_messages(core, where, std::move(batch));
    (void)read_page(core, page);
    for (auto const id : numbers_in(*page, chat)) there.push_back(id);
  }
  std::vector<std::int32_t> out;
  for (auto const id : ids) {
    bool const is_there = std::ranges::find(there, id) != there.end();
    if (is_there && std::ranges::find(out, id) == out.end()) out.push_back(id);
  }
  co_return out;
}

}  // namespace detail

task<std::vector<message>> message_methods::get(peer_ref peer,
                                                std::span<std::int32_t const> ids) const {
  std::vector<std::int32_t> all(ids.begin(), ids.end());
  return detail::start(client_, detail::get_by_ids, peer, std::move(all));
}

task<std::optional<message>> message_methods::get(peer_ref peer, std::int32_t id) const {
  return detail::start(client_, detail::get_one, peer, id);
}

}  // namespace mtp::MTP_ABI
