// SPDX-License-Identifier: MIT OR Apache-2.0
//
// After the digit 1, base64url with padding of: the data centre (one byte), the 4 or 16 bytes of
// its address, the port (two bytes), 256 bytes of key; integers have their highest byte first.
// Telethon 1.45, telethon/sessions/string.py.
#include <mtp/sessions/telethon.hpp>

#include "sessions/base64.hpp"
#include "sessions/parts.hpp"
#include "sessions/reading.hpp"
#include "sessions/secret_writer.hpp"

namespace mtp::MTP_ABI {
namespace {

using namespace sessions;

constexpr std::size_t fixed_part = 1 + 2 + auth_key_size;

/// A string of GramJS whose host has 14 characters is as long as one with an address of IPv6, and
/// has that number here.
bool is_text(bytes_view address) {
  return address.size() == 16 && address[0] == 0 && address[1] == 14;
}

result<std::size_t> address_size(std::size_t whole) {
  if (whole == fixed_part + 4) return 4;
  if (whole == fixed_part + 16) return 16;
  if (whole < fixed_part + 16) return failed(portable_errc::cut_short);
  return failed(portable_errc::too_long);
}

}  // namespace

result<portable_session> read_telethon_string(std::string_view text) {
  if (text.empty()) return failed(portable_errc::cut_short);
  if (text.front() != '1') return failed(portable_errc::wrong_version);
  text.remove_prefix(1);
  // Without its padding a part of a longer string would pass for a shorter one.
  if (text.size() % 4 != 0) return failed(portable_errc::cut_short);
  auto const raw = decode_base64(text, alphabet::url);
  if (!raw) return failure{raw.error()};
  auto const size = address_size(raw->reveal().size());
  if (!size) return failure{size.error()};
  wire::reader from(raw->reveal());
  int const dc = from.number<std::uint8_t>();
  auto const address = from.take(*size);
  auto const port = big<std::uint16_t>(from);
  if (is_text(address)) return failed(portable_errc::wrong_format);
  auto out = session_of(dc, from.rest());
  if (!out) return out;
  out->dcs[dc].addresses = {{.host = address_text(address), .port = port}};
  out->test = is_test_host(address_text(address));
  return out;
}

result<secret<std::string>> write_telethon_string(portable_session const& session) {
  auto const key = home_key(session);
  if (!key) return failure{key.error()};
  auto const dc = home_byte(session);
  if (!dc) return failure{dc.error()};
  auto const address = ip_address_of(session, session.home_dc);
  if (!address) return failed(portable_errc::no_address);
  secret_writer out;
  out.big(*dc).raw(*packed_address(address->host)).big(address->port).raw(*key);
  return encode_base64(out.take().reveal(), alphabet::url, true, "1");
}

}  // namespace mtp::MTP_ABI
