// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/packet_buffer.hpp>
#include <mtp/mtproto/encrypted_message.hpp>

#include <span>
#include <vector>

namespace mtp::MTP_ABI::mtproto {

/// The messages of the next packet. Their bodies are read only when the packet is sealed, straight
/// into the buffer that goes to the transport. Its memory is used again for the packet after it.
class outgoing_packet {
 public:
  /// Adds a message whose body lies elsewhere until the packet is sealed.
  void add(std::int64_t id, std::int32_t sequence, bytes_view body);
  /// Adds a message with its body.
  void add(std::int64_t id, std::int32_t sequence, bytes body);

  bool empty() const noexcept { return messages_.empty(); }
  std::size_t count() const noexcept { return messages_.size(); }
  /// Of all bodies.
  std::size_t size() const noexcept { return size_; }
  std::int64_t id_of(std::size_t index) const noexcept { return messages_[index].id; }
  std::int32_t sequence_of(std::size_t index) const noexcept { return messages_[index].sequence; }

  /// Encrypts the only message under its own id, or all of them in a container under the id of
  /// `header`, and forgets them.
  packet_buffer seal(crypto::auth_key const& key, message_header const& header, bool contain,
                     random_source& random, padding how);

  /// Keeps the memory of a long packet that has been written for the next one.
  void recycle(packet_buffer written);
  void drop_spare() { spare_ = {}; }

 private:
  struct message {
    std::int64_t id;
    std::int32_t sequence;
    bytes_view body;
  };

  void write_heads(message_header const& header, bool contain, mutable_bytes to) const;
  void collect_parts(bool contain, bytes_view heads, std::span<bytes_view> to) const;
  void clear();

  std::vector<message> messages_;
  std::vector<bytes> owned_;
  std::size_t size_ = 0;
  packet_buffer spare_;
};

}  // namespace mtp::MTP_ABI::mtproto
