// SPDX-License-Identifier: MIT OR Apache-2.0
#include "fixed_base.hpp"

namespace mtp::MTP_ABI::crypto {

fixed_base::fixed_base(montgomery_2048 const& field, bytes_view base) : field_(field) {
  table_[0] = field_.one();
  residue tooth = field_.enter(base);
  for (std::size_t half = 1;; half *= 2) {
    for (std::size_t i = 0; i < half; ++i) field_.multiply(table_[half + i], table_[i], tooth);
    if (2 * half == table_.size()) return;
    for (std::size_t i = 0; i < columns; ++i) field_.multiply(tooth, tooth, tooth);
  }
}

dh_secret fixed_base::power(dh_secret const& secret) const {
  residue out = field_.one();
  residue factor;
  for (std::size_t at = columns; at-- > 0;) {
    field_.multiply(out, out, out);
    field_.select(factor, table_, column(secret, at));
    field_.multiply(out, out, factor);
  }
  return field_.leave(out);
}

std::size_t fixed_base::column(dh_secret const& secret, std::size_t at) {
  std::size_t out = 0;
  for (std::size_t row = 0; row < rows; ++row) {
    std::size_t const bit = row * columns + at;
    if (bit >= 8 * secret.size()) break;
    out |= std::size_t{secret[secret.size() - 1 - bit / 8] >> bit % 8 & 1U} << row;
  }
  return out;
}

}  // namespace mtp::MTP_ABI::crypto
