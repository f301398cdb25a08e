// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/random.hpp>

#include <algorithm>
#include <random>

namespace mtp::test {

/// A random source that repeats itself for the same seed. Never for keys.
class seeded_random final : public random_source {
 public:
  explicit seeded_random(std::uint64_t seed) : engine_(seed) {}
  void fill(mutable_bytes out) override {
    for (auto& byte : out) byte = static_cast<std::uint8_t>(engine_());
  }

 private:
  std::mt19937_64 engine_;
};

/// A random source that replays given bytes in order, then fails the test by throwing.
class scripted_random final : public random_source {
 public:
  explicit scripted_random(bytes script) : script_(std::move(script)) {}
  void fill(mutable_bytes out) override {
    if (script_.size() - at_ < out.size())
      throw std::out_of_range("scripted_random: the script is over");
    std::copy_n(script_.begin() + static_cast<std::ptrdiff_t>(at_), out.size(), out.begin());
    at_ += out.size();
  }
  std::size_t left() const { return script_.size() - at_; }

 private:
  bytes script_;
  std::size_t at_ = 0;
};

}  // namespace mtp::test
