// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>

#include <asio/any_io_executor.hpp>

namespace mtp::MTP_ABI::detail {

class held_strands;

/// An executor whose holder may outlive the loop: it is let go when that is destroyed, after all
/// that waits there.
///
/// Threads: belongs to the strand, or to who destroys the loop.
class held_strand {
 public:
  explicit held_strand(asio::any_io_executor strand);
  held_strand(held_strand const&) = delete;
  held_strand& operator=(held_strand const&) = delete;
  ~held_strand();

  /// Empty when the loop is gone. Lifetime: of this.
  asio::any_io_executor const& get() const noexcept { return strand_; }
  bool is_alive() const noexcept { return static_cast<bool>(strand_); }

 private:
  friend class held_strands;

  asio::any_io_executor strand_;
  held_strands* all_;
  held_strand* next_ = nullptr;
  held_strand* before_ = nullptr;
};

}  // namespace mtp::MTP_ABI::detail
