// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "kernels.hpp"

#include <mtp/crypto/dh.hpp>

#include <span>

namespace mtp::MTP_ABI::crypto {

/// A number modulo another of 2048 bits, multiplied by a power of two and cut into words as the
/// kernel wants them. May be secret: wiped when it goes away.
struct alignas(64) residue {
  static constexpr std::size_t max_words = 40;

  std::array<std::uint64_t, max_words> words = {};

  residue() = default;
  residue(residue const&) = default;
  residue& operator=(residue const&) = default;
  ~residue() { wipe({reinterpret_cast<std::uint8_t*>(words.data()), sizeof words}); }
};

/// Multiplication modulo a fixed odd number of 2048 bits, after Montgomery, in time that depends on
/// no operand.
///
/// The power of two is so much greater than the modulus that a product of two numbers below twice
/// the modulus is below twice the modulus: nothing has to be subtracted and nothing compared.
class montgomery_2048 {
 public:
  explicit montgomery_2048(dh_value const& modulus, modular_kernel kernel = best_modular_kernel());

  residue enter(bytes_view number) const;  ///< of at most 256 bytes, highest first
  dh_value leave(residue const& r) const;
  residue const& one() const noexcept { return one_; }
  void multiply(residue& out, residue const& a, residue const& b) const noexcept;
  /// The entry at a secret place, found by reading all.
  void select(residue& out, std::span<residue const> table, std::size_t index) const noexcept;

 private:
  modular_kernel kernel_;
  residue modulus_;
  std::uint64_t inverse_ = 0;  // of the modulus, negative, modulo one word
  residue square_;             // of the power of two
  residue one_;
};

/// `base` to the power of a secret.
dh_secret power(montgomery_2048 const& field, bytes_view base, dh_secret const& secret);

}  // namespace mtp::MTP_ABI::crypto
