// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/storage/write_batch.hpp>

#include <optional>

namespace mtp::MTP_ABI::detail {

inline constexpr std::size_t entry_head_size = 8;

/// An entry where it lies; `value_at` counts from the beginning of what is read.
struct entry_view {
  record_write::kind what = record_write::kind::put;
  record_space space = record_space::values;
  bytes_view id = {};
  bytes_view value = {};
  std::size_t value_at = 0;
};

void append_entry(bytes& to, record_write::kind what, record_space space, bytes_view id,
                  bytes_view value);

/// Reads entries one after the other.
/// Lifetime: the bytes outlive it, and what it returns.
class entry_reader {
 public:
  explicit entry_reader(bytes_view from) noexcept : all_(from) {}

  /// The next one; nothing at the end, or when there is something else.
  std::optional<entry_view> next();
  /// Whether all was read, and was entries.
  bool is_done() const noexcept { return at_ == all_.size(); }

 private:
  bytes_view all_;
  std::size_t at_ = 0;
};

}  // namespace mtp::MTP_ABI::detail
