// SPDX-License-Identifier: MIT OR Apache-2.0
// https://core.telegram.org/mtproto/description#encrypted-message-encrypted-data
#include "mtproto/outgoing_packet.hpp"

#include "mtproto/service.hpp"

#include <array>
#include <utility>

namespace mtp::MTP_ABI::mtproto {
namespace {

/// Memory for less is quickly found.
constexpr std::size_t large = std::size_t{64} << 10;
constexpr std::size_t packet_head = 32;            // salt, session, id, sequence, length
constexpr std::size_t container_head = 8;          // constructor id, count
constexpr std::size_t message_head = 16;           // id, sequence, length
constexpr std::size_t longest_padding = 12 + 448;  // the longest step

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
  std::array<std::uint8_t, packet_head> head;
  bytes const inner = contain ? inner_heads() : bytes();
  write_head(head, header, contain, inner.size());
  std::size_t const content = head.size() + inner.size() + size_;
  std::array<std::uint8_t, longest_padding> noise;
  auto const tail = mutable_bytes(noise).first(padded_size(content, how) - content);
  random.fill(tail);
  std::size_t const whole = crypto::packet_header + content + tail.size();
  packet_buffer out(whole, std::exchange(spare_, {}));
  if (contain) {
    crypto::seal(key, crypto::direction::to_server, contained(head, inner, tail), out.packet());
  } else {
    std::array<bytes_view, 3> const parts{head, messages_[0].body, tail};
    crypto::seal(key, crypto::direction::to_server, parts, out.packet());
  }
  clear();
  return out;
}

/// Those of a container with everything in it.
bytes outgoing_packet::inner_heads() const {
  bytes out(container_head + message_head * messages_.size());
  auto* at = out.data();
  store_le(at, schema::msg_container::tl_id);
  store_le(at + 4, static_cast<std::uint32_t>(messages_.size()));
  at += container_head;
  for (auto const& one : messages_) {
    store_le(at, one.id);
    store_le(at + 8, one.sequence);
    store_le(at + 12, static_cast<std::uint32_t>(one.body.size()));
    at += message_head;
  }
  return out;
}

void outgoing_packet::write_head(mutable_bytes to, message_header const& header, bool contain,
                                 std::size_t inner) const {
  auto* const at = to.data();
  store_le(at, header.salt);
  store_le(at + 8, header.session);
  store_le(at + 16, contain ? header.id : messages_[0].id);
  store_le(at + 24, contain ? header.sequence : messages_[0].sequence);
  store_le(at + 28, static_cast<std::uint32_t>(inner + size_));
}

/// What is encrypted, in order.
std::vector<bytes_view> outgoing_packet::contained(bytes_view head, bytes_view inner,
                                                   bytes_view tail) const {
  std::vector<bytes_view> out;
  out.reserve(3 + 2 * messages_.size());
  out.push_back(head);
  out.push_back(inner.first(container_head));
  std::size_t at = container_head;
  for (auto const& one : messages_) {
    out.push_back(inner.subspan(at, message_head));
    out.push_back(one.body);
    at += message_head;
  }
  out.push_back(tail);
  return out;
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
