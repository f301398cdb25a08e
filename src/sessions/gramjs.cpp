// SPDX-License-Identifier: MIT OR Apache-2.0
//
// After the digit 1, base64 of: the data centre (one byte), the length of its host (two bytes), the
// host as text, the port (two bytes), 256 bytes of key; integers have their highest byte first.
// GramJS 2.26, sessions/StringSession.
#include <mtp/sessions/gramjs.hpp>

#include "sessions/base64.hpp"
#include "sessions/parts.hpp"
#include "sessions/reading.hpp"
#include "sessions/secret_writer.hpp"

namespace mtp::MTP_ABI {
namespace {

using namespace sessions;

/// GramJS takes a longer one for the address of a string of Telethon, and a string of 352 digits
/// for one of Telethon as a whole.
constexpr std::size_t min_host_size = 4;
constexpr std::size_t max_host_size = 100;
constexpr std::uint16_t max_port = 0x7fff;  // it reads ports with a sign

}  // namespace

result<portable_session> read_gramjs_string(std::string_view text) {
  if (text.empty()) return failed(portable_errc::cut_short);
  if (text.front() != '1') return failed(portable_errc::wrong_version);
  auto const raw = decode_base64(text.substr(1), alphabet::standard);
  if (!raw) return failure{raw.error()};
  wire::reader from(raw->reveal());
  int const dc = from.number<std::uint8_t>();
  auto const size = big<std::uint16_t>(from);
  if (size > max_host_size) return failed(portable_errc::wrong_format);
  auto const host = as_text(from.take(size));
  auto const port = big<std::uint16_t>(from);
  auto const key = from.take(auth_key_size);
  if (auto const problem = problem_of(from)) return failure{problem};
  if (!is_host(host)) return failed(portable_errc::bad_value);
  auto out = session_of(dc, key);
  if (!out) return out;
  out->dcs[dc].addresses = {{.host = std::string(host), .port = port}};
  out->test = is_test_host(host);
  return out;
}

result<secret<std::string>> write_gramjs_string(portable_session const& session) {
  auto const key = home_key(session);
  if (!key) return failure{key.error()};
  auto const dc = home_byte(session);
  if (!dc) return failure{dc.error()};
  auto const address = address_of(session, session.home_dc);
  if (!address) return failed(portable_errc::no_address);
  auto const size = address->host.size();
  if (size < min_host_size || size > max_host_size || address->port > max_port)
    return failed(portable_errc::does_not_fit);
  secret_writer out;
  out.big(*dc).big(static_cast<std::uint16_t>(size)).raw(as_bytes(address->host));
  out.big(address->port).raw(*key);
  return encode_base64(out.take().reveal(), alphabet::standard, true, "1");
}

}  // namespace mtp::MTP_ABI
