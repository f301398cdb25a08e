// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/mtproto/plain_message.hpp>

#include <algorithm>

namespace mtp::MTP_ABI::mtproto {
namespace {

constexpr std::size_t plain_header_size = 20;  // a key id of zero, the message id, the length

}  // namespace

bool is_plain_packet(bytes_view packet) {
  return packet.size() >= 8 && load_le<std::int64_t>(packet.data()) == 0;
}

result<plain_message, protocol_errc> read_plain_message(bytes_view packet) {
  if (packet.size() < plain_header_size || !is_plain_packet(packet))
    return failure{protocol_errc::malformed};
  auto const length = load_le<std::uint32_t>(packet.data() + 16);
  if (length > packet.size() - plain_header_size) return failure{protocol_errc::malformed};
  return plain_message{load_le<std::int64_t>(packet.data() + 8),
                       packet.subspan(plain_header_size, length)};
}

bytes write_plain_message(std::int64_t id, bytes_view body) {
  bytes packet(plain_header_size + body.size());
  store_le(packet.data() + 8, id);
  store_le(packet.data() + 16, static_cast<std::uint32_t>(body.size()));
  std::ranges::copy(body, packet.begin() + plain_header_size);
  return packet;
}

}  // namespace mtp::MTP_ABI::mtproto
