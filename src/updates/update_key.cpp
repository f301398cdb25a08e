// SPDX-License-Identifier: MIT OR Apache-2.0
//
// A new message comes alone, in a short form, or in a difference, where nothing but the message
// stands: its numbers are what these have in common. Other updates come as they were.
#include "updates/update_key.hpp"

#include <mtp/tl/encode.hpp>
#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/Peer.hpp>
#include <mtp/tl/types/Update.hpp>
#include <mtp/updates/update_number.hpp>

#include <fmt/compile.h>
#include <fmt/format.h>

#include <charconv>

namespace mtp::MTP_ABI::updates {
namespace {

constexpr std::string_view in_channel = " in channel ";

/// FNV-1a: nobody gains anything from two updates with the same.
std::uint64_t digest(bytes_view data) {
  std::uint64_t out = 0xcbf29ce484222325;
  for (auto const each : data) out = (out ^ each) * 0x100000001b3;
  return out;
}

/// Compiled: each update that is handed out has a key.
std::string key_of_message(std::int32_t id, tl::Peer const& in) {
  if (auto const* p = in.get_if<tl::peerUser>())
    return fmt::format(FMT_COMPILE("message {} in user {}"), id, p->user_id);
  if (auto const* p = in.get_if<tl::peerChat>())
    return fmt::format(FMT_COMPILE("message {} in chat {}"), id, p->chat_id);
  if (auto const* p = in.get_if<tl::peerChannel>())
    return fmt::format(FMT_COMPILE("message {} in channel {}"), id, p->channel_id);
  return fmt::format("message {} in nowhere", id);
}

std::string key_of_message(tl::Message const& message) {
  if (auto const* m = message.get_if<tl::message>()) return key_of_message(m->id, m->peer_id);
  if (auto const* m = message.get_if<tl::messageService>())
    return key_of_message(m->id, m->peer_id);
  if (auto const* m = message.get_if<tl::messageEmpty>()) return fmt::format("message {}", m->id);
  return "message";
}

std::string key_of_other(tl::Update const& raw) {
  auto const name = raw.visit([](auto const& u) { return std::string_view(u.tl_name); });
  auto const body = tl::encode(raw);
  auto out = fmt::format("{} {:016x}", name, body ? digest(*body) : 0);
  auto const number = number_of(raw);
  if (number.of == update_number::order::channel)
    out += fmt::format("{}{}", in_channel, number.channel);
  return out;
}

/// It may reach farther when it comes again: the box went on.
std::string key_of_loss(lost const& what) {
  switch (what.box) {
    case update_number::order::none: return fmt::format("lost batches after {}", what.from);
    case update_number::order::common: break;
    case update_number::order::secondary: return fmt::format("lost of qts after {}", what.from);
    case update_number::order::channel:
      return fmt::format("lost after {}{}{}", what.from, in_channel, what.channel);
  }
  return fmt::format("lost after {}", what.from);
}

}  // namespace

std::string key_of(arrival const& what) {
  if (what.loss) return key_of_loss(*what.loss);
  if (!what.update)
    return what.unreadable.empty()
               ? std::string("nothing")
               : fmt::format("unknown {:016x}", digest(bytes_view(what.unreadable)));
  tl::Update const& raw = *what.update;
  if (!raw) return "nothing";
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

}  // namespace mtp::MTP_ABI::updates
