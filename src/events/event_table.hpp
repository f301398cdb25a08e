// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/events/event_tag.hpp>
#include <mtp/tl/forward.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>

namespace mtp::MTP_ABI::detail {

/// What one constructor of TL's Update becomes.
struct event_row {
  tl::Update::tags of;
  event_tag event;
  /// Looks into the update; when it says no, the next row of the same constructor has its turn.
  bool (*fits)(tl::Update const&) = nullptr;
  char const* why_none = nullptr;  ///< of an other_update
};

/// Rows, found by their constructor. Those of one constructor stand together.
template <std::size_t N>
class event_table {
 public:
  consteval explicit event_table(event_row const (&rows)[N]) {
    for (std::size_t i = 0; i < N; ++i) add(rows[i], i);
  }

  /// other_update when no row fits, or when there is nothing.
  event_tag find(tl::Update const& of) const {
    auto const tag = of.tag();
    for (std::size_t i = first_[index(tag)]; i < N && rows_[i].of == tag; ++i) {
      if (!rows_[i].fits || rows_[i].fits(of)) return rows_[i].event;
    }
    return event_tag::other_update;
  }

 private:
  static constexpr std::size_t count = std::size(tl::Update::constructor_ids) + 1;
  static constexpr std::size_t index(tl::Update::tags tag) { return static_cast<std::size_t>(tag); }

  consteval void add(event_row const& row, std::size_t at) {
    bool const is_first = at == 0 || rows_[at - 1].of != row.of;
    if (is_first && first_[index(row.of)] != none) throw "the rows of a constructor are apart";
    if (is_first) first_[index(row.of)] = static_cast<std::uint16_t>(at);
    rows_[at] = row;
  }

  static constexpr std::uint16_t none = 0xffff;
  static consteval std::array<std::uint16_t, count> nothing() {
    std::array<std::uint16_t, count> out{};
    out.fill(none);
    return out;
  }

  std::array<event_row, N> rows_{};
  std::array<std::uint16_t, count> first_ = nothing();
};

}  // namespace mtp::MTP_ABI::detail
