// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "ige_lanes.hpp"

namespace mtp::MTP_ABI::crypto {

/// A vector as the two functions of aes.hpp have it, the block of cipher text first, and back.
template <bool Encrypt>
ige_feedback to_feedback(int256 const& iv) noexcept;
template <bool Encrypt>
int256 to_iv(ige_feedback const& at) noexcept;

/// One message on its way through IGE, piece by piece, under round keys that are made once.
template <bool Encrypt>
class ige_stream {
 public:
  ige_stream(int256 const& key, int256 const& iv);

  /// The next blocks. `from` and `to` may be the same.
  void run(std::uint8_t const* from, std::uint8_t* to, std::size_t blocks);
  int256 iv() const noexcept { return to_iv<Encrypt>(at_); }

 private:
  bool portable_;
  ige_feedback at_;
  aes_schedule schedule_;  // of the portable way the first two are the key itself
};

extern template class ige_stream<true>;
extern template class ige_stream<false>;

}  // namespace mtp::MTP_ABI::crypto
