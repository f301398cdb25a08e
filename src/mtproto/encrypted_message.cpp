// SPDX-License-Identifier: MIT OR Apache-2.0
// https://core.telegram.org/mtproto/description#encrypted-message-encrypted-data
#include <mtp/mtproto/encrypted_message.hpp>

#include <mtp/crypto/aes.hpp>

#include <algorithm>
#include <cassert>

namespace mtp::MTP_ABI::mtproto {
namespace {

constexpr std::size_t header_size = 32;  // salt, session, id, sequence, length
constexpr std::size_t min_padding = 12;
constexpr std::size_t max_padding = 1024;
constexpr std::size_t steps[] = {64, 128, 192, 256, 384, 512, 768, 1024, 1280};
constexpr std::size_t last_step = 1280;
constexpr std::size_t beyond_last_step = 448;

constexpr std::size_t round_up(std::size_t size, std::size_t unit) {
  return (size + unit - 1) / unit * unit;
}

void write_header(message_header const& header, std::size_t length, std::uint8_t* to) {
  store_le(to, header.salt);
  store_le(to + 8, header.session);
  store_le(to + 16, header.id);
  store_le(to + 24, header.sequence);
  store_le(to + 28, static_cast<std::uint32_t>(length));
}

message_header read_header(std::uint8_t const* from) {
  return {load_le<std::int64_t>(from), load_le<std::int64_t>(from + 8),
          load_le<std::int64_t>(from + 16), load_le<std::int32_t>(from + 24)};
}

/// The length of the body, checked against what was decrypted.
result<std::size_t, protocol_errc> body_length(bytes_view plain) {
  if (plain.size() < header_size) return failure{protocol_errc::bad_message_length};
  std::size_t const length = load_le<std::uint32_t>(plain.data() + 28);
  if (length % 4 != 0 || length > plain.size() - header_size)
    return failure{protocol_errc::bad_message_length};
  std::size_t const padding = plain.size() - header_size - length;
  if (padding < min_padding || padding > max_padding) return failure{protocol_errc::bad_padding};
  return length;
}

}  // namespace

std::size_t padded_size(std::size_t content, padding how) noexcept {
  std::size_t const least = round_up(content + min_padding, crypto::aes_block);
  if (how == padding::least) return least;
  auto const* const step = std::ranges::lower_bound(steps, least);
  if (step != std::end(steps)) return *step;
  return last_step + round_up(least - last_step, beyond_last_step);
}

bytes seal_message(crypto::auth_key const& key, crypto::direction way, message_header const& header,
                   bytes_view body, random_source& random, padding how) {
  assert(body.size() % 4 == 0);
  std::size_t const content = header_size + body.size();
  std::size_t const plain = padded_size(content, how);
  bytes packet(crypto::packet_header + plain);
  auto* const at = packet.data() + crypto::packet_header;
  write_header(header, body.size(), at);
  std::copy(body.begin(), body.end(), at + header_size);
  random.fill({at + content, plain - content});
  crypto::seal_in_place(key, way, packet);
  return packet;
}

result<encrypted_message, protocol_errc> open_message(crypto::auth_key const& key,
                                                      crypto::direction way, slice packet) {
  auto const named = key_id_of(packet);
  if (!named) return failure{protocol_errc::bad_message_length};
  if (*named == 0) return failure{protocol_errc::plaintext_message};
  auto const plain = crypto::open_in_place(key, way, packet.edit());
  if (!plain) return failure{plain.error()};
  auto const length = body_length(*plain);
  if (!length) return failure{length.error()};
  auto const body = bytes_view(*plain).subspan(header_size, *length);
  return encrypted_message{.header = read_header(plain->data()), .body = packet.part(body)};
}

std::optional<std::int64_t> key_id_of(bytes_view packet) noexcept {
  if (packet.size() < 8) return std::nullopt;
  return load_le<std::int64_t>(packet.data());
}

}  // namespace mtp::MTP_ABI::mtproto
