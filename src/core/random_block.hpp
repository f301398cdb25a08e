// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>

namespace mtp::MTP_ABI {

/// Random bytes that are drawn many at a time and handed out few at a time. What was handed out is
/// wiped, and nothing is handed out that was drawn before the process divided, because the other
/// process has the same.
///
/// Threads: belongs to one.
class random_block {
 public:
  static constexpr std::size_t size = 4096;
  /// What is longer is to be drawn directly.
  static constexpr std::size_t max_request = 512;

  using source = void (*)(mutable_bytes out);

  /// Fills `out`. `divisions` counts how often the process was made by division. Errors: those of
  /// `draw`, after which the block is empty.
  void fill(mutable_bytes out, source draw, unsigned divisions);
  void wipe() noexcept;

  /// The memory itself, for tests.
  bytes_view memory() const noexcept { return memory_; }

 private:
  void refill(source draw, unsigned divisions);

  std::array<std::uint8_t, size> memory_ = {};
  std::size_t left_ = 0;  // at the end
  unsigned divisions_ = 0;
};

}  // namespace mtp::MTP_ABI
