// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/error.hpp>

#include <cstdint>
#include <string>

namespace mtp::MTP_ABI {

/// A consumer was too far behind, or the store was damaged: updates that waited for it are lost to
/// it, and only to it. The next one follows.
/// Threads: immutable; a copy may go to another thread.
class MTP_API updates_dropped : public error {
 public:
  updates_dropped(std::string const& consumer, std::uint64_t count);
  /// So many, at most: its filter did not see them.
  std::uint64_t count() const noexcept { return count_; }

 private:
  std::uint64_t count_;
};

}  // namespace mtp::MTP_ABI
