// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/tl/errors.hpp>

#include <cstdio>

namespace mtp::MTP_ABI::tl {
namespace {

std::string hex(std::uint32_t id) {
  char digits[9];
  std::snprintf(digits, sizeof digits, "%08x", id);
  return digits;
}

}  // namespace

std::string_view text_of(decode_errc code) noexcept {
  switch (code) {
    case decode_errc::truncated: return "the bytes end inside the value";
    case decode_errc::unknown_constructor: return "a constructor that is not known here";
    case decode_errc::bad_count: return "a vector longer than the bytes left can hold";
    case decode_errc::bad_string: return "a text with a length that TL does not know";
    case decode_errc::too_deep: return "values are nested too deeply";
    case decode_errc::too_large: return "the value needs more memory than allowed";
    case decode_errc::trailing_bytes: return "bytes behind the end of the value";
  }
  return "unknown decoding error";
}

std::string_view text_of(encode_errc code) noexcept {
  switch (code) {
    case encode_errc::empty_field: return "is required but empty";
    case encode_errc::partial_flag_group:
      return "shares a bit with another field: set both or none";
    case encode_errc::too_long: return "is too long for TL";
  }
  return "unknown encoding error";
}

std::string decode_error::text() const {
  std::string out(text_of(code));
  if (code == decode_errc::unknown_constructor) out += " (" + hex(constructor) + ")";
  out += " at byte " + std::to_string(offset);
  if (!path.empty()) out += ", in " + path;
  return out;
}

std::string encode_error::text() const {
  std::string out(type);
  if (!out.empty()) out += ": ";
  out += field.empty() ? std::string_view("the value") : field;
  if (code == encode_errc::partial_flag_group) {
    return out + " shares a bit with " + std::string(other) + ": set both or none";
  }
  return out + " " + std::string(text_of(code));
}

}  // namespace mtp::MTP_ABI::tl
