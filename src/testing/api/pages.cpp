// SPDX-License-Identifier: MIT OR Apache-2.0
#include "pages.hpp"

#include <mtp/core/config.hpp>

#include <algorithm>
#include <cstddef>

namespace mtp::MTP_ABI::testing {
namespace {

constexpr std::int32_t max_page = 100;

}  // namespace

std::vector<std::int32_t> page_of(std::vector<std::int32_t> const& ids, window const& w,
                                  std::function<std::int32_t(std::int32_t)> const& date_of) {
  auto const older = [&](std::int32_t id) {
    if (w.offset_id > 0) return id < w.offset_id;
    return w.offset_date <= 0 || date_of(id) < w.offset_date;
  };
  auto const start = std::find_if(ids.begin(), ids.end(), older) - ids.begin();
  auto const limit = w.limit <= 0 ? 0 : std::min(w.limit, max_page);
  auto const size = static_cast<std::int64_t>(ids.size());
  auto const begin = std::clamp<std::int64_t>(start + std::int64_t{w.add_offset}, 0, size);
  auto const end =
      std::clamp<std::int64_t>(start + std::int64_t{w.add_offset} + limit, begin, size);
  std::vector<std::int32_t> page;
  for (auto i = begin; i < end; ++i) {
    auto const id = ids[static_cast<std::size_t>(i)];
    if (w.max_id > 0 && id >= w.max_id) continue;
    if (w.min_id > 0 && id <= w.min_id) continue;
    page.push_back(id);
  }
  return page;
}

}  // namespace mtp::MTP_ABI::testing
