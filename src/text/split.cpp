// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/text/split.hpp>

#include "text/graphemes.hpp"

#include <mtp/core/error.hpp>

#include <algorithm>
#include <tuple>
#include <utility>

namespace mtp::MTP_ABI {
namespace {

using detail::cut_place;

constexpr std::string_view all_blanks = " \t\n\v\f\r";

/// How much a cut destroys.
enum class damage : std::uint8_t { none, style, meaning, grapheme };

/// Bold and the like, quotes and blocks mean the same in two parts; a link or a date does not.
damage damage_of(entity_kind kind) {
  bool const goes_on = is_divisible(kind) || kind == entity_kind::quote || kind == entity_kind::pre;
  return goes_on ? damage::style : damage::meaning;
}

/// Of each place, what a cut there destroys of parts that have room in a text of their own.
std::vector<damage> damages(std::vector<cut_place> const& places,
                            std::vector<text_entity> const& entities, std::size_t max_size) {
  std::vector<std::int32_t> changes[2];
  for (auto& one : changes) one.resize(places.size() + 1);
  for (auto const& entity : entities) {
    if (static_cast<std::size_t>(entity.length) > max_size) continue;
    auto& of = changes[damage_of(entity.style.kind) == damage::meaning ? 1 : 0];
    auto const first = std::ranges::upper_bound(places, entity.offset, {}, &cut_place::unit);
    auto const last = std::ranges::lower_bound(places, entity.end(), {}, &cut_place::unit);
    ++of[static_cast<std::size_t>(first - places.begin())];
    --of[static_cast<std::size_t>(last - places.begin())];
  }
  std::vector<damage> out(places.size());
  std::int32_t styles = 0;
  std::int32_t meanings = 0;
  for (std::size_t i = 0; i < out.size(); ++i) {
    styles += changes[0][i];
    meanings += changes[1][i];
    if (styles > 0) out[i] = damage::style;
    if (meanings > 0) out[i] = damage::meaning;
    if (places[i].what == cut_place::kind::within_grapheme) out[i] = damage::grapheme;
  }
  return out;
}

class splitter {
 public:
  splitter(formatted_text const& of, text_limits limits)
      : text_(of.text()),
        entities_(of.entities()),
        limits_(limits),
        places_(detail::cut_places(text_)),
        damages_(damages(places_, entities_, limits.max_size)) {}

  std::vector<formatted_text> split() {
    while (at_.byte < places_.back().byte) {
      auto const to = end_of_part();
      take(to);
      skip_blanks(to);
    }
    return std::move(parts_);
  }

 private:
  /// Where what fits ends, by length and by number of parts.
  std::int64_t end_of_room() const {
    std::int64_t const end = at_.unit + static_cast<std::int64_t>(limits_.max_size);
    if (open_.size() > limits_.max_entities) return end;
    auto const beyond = next_ + (limits_.max_entities - open_.size());
    if (beyond >= entities_.size() || entities_[beyond].offset <= at_.unit) return end;
    return std::min<std::int64_t>(end, entities_[beyond].offset);
  }

  /// The index of the place at which the part that begins here is cut.
  std::size_t end_of_part() const {
    auto const room = end_of_room();
    if (places_.back().unit <= room) return places_.size() - 1;
    auto const half = at_.unit + (room - at_.unit) / 2;
    auto best = place_;
    for (auto i = place_; i < places_.size() && places_[i].unit <= room; ++i)
      if (worth(i, half) >= worth(best, half)) best = i;
    return best;
  }

  /// Of two places the later one of the greater worth is taken.
  std::tuple<int, cut_place::kind> worth(std::size_t i, std::int64_t half) const {
    auto const what = places_[i].unit > half ? places_[i].what : cut_place::kind{};
    return {-static_cast<int>(damages_[i]), what};
  }

  void take(std::size_t index) {
    auto const& to = places_[index];
    auto text = text_.substr(static_cast<std::size_t>(at_.byte),
                             static_cast<std::size_t>(to.byte - at_.byte));
    auto parts = parts_until(to.unit);
    auto const last = text.find_last_not_of(all_blanks);
    if (last == std::string_view::npos) return;
    if (index + 1 != places_.size()) text = text.substr(0, last + 1);
    parts_.emplace_back(std::string(text), std::move(parts));
  }

  /// Those that stand between here and `end`, which those behind do not.
  std::vector<text_entity> parts_until(std::int32_t end) {
    while (next_ < entities_.size() && entities_[next_].offset < end) open_.push_back(next_++);
    std::vector<text_entity> out;
    for (auto const index : open_) {
      auto one = entities_[index];
      auto const until = std::min(one.end(), end);
      one.offset = std::max(one.offset, at_.unit);
      one.length = until - one.offset;
      one.offset -= at_.unit;
      if (one.length > 0 && out.size() < limits_.max_entities) out.push_back(std::move(one));
    }
    return out;
  }

  /// Goes on behind a place and the blanks there; those that begin a line are no matter of the cut.
  void skip_blanks(std::size_t index) {
    bool within_line = text_[static_cast<std::size_t>(places_[index].byte) - 1] != '\n';
    for (; index + 1 < places_.size(); ++index) {
      char const c = text_[static_cast<std::size_t>(places_[index].byte)];
      bool const goes = c == '\n' || (within_line && (c == ' ' || c == '\t' || c == '\r'));
      bool const carries_mark = places_[index + 1].what == cut_place::kind::within_grapheme;
      if (!goes || (carries_mark && c != '\r')) break;
      within_line = within_line && c != '\n';
    }
    at_ = places_[index];
    place_ = index + 1;
    std::erase_if(open_, [&](std::size_t i) { return entities_[i].end() <= at_.unit; });
    while (next_ < entities_.size() && entities_[next_].offset < at_.unit) {
      if (entities_[next_].end() > at_.unit) open_.push_back(next_);
      ++next_;
    }
  }

  std::string_view text_;
  std::vector<text_entity> const& entities_;
  text_limits limits_;
  std::vector<cut_place> places_;
  std::vector<damage> damages_;
  cut_place at_ = {};
  std::size_t place_ = 0;               ///< the first place behind `at_`
  std::size_t next_ = 0;                ///< the first part that begins at `at_` or behind it
  std::vector<std::size_t> open_ = {};  ///< those that began before and go on
  std::vector<formatted_text> parts_ = {};
};

}  // namespace

std::vector<formatted_text> split(formatted_text const& of, text_limits limits) {
  if (limits.max_size < 2 || limits.max_entities < 1)
    throw error(make_error_code(client_errc::bad_argument), "the limits leave room for nothing");
  if (of.empty()) return {};
  return splitter(of, limits).split();
}

}  // namespace mtp::MTP_ABI
