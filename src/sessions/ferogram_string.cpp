// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Base64url without padding of: a version (1 or 2), the data centre (one byte), 4 or 6 for the kind
// of address, its 4 or 16 bytes, the port (two bytes), the id of the user (8); in version 1 a salt
// (8), a sequence number (4), a layer (4); the key; integers have their highest byte first. Any
// other length is a whole file. ferogram-session 0.6.6, src/string_session.rs.
#include "sessions/base64.hpp"
#include "sessions/parts.hpp"
#include "sessions/reading.hpp"
#include "sessions/secret_writer.hpp"

#include <mtp/sessions/ferogram.hpp>

namespace mtp::MTP_ABI {
namespace {

using namespace sessions;

constexpr std::uint8_t newest_string = 2;
constexpr std::uint8_t with_state = 1;
constexpr std::size_t fixed_size = 1 + 1 + 1 + 2 + 8 + auth_key_size;
constexpr std::size_t state_part = 8 + 4 + 4;

/// The bytes of the address of a short string; 0 for anything else.
std::size_t address_size(bytes_view data) {
  if (data.size() < 3 || (data[2] != 4 && data[2] != 6)) return 0;
  std::size_t const size = data[2] == 4 ? 4 : 16;
  std::size_t const more = data[0] == with_state ? state_part : 0;
  return data[0] <= newest_string && data.size() == fixed_size + size + more ? size : 0;
}

result<portable_session> read_short(bytes_view data, std::size_t size) {
  wire::reader from(data);
  auto const version = from.number<std::uint8_t>();
  int const dc = from.number<std::uint8_t>();
  from.take(1);
  auto const host = address_text(from.take(size));
  auto const port = big<std::uint16_t>(from);
  auto const user = big<std::int64_t>(from);
  auto const salt = version == with_state ? big<std::int64_t>(from) : std::int64_t{0};
  if (version == with_state) from.take(4 + 4);
  require(from, user >= 0 && user <= max_user_id);
  if (!from.ok()) return failed(portable_errc::bad_value);
  auto out = session_of(dc, from.rest());
  if (!out) return out;
  out->dcs[dc].addresses = {{.host = host, .port = port}};
  out->dcs[dc].salt = salt;
  out->test = is_test_host(host);
  if (user != 0) out->self = portable_self{.id = user};
  return out;
}

}  // namespace

result<portable_session> read_ferogram_string(std::string_view text) {
  auto const raw = decode_base64(text, alphabet::url);
  if (!raw) return failure{raw.error()};
  auto const size = address_size(raw->reveal());
  return size != 0 ? read_short(raw->reveal(), size) : read_ferogram(raw->reveal());
}

result<secret<std::string>> write_ferogram_string(portable_session const& session) {
  auto const key = home_key(session);
  if (!key) return failure{key.error()};
  auto const dc = home_byte(session);
  if (!dc) return failure{dc.error()};
  if (!session.self) return failed(portable_errc::no_user);
  auto const address = ip_address_of(session, session.home_dc);
  if (!address) return failed(portable_errc::no_address);
  auto const packed = *packed_address(address->host);
  secret_writer out;
  out.big(newest_string)
      .big(*dc)
      .big(static_cast<std::uint8_t>(packed.size() == 4 ? 4 : 6))
      .raw(packed);
  out.big(address->port).big(session.self->id).raw(*key);
  return encode_base64(out.take().reveal(), alphabet::url, false);
}

}  // namespace mtp::MTP_ABI
