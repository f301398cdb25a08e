// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/storage/write_batch.hpp>

#include <map>
#include <optional>
#include <vector>

namespace mtp::MTP_ABI::detail {

/// Records in memory.
/// Threads: an owner at a time.
class record_map {
 public:
  std::optional<bytes> get(record_key const& key) const;
  std::vector<record> scan(record_range const& range) const;
  void apply(write_batch batch);

 private:
  void clear(record_space space);

  std::map<record_key, bytes> all_;
};

}  // namespace mtp::MTP_ABI::detail
