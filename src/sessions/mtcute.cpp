// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Base64url without padding of: a byte 3, then in TL flags (1 somebody is signed in, 2 for tests,
// as older ones said it, 4 another address for files), that address, the other one, the id as a
// long and a Bool for bots, the key. mtcute 0.31,
// packages/core/src/highlevel/utils/string-session.ts.
#include <mtp/sessions/mtcute.hpp>

#include "sessions/base64.hpp"
#include "sessions/mtcute_parts.hpp"
#include "sessions/parts.hpp"
#include "sessions/reading.hpp"
#include "sessions/secret_writer.hpp"

#include <algorithm>

namespace mtp::MTP_ABI {
namespace {

using namespace sessions;

constexpr std::uint8_t string_version = 3;
constexpr std::int32_t has_self = 1;
constexpr std::int32_t was_test = 2;
constexpr std::int32_t has_media = 4;

portable_self read_self(wire::reader& from) {
  portable_self out;
  out.id = from.number<std::int64_t>();
  auto const bot = from.number<std::uint32_t>();
  require(from, is_user_id(out.id) && (bot == bool_true || bot == bool_false));
  out.bot = bot == bool_true;
  return out;
}

/// What the string has of addresses: one, or a second one for files.
result<std::vector<mtcute_address>> read_addresses(wire::reader& from, std::int32_t flags) {
  std::vector<mtcute_address> out;
  for (int i = 0; i < ((flags & has_media) != 0 ? 2 : 1) && from.ok(); ++i) {
    auto const data = from.text();
    if (!from.ok()) break;
    auto one = read_mtcute_address(data);
    if (!one) return failure{one.error()};
    one->address.media_only = i == 1;
    out.push_back(*std::move(one));
  }
  bool const agree = out.size() < 2 || (out[0].dc == out[1].dc && out[0].test == out[1].test);
  require(from, agree);
  return out;
}

result<portable_session> read_body(wire::reader from) {
  auto const flags = from.number<std::int32_t>();
  if (from.ok() && (flags & ~(has_self | was_test | has_media)) != 0)
    return failed(portable_errc::wrong_version);
  auto const addresses = read_addresses(from, flags);
  if (!addresses) return failure{addresses.error()};
  std::optional<portable_self> self;
  if ((flags & has_self) != 0) self = read_self(from);
  auto const key = from.text();
  if (auto const problem = problem_of(from)) return failure{problem};
  auto const& home = addresses->front();
  auto out = session_of(home.dc, key);
  if (!out) return out;
  for (auto const& one : *addresses) out->dcs[home.dc].addresses.push_back(one.address);
  out->test = home.test || (flags & was_test) != 0;
  out->self = self;
  return out;
}

portable_address const* media_of(portable_session const& session) {
  auto const found = session.dcs.find(session.home_dc);
  if (found == session.dcs.end()) return nullptr;
  auto const one = std::ranges::find_if(found->second.addresses, &portable_address::media_only);
  return one == found->second.addresses.end() ? nullptr : &*one;
}

bytes packed(portable_session const& session, portable_address const& address) {
  return write_mtcute_address({.dc = session.home_dc, .test = session.test, .address = address});
}

}  // namespace

result<portable_session> read_mtcute_string(std::string_view text) {
  auto const raw = decode_base64(text, alphabet::url);
  if (!raw) return failure{raw.error()};
  bytes_view const data = raw->reveal();
  if (data.empty()) return failed(portable_errc::cut_short);
  if (data.front() != string_version) return failed(portable_errc::wrong_version);
  return read_body(wire::reader(data.subspan(1)));
}

result<secret<std::string>> write_mtcute_string(portable_session const& session) {
  auto const key = home_key(session);
  if (!key) return failure{key.error()};
  if (auto const dc = home_byte(session); !dc) return failure{dc.error()};
  auto const main = address_of(session, session.home_dc);
  if (!main) return failed(portable_errc::no_address);
  auto const* media = media_of(session);
  bool const self = session.self && session.self->bot;
  secret_writer out;
  out.little(string_version).little((self ? has_self : 0) | (media ? has_media : 0));
  out.text(packed(session, *main));
  if (media) out.text(packed(session, *media));
  if (self) out.little(session.self->id).little(*session.self->bot ? bool_true : bool_false);
  out.text(*key);
  return encode_base64(out.take().reveal(), alphabet::url, false);
}

}  // namespace mtp::MTP_ABI
