// SPDX-License-Identifier: MIT OR Apache-2.0
//
// A new message comes alone, in a short form, or in a difference, where nothing but the message
// stands: its numbers are what these have in common. Other updates come as they were.
#include "client/update_key.hpp"

#include "types/tl_peer.hpp"

#include <mtp/events/unknown_update.hpp>
#include <mtp/tl/encode.hpp>
#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/Peer.hpp>
#include <mtp/tl/types/Update.hpp>
#include <mtp/updates/update_number.hpp>

#include <fmt/format.h>

#include <charconv>

namespace mtp::detail {
namespace {

constexpr std::string_view in_channel = " in channel ";

/// FNV-1a: nobody gains anything from two updates with the same.
std::uint64_t digest(bytes_view data) {
  std::uint64_t out = 0xcbf29ce484222325;
  for (auto const each : data) out = (out ^ each) * 0x100000001b3;
  return out;
}

std::string_view name_of(peer_kind kind) {
  switch (kind) {
    case peer_kind::user: return "user";
    case peer_kind::chat: return "chat";
    case peer_kind::channel: return "channel";
  }
  return "peer";
}

std::string name_of(tl::Peer const& peer) {
  auto const id = to_peer_id(peer);
  return id ? fmt::format("{} {}", name_of(id->kind), id->id) : std::string("nowhere");
}

std::string key_of_message(tl::Message const& message) {
  if (auto const* m = message.get_if<tl::message>())
    return fmt::format("message {} in {}", m->id, name_of(m->peer_id));
  if (auto const* m = message.get_if<tl::messageService>())
    return fmt::format("message {} in {}", m->id, name_of(m->peer_id));
  if (auto const* m = message.get_if<tl::messageEmpty>()) return fmt::format("message {}", m->id);
  return "message";
}

std::string key_of_other(tl::Update const& raw) {
  auto const name = raw.visit([](auto const& u) { return std::string_view(u.tl_name); });
  auto const body = tl::encode(raw);
  auto out = fmt::format("{} {:016x}", name, body ? digest(*body) : 0);
  auto const number = updates::number_of(raw);
  if (number.of == updates::update_number::order::channel)
    out += fmt::format("{}{}", in_channel, number.channel);
  return out;
}

}  // namespace

std::string key_of(update const& what) {
  if (auto const unknown = what.get_if<unknown_update>())
    return fmt::format("unknown {:016x}", digest(bytes_view(unknown->body())));
  if (!what.raw() || !*what.raw()) return "nothing";
  tl::Update const& raw = *what.raw();
  if (auto const* u = raw.get_if<tl::updateNewMessage>()) return key_of_message(u->message);
  if (auto const* u = raw.get_if<tl::updateNewChannelMessage>()) return key_of_message(u->message);
  return key_of_other(raw);
}

std::optional<std::int64_t> channel_of_key(std::string_view key) {
  auto const at = key.rfind(in_channel);
  if (at == std::string_view::npos) return {};
  std::int64_t out = 0;
  auto const* end = key.data() + key.size();
  auto const read = std::from_chars(key.data() + at + in_channel.size(), end, out);
  if (read.ec != std::errc() || read.ptr != end) return {};
  return out;
}

}  // namespace mtp::detail
