// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "text/unit_cursor.hpp"

#include <mtp/text/text_entity.hpp>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <string_view>
#include <utility>
#include <vector>

namespace mtp::MTP_ABI::detail {

/// Takes a text apart for a printer: calls `open(part)`, `write(text)` and `close(part)` so that
/// every part is closed before the ones it stands in. Bold and the like are closed and opened again
/// where they cross others; quotes stand in nothing.
///
/// `entities` are in normal form; those that a printer has no markup for are left out before.
template <class Printer>
class markup_walk {
 public:
  markup_walk(std::string_view text, std::vector<text_entity> const& entities, Printer& to)
      : text_(text), entities_(entities), cursor_(text), to_(to) {}

  void run() {
    for (auto at = next_place(); at != nowhere; at = next_place()) {
      write_until(static_cast<std::size_t>(at));
      close_ended(at);
      open_begun(at);
    }
    write_until(std::numeric_limits<std::size_t>::max());
  }

 private:
  using part = text_entity const*;
  static constexpr std::int32_t nowhere = std::numeric_limits<std::int32_t>::max();

  std::int32_t next_place() const {
    auto out = next_ < entities_.size() ? entities_[next_].offset : nowhere;
    for (part const one : open_) out = std::min(out, one->end());
    return out;
  }

  void write_until(std::size_t unit) {
    auto const end = cursor_.seek(unit);
    if (end > byte_) to_.write(text_.substr(byte_, end - byte_));
    byte_ = end;
  }

  void close_ended(std::int32_t at) {
    auto const first = std::ranges::find_if(open_, [&](part one) { return one->end() == at; });
    put_off(static_cast<std::size_t>(first - open_.begin()));
    std::erase_if(put_off_, [&](part one) { return one->end() == at; });
  }

  void open_begun(std::int32_t at) {
    for (; next_ < entities_.size() && entities_[next_].offset == at; ++next_) {
      part const one = &entities_[next_];
      if (is_divisible(one->style.kind)) {
        put_off_.push_back(one);
      } else {
        open_whole(one);
      }
    }
    for (part const one : std::exchange(put_off_, {})) open(one);
  }

  /// Those that end within it, or all within a quote, are opened inside.
  void open_whole(part one) {
    auto const is_inner = [&](part other) {
      bool const ends_before = other->end() < one->end();
      return is_divisible(other->style.kind) &&
             (one->style.kind == entity_kind::quote || ends_before);
    };
    put_off(static_cast<std::size_t>(std::ranges::find_if(open_, is_inner) - open_.begin()));
    for (part const outer : put_off_)
      if (!is_inner(outer)) open(outer);
    std::erase_if(put_off_, [&](part other) { return !is_inner(other); });
    open(one);
  }

  void open(part one) {
    to_.open(*one);
    open_.push_back(one);
  }

  /// Closes those from `index` on, the last one first; whatever does not end here comes again.
  void put_off(std::size_t index) {
    put_off_.insert(put_off_.begin(), open_.begin() + static_cast<std::ptrdiff_t>(index),
                    open_.end());
    for (; open_.size() > index; open_.pop_back()) to_.close(*open_.back());
  }

  std::string_view text_;
  std::vector<text_entity> const& entities_;
  unit_cursor cursor_;
  std::size_t byte_ = 0;
  Printer& to_;
  std::size_t next_ = 0;
  std::vector<part> open_ = {};
  std::vector<part> put_off_ = {};  ///< to be opened before anything is written
};

}  // namespace mtp::MTP_ABI::detail
