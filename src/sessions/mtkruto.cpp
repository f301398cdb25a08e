// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Base64url without padding of bytes in which a run of zeros is a zero and their number. They are,
// in TL: the data centre as a string, "2" or "2-test", the key; in newer versions also the api_id,
// a byte for bots, the id of the user as a long. MTKruto, client/0_storage_operations.ts.
#include <mtp/sessions/mtkruto.hpp>

#include "sessions/base64.hpp"
#include "sessions/parts.hpp"
#include "sessions/reading.hpp"
#include "sessions/secret_writer.hpp"

#include <algorithm>
#include <charconv>

namespace mtp::MTP_ABI {
namespace {

using namespace sessions;

constexpr std::string_view test_suffix = "-test";
constexpr std::size_t max_unpacked = 512;  // the longest has less than 300
constexpr std::size_t max_run = 255;

result<secret<bytes>> unpack_zeros(bytes_view data) {
  secret_writer out;
  while (!data.empty()) {
    bool const run = data[0] == 0;
    if (run && data.size() == 1) return failed(portable_errc::cut_short);
    if (run && data[1] == 0) return failed(portable_errc::bad_value);
    out.raw(run ? bytes(data[1], 0) : bytes(1, data[0]));
    if (out.size() > max_unpacked) return failed(portable_errc::too_long);
    data = data.subspan(run ? 2 : 1);
  }
  return out.take();
}

secret<bytes> pack_zeros(bytes_view data) {
  secret_writer out;
  while (!data.empty()) {
    std::size_t zeros = 0;
    while (zeros < data.size() && zeros < max_run && data[zeros] == 0) ++zeros;
    if (zeros == 0) {
      out.little(data[0]);
    } else {
      out.little(std::uint8_t{0}).little(static_cast<std::uint8_t>(zeros));
    }
    data = data.subspan(std::max<std::size_t>(zeros, 1));
  }
  return out.take();
}

struct dc_name {
  int dc = 0;
  bool test = false;
};

dc_name parse_dc(std::string_view text) {
  dc_name out{.test = text.ends_with(test_suffix)};
  if (out.test) text.remove_suffix(test_suffix.size());
  auto const [end, problem] = std::from_chars(text.data(), text.data() + text.size(), out.dc);
  bool const plain = problem == std::errc() && end == text.data() + text.size() && text[0] != '0';
  if (!plain) out.dc = 0;
  return out;
}

void read_owner(wire::reader& from, portable_session& out) {
  out.api_id = from.number<std::int32_t>();
  bool const bot = flag(from);
  auto const user = from.number<std::int64_t>();
  require(from, is_user_id(user) && out.api_id >= 0);
  out.self = portable_self{.id = user, .bot = bot};
}

std::error_code what_lacks(portable_session const& session) {
  if (!session.self || !session.self->bot) return portable_errc::no_user;
  if (session.api_id <= 0) return portable_errc::no_api_id;
  return {};
}

}  // namespace

result<portable_session> read_mtkruto_string(std::string_view text) {
  auto const packed = decode_base64(text, alphabet::url);
  if (!packed) return failure{packed.error()};
  auto const raw = unpack_zeros(packed->reveal());
  if (!raw) return failure{raw.error()};
  wire::reader from(raw->reveal());
  auto const name = parse_dc(as_text(from.text()));
  auto const key = from.text();
  portable_session owner;
  if (!from.rest().empty()) read_owner(from, owner);
  if (auto const problem = problem_of(from)) return failure{problem};
  auto out = session_of(name.dc, key);
  if (!out) return out;
  out->test = name.test;
  out->api_id = owner.api_id;
  out->self = owner.self;
  return out;
}

result<secret<std::string>> write_mtkruto_string(portable_session const& session,
                                                 mtkruto_format format) {
  auto const key = home_key(session);
  if (!key) return failure{key.error()};
  bool const whole = format == mtkruto_format::current;
  if (auto const problem = what_lacks(session); whole && problem) return failure{problem};
  std::string const name =
      std::to_string(session.home_dc) + std::string(session.test ? test_suffix : "");
  secret_writer out;
  out.text(as_bytes(name)).text(*key);
  if (whole) {
    out.little(session.api_id).little(std::uint8_t{*session.self->bot}).little(session.self->id);
  }
  return encode_base64(pack_zeros(out.take().reveal()).reveal(), alphabet::url, false);
}

}  // namespace mtp::MTP_ABI
