// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>
#include <mtp/tl/forward.hpp>

#include <cstddef>
#include <utility>
#include <vector>

namespace mtp::MTP_ABI::detail {

/// With what else a part may stand in one album: https://core.telegram.org/api/files#albums
enum class album_kind { visual, music, file, alone };

album_kind kind_of(tl::MessageMedia const& media);

/// Cuts parts into albums, in their order: neighbours of one kind, at most `most` together. Each is
/// the place of its first part and how many it has.
std::vector<std::pair<std::size_t, std::size_t>> cut_into_albums(
    std::vector<album_kind> const& parts, std::size_t most);

/// What was uploaded, as a part of an album names it; empty for what is neither a photo nor a file.
/// `by` is what it was uploaded as, and decides how it is shown.
tl::InputMedia as_part(tl::MessageMedia const& uploaded, tl::InputMedia const& by);

}  // namespace mtp::MTP_ABI::detail
