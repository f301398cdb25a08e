// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What is UTF-8 and what is not, utf8proc knows. Places in valid UTF-8 are counted by leading
// bytes.
#include "text/utf8.hpp"

#include "text/unit_cursor.hpp"

#include <mtp/text/text_error.hpp>

#include <utf8proc.h>

#include <array>

namespace mtp::MTP_ABI::detail {
namespace {

bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }
bool is_leading(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }
/// Four bytes of UTF-8 are two units of UTF-16.
bool leads_pair(char c) { return static_cast<unsigned char>(c) >= 0xF0; }

std::size_t bytes_of(char leading) {
  auto const byte = static_cast<unsigned char>(leading);
  if (byte < 0x80) return 1;
  if (byte < 0xE0) return 2;
  return byte < 0xF0 ? 3 : 4;
}

/// Where `text` stops to be UTF-8, or its size.
std::size_t end_of_valid(std::string_view text, std::size_t from) {
  while (from < text.size()) {
    auto const bytes = front_of(text.substr(from)).bytes;
    if (bytes == 0) return from;
    from += bytes;
  }
  return from;
}

}  // namespace

code_point front_of(std::string_view text) noexcept {
  if (text.empty()) return {};
  if (is_ascii(text.front())) return {text.front(), 1};
  code_point out;
  auto const* const data = reinterpret_cast<utf8proc_uint8_t const*>(text.data());
  auto const size = static_cast<utf8proc_ssize_t>(text.size());
  auto const taken = utf8proc_iterate(data, size, &out.value);
  if (taken <= 0) return {};
  out.bytes = static_cast<std::size_t>(taken);
  return out;
}

void check_utf8(std::string_view text) {
  auto const end = end_of_valid(text, 0);
  if (end != text.size()) throw text_error(text_errc::invalid_utf8, end);
  if (text.size() > INT32_MAX) throw text_error(text_errc::too_long, INT32_MAX);
}

std::string repair_utf8(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    auto const end = end_of_valid(text, at);
    out += text.substr(at, end - at);
    if (end == text.size()) break;
    out += "\xEF\xBF\xBD";
    at = end;
  }
  return out;
}

void append_utf8(std::string& to, std::int32_t value) {
  std::array<utf8proc_uint8_t, 4> bytes;
  auto const count = utf8proc_encode_char(value, bytes.data());
  to.append(reinterpret_cast<char const*>(bytes.data()), static_cast<std::size_t>(count));
}

std::size_t units_of(std::string_view text) noexcept {
  std::size_t out = 0;
  for (char const c : text) out += (is_leading(c) ? 1U : 0U) + (leads_pair(c) ? 1U : 0U);
  return out;
}

std::size_t unit_cursor::seek(std::size_t unit) noexcept {
  while (byte_ < text_.size()) {
    std::size_t const units = leads_pair(text_[byte_]) ? 2 : 1;
    if (unit_ + units > unit) break;
    unit_ += units;
    byte_ += bytes_of(text_[byte_]);
  }
  return byte_;
}

}  // namespace mtp::MTP_ABI::detail
