// SPDX-License-Identifier: MIT OR Apache-2.0
#include "envelope.hpp"

#include <mtp/mtproto/gzip.hpp>

#include <fmt/format.h>

#include <string_view>

namespace mtp::testing {
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

/// Reads forward; once something did not fit, everything reads as empty.
class cursor {
 public:
  explicit cursor(bytes_view data) : rest_(data) {}

  bool good() const { return good_; }
  bytes_view rest() const { return rest_; }
  std::uint32_t peek() const { return rest_.size() < 4 ? 0 : load_le<std::uint32_t>(rest_.data()); }

  template <class Integer>
  Integer number() {
    auto const data = take(sizeof(Integer));
    return data.empty() ? Integer{} : load_le<Integer>(data.data());
  }

  bytes_view text() {
    auto const lead = take(1);
    if (lead.empty() || lead[0] == 255) return fail();
    std::size_t header = 1;
    std::size_t size = lead[0];
    if (size == 254) {
      auto const more = take(3);
      if (more.empty()) return {};
      size = more[0] | static_cast<std::size_t>(more[1]) << 8 |
             static_cast<std::size_t>(more[2]) << 16;
      header = 4;
    }
    auto const content = size == 0 ? bytes_view{} : take(size);
    auto const padding = (4 - (header + size) % 4) % 4;
    if (padding != 0) take(padding);
    return content;
  }

  bytes_view fail() {
    good_ = false;
    rest_ = {};
    return {};
  }

 private:
  bytes_view take(std::size_t size) {
    if (rest_.size() < size) return fail();
    auto const data = rest_.first(size);
    rest_ = rest_.subspan(size);
    return data;
  }

  bytes_view rest_;
  bool good_ = true;
};

void skip_json(cursor& in, int depth) {
  if (depth > max_json_depth || !in.good()) {
    in.fail();
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
    if (in.number<std::uint32_t>() != vector) in.fail();
    auto const count = in.number<std::uint32_t>();
    for (std::uint32_t i = 0; i < count && in.good(); ++i) {
      if (kind == json_object) {
        if (in.number<std::uint32_t>() != json_object_value) in.fail();
        in.text();
      }
      skip_json(in, depth + 1);
    }
  } else {
    in.fail();
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

void read_init_connection(cursor& in, call_envelope& out, init_form form) {
  auto const flags = form.flags ? in.number<std::uint32_t>() : 0;
  out.api_id = in.number<std::int32_t>();
  auto const device = in.text();
  auto const system = in.text();
  auto const version = in.text();
  out.client = fmt::format("{} / {} / {}", shown(device), shown(system), shown(version));
  for (int i = 0; i < form.languages; ++i) in.text();
  if (flags & 1) {
    if (in.number<std::uint32_t>() != input_client_proxy) in.fail();
    in.text();
    in.number<std::uint32_t>();
  }
  if (flags & 2) skip_json(in, 0);
  out.initialises = true;
}

void read_message_ids(cursor& in, call_envelope& out) {
  if (in.number<std::uint32_t>() != vector) in.fail();
  auto const count = in.number<std::uint32_t>();
  for (std::uint32_t i = 0; i < count && in.good(); ++i)
    out.after.push_back(in.number<std::int64_t>());
}

/// Reads one wrapper up to what it holds. False when there is none.
bool unwrap(cursor& in, call_envelope& out) {
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
      in.number<std::int64_t>();
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
      in.text();
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
  cursor in(call);
  for (int i = 0; i < max_wrappers; ++i) {
    if (in.peek() == gzip_packed) {
      in.number<std::uint32_t>();
      auto unpacked = mtproto::gunzip(in.text(), max_inflated);
      if (!in.good() || !unpacked) return refuse(400, "INPUT_FETCH_ERROR");
      inflated = std::move(*unpacked);
      in = cursor(inflated);
    } else if (!unwrap(in, out)) {
      if (!in.good() || in.rest().size() < 4) return refuse(400, "INPUT_FETCH_ERROR");
      out.query.assign(in.rest().begin(), in.rest().end());
      return out;
    }
    if (!in.good()) return refuse(400, "INPUT_FETCH_ERROR");
  }
  return refuse(400, "INPUT_FETCH_ERROR");
}

}  // namespace mtp::testing
