// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/random.hpp>

#include <algorithm>

namespace mtp::MTP_ABI::testing {

/// Numbers that are the same for the same seed (SplitMix64). Never for keys that matter.
class seeded_numbers final : public random_source {
 public:
  explicit seeded_numbers(std::uint64_t seed) : state_(seed) {}

  void fill(mutable_bytes out) override {
    while (!out.empty()) {
      std::uint8_t word[8];
      store_le(word, next());
      auto const size = std::min(out.size(), sizeof word);
      std::copy_n(word, size, out.begin());
      out = out.subspan(size);
    }
  }

 private:
  std::uint64_t next() {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }

  std::uint64_t state_;
};

}  // namespace mtp::MTP_ABI::testing
