// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/task.hpp>
#include <mtp/storage/record.hpp>

#include <cstdint>
#include <map>
#include <string_view>

namespace mtp::MTP_ABI {

class record_store;

/// What lies in a store: so many records of each kind, and their size.
/// Threads: a value.
struct MTP_API store_statistics {
  struct part {
    std::uint64_t records = 0;
    std::uint64_t bytes = 0;  ///< of ids and values; the store needs some more for itself
    bool operator==(part const&) const = default;
  };
  std::map<record_space, part> parts = {};  ///< without those that have no record

  /// Zeros when there is none: `of(record_space::peers).records` people, groups and channels.
  part of(record_space space) const;
  part all() const;
  bool operator==(store_statistics const&) const = default;
};

/// "peers", "auth_keys", ...
MTP_API std::string_view name_of(record_space space) noexcept;

/// Counts what lies in a store that is open, page by page: what is written meanwhile may be counted
/// or not. Takes as long as reading everything.
///
/// Lifetime: `of` is open until it ends. Cancellation and errors: those of the store. Threads: on
/// the strand of the store.
MTP_API task<store_statistics> measure(record_store& of);

}  // namespace mtp::MTP_ABI
