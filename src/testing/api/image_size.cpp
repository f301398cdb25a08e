// SPDX-License-Identifier: MIT OR Apache-2.0
// PNG: RFC 2083, section 11.2.1. JPEG: ITU-T T.81, annex B.2.2.
#include "image_size.hpp"

#include <algorithm>
#include <array>

namespace mtp::MTP_ABI::testing {
namespace {

std::int32_t big_endian(bytes_view at) {
  std::uint32_t value = 0;
  for (auto const byte : at) value = value << 8 | byte;
  return static_cast<std::int32_t>(value & 0x7fffffff);
}

std::optional<image_size> png(bytes_view file) {
  constexpr std::array<std::uint8_t, 8> magic{0x89, 'P', 'N', 'G', 0x0d, 0x0a, 0x1a, 0x0a};
  if (file.size() < 24 || !std::equal(magic.begin(), magic.end(), file.begin())) return {};
  return image_size{big_endian(file.subspan(16, 4)), big_endian(file.subspan(20, 4))};
}

/// Start-of-frame markers; the others of their range are tables.
bool is_frame(std::uint8_t marker) {
  return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

std::optional<image_size> jpeg(bytes_view file) {
  if (file.size() < 4 || file[0] != 0xff || file[1] != 0xd8) return {};
  std::size_t at = 2;
  while (at + 9 <= file.size() && file[at] == 0xff) {
    auto const marker = file[at + 1];
    if (is_frame(marker))
      return image_size{big_endian(file.subspan(at + 7, 2)), big_endian(file.subspan(at + 5, 2))};
    at += 2 + static_cast<std::size_t>(big_endian(file.subspan(at + 2, 2)));
  }
  return {};
}

}  // namespace

std::optional<image_size> image_size_of(bytes_view file) {
  auto const size = png(file);
  return size ? size : jpeg(file);
}

}  // namespace mtp::MTP_ABI::testing
