// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Base64url without padding; integers have their highest byte first:
//   current: data centre (1 byte), api_id (4), test (1), key (256), user (8), bot (1)
//   old:     data centre (1 byte), test (1), key (256), user (8, or 4 before that), bot (1)
// Pyrogram 2.0.106 and kurigram 2.2.26, pyrogram/storage/storage.py.
#include <mtp/sessions/pyrogram.hpp>

#include "sessions/base64.hpp"
#include "sessions/parts.hpp"
#include "sessions/reading.hpp"
#include "sessions/secret_writer.hpp"

#include <limits>

namespace mtp::MTP_ABI {
namespace {

using namespace sessions;

constexpr std::size_t size_current = 1 + 4 + 1 + auth_key_size + 8 + 1;
constexpr std::size_t size_old_64 = size_current - 4;
constexpr std::size_t size_old_32 = size_old_64 - 4;

result<pyrogram_format> format_of(std::size_t size) {
  if (size == size_current) return pyrogram_format::current;
  if (size == size_old_64) return pyrogram_format::old_64;
  if (size == size_old_32) return pyrogram_format::old_32;
  if (size < size_current) return failed(portable_errc::cut_short);
  return failed(portable_errc::too_long);
}

/// The members in order, from a reader that has them all.
result<portable_session> read(pyrogram_format format, wire::reader from) {
  int const dc = from.number<std::uint8_t>();
  auto const api_id = format == pyrogram_format::current ? big<std::uint32_t>(from) : 0U;
  bool const test = flag(from);
  auto const key = from.take(auth_key_size);
  auto const user = format == pyrogram_format::old_32 ? std::uint64_t{big<std::uint32_t>(from)}
                                                      : big<std::uint64_t>(from);
  bool const bot = flag(from);
  constexpr auto max_api_id = static_cast<std::uint32_t>(std::numeric_limits<std::int32_t>::max());
  require(from, api_id <= max_api_id && user <= static_cast<std::uint64_t>(max_user_id));
  if (auto const problem = problem_of(from)) return failure{problem};
  auto out = session_of(dc, key);
  if (!out) return out;
  out->api_id = static_cast<std::int32_t>(api_id);
  out->test = test;
  if (user != 0) out->self = portable_self{.id = static_cast<std::int64_t>(user), .bot = bot};
  return out;
}

/// What is missing for `format`.
std::error_code what_lacks(portable_session const& session, pyrogram_format format) {
  if (!session.self || !session.self->bot) return portable_errc::no_user;
  if (format == pyrogram_format::current && session.api_id <= 0) return portable_errc::no_api_id;
  if (format == pyrogram_format::old_32 &&
      session.self->id > std::numeric_limits<std::uint32_t>::max())
    return portable_errc::does_not_fit;
  return {};
}

secret<bytes> write(portable_session const& session, pyrogram_format format, std::uint8_t dc,
                    bytes_view key) {
  secret_writer out;
  out.big(dc);
  if (format == pyrogram_format::current) out.big(session.api_id);
  out.big(std::uint8_t{session.test}).raw(key);
  if (format == pyrogram_format::old_32) {
    out.big(static_cast<std::uint32_t>(session.self->id));
  } else {
    out.big(session.self->id);
  }
  return out.big(std::uint8_t{*session.self->bot}).take();
}

}  // namespace

result<portable_session> read_pyrogram_string(std::string_view text) {
  auto const raw = decode_base64(text, alphabet::url);
  if (!raw) return failure{raw.error()};
  auto const format = format_of(raw->reveal().size());
  if (!format) return failure{format.error()};
  return read(*format, wire::reader(raw->reveal()));
}

result<secret<std::string>> write_pyrogram_string(portable_session const& session,
                                                  pyrogram_format format) {
  auto const key = home_key(session);
  if (!key) return failure{key.error()};
  auto const dc = home_byte(session);
  if (!dc) return failure{dc.error()};
  if (auto const problem = what_lacks(session, format)) return failure{problem};
  return encode_base64(write(session, format, *dc, *key).reveal(), alphabet::url, false);
}

}  // namespace mtp::MTP_ABI
