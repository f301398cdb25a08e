// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>

#include <cstdint>
#include <functional>
#include <vector>

namespace mtp::MTP_ABI::testing {

/// Which part of a history is wanted, as all methods that list messages say it.
struct window {
  std::int32_t offset_id = 0;
  std::int32_t offset_date = 0;
  std::int32_t add_offset = 0;
  std::int32_t limit = 0;
  std::int32_t max_id = 0;
  std::int32_t min_id = 0;

  template <class Request>
  static window of(Request const& q) {
    return {.offset_id = q.offset_id,
            .offset_date = q.offset_date,
            .add_offset = q.add_offset,
            .limit = q.limit,
            .max_id = q.max_id,
            .min_id = q.min_id};
  }
};

/// Cuts a page out of `ids`, which are newest first.
///
/// The page begins with the first message older than the offset, moved by add_offset: a negative
/// one reaches back to newer messages.
std::vector<std::int32_t> page_of(std::vector<std::int32_t> const& ids, window const& w,
                                  std::function<std::int32_t(std::int32_t)> const& date_of);

}  // namespace mtp::MTP_ABI::testing
