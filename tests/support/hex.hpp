// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <string_view>

namespace mtp::test {

inline int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  throw std::invalid_argument("not a hexadecimal digit");
}

/// The bytes that `text` spells in hexadecimal; blanks are skipped.
inline bytes from_hex(std::string_view text) {
  bytes out;
  int high = -1;
  for (char c : text) {
    if (c == ' ' || c == '\n') continue;
    int digit = hex_digit(c);
    if (high < 0) {
      high = digit;
    } else {
      out.push_back(static_cast<std::uint8_t>(high << 4 | digit));
      high = -1;
    }
  }
  if (high >= 0) throw std::invalid_argument("odd number of hexadecimal digits");
  return out;
}

/// As from_hex, for a length that is known. `Array` is std::array of bytes.
template <class Array>
Array array_from_hex(std::string_view text) {
  bytes const data = from_hex(text);
  Array out = {};
  if (data.size() != out.size()) throw std::invalid_argument("wrong number of hexadecimal digits");
  std::copy(data.begin(), data.end(), out.begin());
  return out;
}

inline std::string to_hex(bytes_view data) {
  constexpr char digits[] = "0123456789abcdef";
  std::string out;
  for (std::uint8_t byte : data) {
    out += digits[byte >> 4];
    out += digits[byte & 15];
  }
  return out;
}

}  // namespace mtp::test
