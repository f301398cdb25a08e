// SPDX-License-Identifier: MIT OR Apache-2.0
#include "envelope.hpp"

#include "core/wire.hpp"

#include <mtp/mtproto/gzip.hpp>

#include <fmt/format.h>

#include <string_view>

namespace mtp::MTP_ABI::testing {
namespace {

enum wrapper : std::uint32_t {
  invoke_with_layer = 0xda9b0d0d,
  init_connection = 0xc1cd5ea9,
  init_connection_without_params = 0x785188b8,
  init_connection_without_flags = 0xc7481da6,
  init_connection_of_one_language = 0x69796de9,
  invoke_without_updates = 0xbf9459b7,
  invoke_after_msg = 0xcb9f372d,
  invoke_after_msgs = 0x3dc4b4f0,
  invoke_with_takeout = 0xaca9fd2e,
  invoke_with_messages_range = 0x365275f2,
  invoke_with_business_connection = 0xdd289f8e,
  invoke_with_google_play_integrity = 0x1df92984,
  invoke_with_apns_secret = 0x0dae54f8,
  invoke_with_recaptcha = 0xadbb0f94,
  gzip_packed = 0x3072cfa1,
};

enum part : std::uint32_t {
  vector = 0x1cb5c415,
  input_client_proxy = 0x75588b3f,
  json_null = 0x3f6d7b68,
  json_bool = 0xc7345e6a,
  json_number = 0x2be0dfa4,
  json_string = 0xb71e767a,
  json_array = 0xf7444763,
  json_object = 0x99c1d49d,
  json_object_value = 0xc0de1bd9,
};

constexpr int max_wrappers = 32;
constexpr int max_json_depth = 32;

void skip_json(wire::reader& in, int depth) {
  if (depth > max_json_depth || !in.ok()) {
    in.fail(wire::read_error::unexpected);
    return;
  }
  auto const kind = in.number<std::uint32_t>();
  if (kind == json_null) return;
  if (kind == json_bool) {
    in.number<std::uint32_t>();
  } else if (kind == json_number) {
    in.number<std::uint64_t>();
  } else if (kind == json_string) {
    in.text();
  } else if (kind == json_array || kind == json_object) {
    if (in.number<std::uint32_t>() != vector) in.fail(wire::read_error::unexpected);
    auto const count = in.number<std::uint32_t>();
    for (std::uint32_t i = 0; i < count && in.ok(); ++i) {
      if (kind == json_object) {
        if (in.number<std::uint32_t>() != json_object_value) in.fail(wire::read_error::unexpected);
        in.text();
      }
      skip_json(in, depth + 1);
    }
  } else {
    in.fail(wire::read_error::unexpected);
  }
}

/// For a log: printable, short.
std::string shown(bytes_view text) {
  std::string out(as_text(text.first(std::min<std::size_t>(text.size(), 40))));
  for (char& c : out) {
    if (c < 0x20 || c > 0x7e) c = '?';
  }
  return out;
}

/// Of initConnection, whose oldest forms have fewer fields.
struct init_form {
  bool flags = true;
  int languages = 3;  ///< texts: of the system, of the language pack, its own
};

void read_init_connection(wire::reader& in, call_envelope& out, init_form form) {
  auto const flags = form.flags ? in.number<std::uint32_t>() : 0;
  out.api_id = in.number<std::int32_t>();
  auto const device = in.text();
  auto const system = in.text();
  auto const version = in.text();
  out.client = fmt::format("{} / {} / {}", shown(device), shown(system), shown(version));
  for (int i = 0; i < form.languages; ++i) in.text();
  if (flags & 1) {
    if (in.number<std::uint32_t>() != input_client_proxy) in.fail(wire::read_error::unexpected);
    in.text();
    in.number<std::uint32_t>();
  }
  if (flags & 2) skip_json(in, 0);
  out.initialises = true;
}

void read_message_ids(wire::reader& in, call_envelope& out) {
  if (in.number<std::uint32_t>() != vector) in.fail(wire::read_error::unexpected);
  auto const count = in.number<std::uint32_t>();
  for (std::uint32_t i = 0; i < count && in.ok(); ++i)
    out.after.push_back(in.number<std::int64_t>());
}

/// Reads one wrapper up to what it holds. False when there is none.
bool unwrap(wire::reader& in, call_envelope& out) {
  switch (in.peek()) {
    case invoke_with_layer:
      in.number<std::uint32_t>();
      out.layer = in.number<std::int32_t>();
      return true;
    case init_connection:
    case init_connection_without_params:
      in.number<std::uint32_t>();
      read_init_connection(in, out, {});
      return true;
    case init_connection_without_flags:
      in.number<std::uint32_t>();
      read_init_connection(in, out, {.flags = false});
      return true;
    case init_connection_of_one_language:
      in.number<std::uint32_t>();
      read_init_connection(in, out, {.flags = false, .languages = 1});
      return true;
    case invoke_without_updates:
      in.number<std::uint32_t>();
      out.without_updates = true;
      return true;
    case invoke_after_msg:
      in.number<std::uint32_t>();
      out.after.push_back(in.number<std::int64_t>());
      return true;
    case invoke_after_msgs:
      in.number<std::uint32_t>();
      read_message_ids(in, out);
      return true;
    case invoke_with_takeout:
      in.number<std::uint32_t>();
      out.takeout = in.number<std::int64_t>();
      return true;
    case invoke_with_messages_range:
      in.number<std::uint32_t>();
      in.number<std::uint32_t>();  // messageRange min_id max_id
      in.number<std::int64_t>();
      return true;
    case invoke_with_business_connection:
      in.number<std::uint32_t>();
      in.text();
      out.for_business = true;
      return true;
    case invoke_with_recaptcha:
      in.number<std::uint32_t>();
      out.recaptcha = as_text(in.text());
      return true;
    case invoke_with_google_play_integrity:
    case invoke_with_apns_secret:
      in.number<std::uint32_t>();
      in.text();
      in.text();
      return true;
    default: return false;
  }
}

}  // namespace

outcome<call_envelope> open_envelope(bytes_view call, std::size_t max_inflated) {
  call_envelope out;
  bytes inflated;
  wire::reader in(call);
  for (int i = 0; i < max_wrappers; ++i) {
    if (in.peek() == gzip_packed) {
      in.number<std::uint32_t>();
      auto unpacked = mtproto::gunzip(in.text(), max_inflated);
      if (!in.ok() || !unpacked) return refuse(400, "INPUT_FETCH_ERROR");
      inflated = std::move(*unpacked);
      in = wire::reader(inflated);
    } else if (!unwrap(in, out)) {
      if (!in.ok() || in.rest().size() < 4) return refuse(400, "INPUT_FETCH_ERROR");
      out.query.assign(in.rest().begin(), in.rest().end());
      return out;
    }
    if (!in.ok()) return refuse(400, "INPUT_FETCH_ERROR");
  }
  return refuse(400, "INPUT_FETCH_ERROR");
}

}  // namespace mtp::MTP_ABI::testing
