// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "montgomery_2048.hpp"

#include <memory>

namespace mtp::MTP_ABI::crypto {

/// Powers of one base, which is known long before: from a table, with a sixth of the squarings.
///
/// The exponent is cut into six pieces that lie above each other; a column of six bits chooses a
/// product of powers that were computed before (the comb of Lim and Lee). Making the table costs as
/// much as one power.
class fixed_base {
 public:
  fixed_base(montgomery_2048 const& field, bytes_view base);

  /// In time that does not depend on the secret. Threads: may be called by several at once.
  dh_secret power(dh_secret const& secret) const;

 private:
  static constexpr std::size_t rows = 6;
  static constexpr std::size_t columns = (8 * sizeof(dh_value) + rows - 1) / rows;

  static std::size_t column(dh_secret const& secret, std::size_t at);

  montgomery_2048 field_;
  std::array<residue, 1U << rows> table_;
};

}  // namespace mtp::MTP_ABI::crypto
