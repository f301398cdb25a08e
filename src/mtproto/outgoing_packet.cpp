// SPDX-License-Identifier: MIT OR Apache-2.0
// https://core.telegram.org/mtproto/description#encrypted-message-encrypted-data
#include "mtproto/outgoing_packet.hpp"

#include "mtproto/service.hpp"

#include <array>
#include <span>
#include <utility>

namespace mtp::MTP_ABI::mtproto {
namespace {

/// Memory for less is quickly found.
constexpr std::size_t large = std::size_t{64} << 10;
constexpr std::size_t packet_head = 32;            // salt, session, id, sequence, length
constexpr std::size_t container_head = 8;          // constructor id, count
constexpr std::size_t message_head = 16;           // id, sequence, length
constexpr std::size_t longest_padding = 12 + 448;  // the longest step
constexpr std::size_t few = 8;                     // messages, for which no memory is taken

/// Room for a few values, and for more where it takes memory.
template <class T, std::size_t Few>
class room {
 public:
  std::span<T> take(std::size_t count) {
    if (count <= Few) return std::span(few_).first(count);
    many_.resize(count);
    return many_;
  }

 private:
  std::array<T, Few> few_ = {};
  std::vector<T> many_;
};

}  // namespace

void outgoing_packet::add(std::int64_t id, std::int32_t sequence, bytes_view body) {
  messages_.push_back({id, sequence, body});
  size_ += body.size();
}

void outgoing_packet::add(std::int64_t id, std::int32_t sequence, bytes body) {
  owned_.push_back(std::move(body));  // the bytes themselves do not move when the list grows
  add(id, sequence, bytes_view(owned_.back()));
}

packet_buffer outgoing_packet::seal(crypto::auth_key const& key, message_header const& header,
                                    bool contain, random_source& random, padding how) {
  room<std::uint8_t, packet_head + container_head + message_head * few> for_heads;
  room<bytes_view, 2 + 2 * few> for_parts;
  std::size_t const inner = contain ? container_head + message_head * messages_.size() : 0;
  auto const heads = for_heads.take(packet_head + inner);
  write_heads(header, contain, heads);
  auto const parts = for_parts.take(2 + (contain ? 2 * messages_.size() : 1));
  collect_parts(contain, heads, parts);
  std::size_t const content = heads.size() + size_;
  std::array<std::uint8_t, longest_padding> noise;
  auto const tail = mutable_bytes(noise).first(padded_size(content, how) - content);
  random.fill(tail);
  parts.back() = tail;
  std::size_t const whole = crypto::packet_header + content + tail.size();
  packet_buffer out(whole, std::exchange(spare_, {}));
  crypto::seal(key, crypto::direction::to_server, parts, out.packet());
  clear();
  return out;
}

/// The header of the packet, then those of the messages.
void outgoing_packet::write_heads(message_header const& header, bool contain,
                                  mutable_bytes to) const {
  auto* at = to.data();
  store_le(at, header.salt);
  store_le(at + 8, header.session);
  store_le(at + 16, contain ? header.id : messages_[0].id);
  store_le(at + 24, contain ? header.sequence : messages_[0].sequence);
  store_le(at + 28, static_cast<std::uint32_t>(to.size() - packet_head + size_));
  if (!contain) return;
  at += packet_head;
  store_le(at, schema::msg_container::tl_id);
  store_le(at + 4, static_cast<std::uint32_t>(messages_.size()));
  at += container_head;
  for (auto const& one : messages_) {
    store_le(at, one.id);
    store_le(at + 8, one.sequence);
    store_le(at + 12, static_cast<std::uint32_t>(one.body.size()));
    at += message_head;
  }
}

/// What is encrypted, in order; the padding is the last.
void outgoing_packet::collect_parts(bool contain, bytes_view heads,
                                    std::span<bytes_view> to) const {
  auto next = to.begin();
  if (!contain) {
    *next++ = heads;
    *next = messages_[0].body;
    return;
  }
  *next++ = heads.first(packet_head + container_head);
  std::size_t at = packet_head + container_head;
  for (auto const& one : messages_) {
    *next++ = heads.subspan(at, message_head);
    *next++ = one.body;
    at += message_head;
  }
}

void outgoing_packet::recycle(packet_buffer written) {
  if (written.capacity() >= large) spare_ = std::move(written);
}

/// Room that one unusually large packet took is not kept.
void outgoing_packet::clear() {
  constexpr std::size_t kept = 64;
  messages_.clear();
  owned_.clear();
  size_ = 0;
  if (messages_.capacity() > kept) messages_.shrink_to_fit();
}

}  // namespace mtp::MTP_ABI::mtproto
