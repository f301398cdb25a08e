// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/transport/framing.hpp>

#include <algorithm>

namespace mtp::MTP_ABI::transport {

std::string_view name_of(kind k) noexcept {
  switch (k) {
    case kind::abridged: return "abridged";
    case kind::intermediate: return "intermediate";
    case kind::padded_intermediate: return "padded intermediate";
    case kind::full: return "full";
  }
  return "unknown";
}

protocol_errc meaning_of(transport_error refused) noexcept {
  switch (refused.code) {
    case -404: return protocol_errc::unknown_key;
    case -429: return protocol_errc::transport_flood;
    case -444: return protocol_errc::wrong_dc;
    default: return protocol_errc::transport_refused;
  }
}

void framing::encode(bytes_view payload, bytes& out, encode_options options) {
  auto packet = packet_buffer::copy_of(payload);
  wrap(packet, options);
  append(out, packet.view());
}

void framing::encode_error(std::int32_t code, bytes& out) {
  std::uint8_t word[4];
  store_le(word, code);
  encode(word, out);
}

void framing::feed(bytes_view data) {
  while (!data.empty()) {
    auto const room = prepare();
    std::size_t const part = std::min(room.size(), data.size());
    std::ranges::copy(data.first(part), room.begin());
    commit(part);
    data = data.subspan(part);
  }
}

}  // namespace mtp::MTP_ABI::transport
