// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/qr/qr_code.hpp>

#include <qrencode.h>

#include <cerrno>
#include <limits>
#include <memory>
#include <new>
#include <stdexcept>

namespace mtp::MTP_ABI {
namespace {

constexpr int quiet_zone = 2;  // modules; paper wants four, readers make do with two

struct freed_code {
  void operator()(QRcode* code) const noexcept { QRcode_free(code); }
};
using code_pointer = std::unique_ptr<QRcode, freed_code>;

code_pointer encode(std::string_view text) {
  if (text.empty() || text.size() > std::numeric_limits<int>::max())
    throw std::length_error("no QR code holds that text");
  code_pointer out(QRcode_encodeData(static_cast<int>(text.size()),
                                     reinterpret_cast<unsigned char const*>(text.data()), 0,
                                     QR_ECLEVEL_L));
  if (!out && errno == ENOMEM) throw std::bad_alloc();
  if (!out) throw std::length_error("no QR code holds that text");
  return out;
}

/// Whether a module is light; all round the code they are.
bool is_light(QRcode const& code, int row, int column) {
  bool const inside = row >= 0 && row < code.width && column >= 0 && column < code.width;
  return !inside || !(code.data[row * code.width + column] & 1);
}

/// Two modules, one above the other, as one character.
std::string_view drawn(bool upper, bool lower) {
  if (upper && lower) return "\u2588";
  if (upper) return "\u2580";
  return lower ? "\u2584" : " ";
}

}  // namespace

std::string qr_code(std::string_view text) {
  auto const code = encode(text);
  std::string out;
  for (int row = -quiet_zone; row < code->width + quiet_zone; row += 2) {
    for (int column = -quiet_zone; column < code->width + quiet_zone; ++column)
      out += drawn(is_light(*code, row, column), is_light(*code, row + 1, column));
    out += '\n';
  }
  return out;
}

}  // namespace mtp::MTP_ABI
