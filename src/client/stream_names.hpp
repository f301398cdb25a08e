// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>

#include <mutex>
#include <string>
#include <vector>

namespace mtp::MTP_ABI::detail {

/// Which streams of updates are open: the one without a name, or some with names.
///
/// Threads: any.
class stream_names {
 public:
  /// Errors: std::logic_error when one is open that excludes it.
  void open(std::string const& name);
  void close(std::string const& name) noexcept;
  bool is_open(std::string const& name) const noexcept;
  bool empty() const noexcept;

 private:
  bool holds(std::string const& name) const noexcept;

  mutable std::mutex mutex_;
  std::vector<std::string> open_;
};

}  // namespace mtp::MTP_ABI::detail
