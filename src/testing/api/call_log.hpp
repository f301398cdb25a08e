// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/testing/call_record.hpp>

#include <cstddef>
#include <deque>

namespace mtp::MTP_ABI::testing {

/// The latest calls, for tests to read.
class call_log {
 public:
  /// How many calls are kept; 0 for none.
  std::size_t capacity = 0;

  /// Keeps a call, the bare form of which is `query`.
  void add(call_record record, bytes_view query);
  void clear() { records_.clear(); }
  std::deque<call_record> const& records() const { return records_; }

 private:
  std::deque<call_record> records_;
};

}  // namespace mtp::MTP_ABI::testing
