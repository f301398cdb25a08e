// SPDX-License-Identifier: MIT OR Apache-2.0
#include "text/normal_form.hpp"

#include "text/special_address.hpp"
#include "text/utf8.hpp"

#include <algorithm>
#include <bitset>
#include <numeric>
#include <utility>

namespace mtp::MTP_ABI::detail {
namespace {

bool is_of_code(entity_kind kind) { return kind == entity_kind::code || kind == entity_kind::pre; }

/// Links, names, dates, code and whatever servers find contain none of each other.
bool stands_alone(entity_kind kind) {
  bool const is_comparison = kind == entity_kind::diff_insert || kind == entity_kind::diff_delete ||
                             kind == entity_kind::diff_replace;
  return !is_divisible(kind) && !is_comparison && kind != entity_kind::quote;
}

date_format clean(date_format of) {
  if (of.relative) return {.relative = true};
  if (of.long_date) of.short_date = false;
  if (of.long_time) of.short_time = false;
  return of;
}

/// A style of its kind, without what means nothing there.
text_style clean(text_style from) {
  text_style out{.kind = from.kind};
  switch (from.kind) {
    case entity_kind::link:
      if (auto special = person_in(from.value)) return *std::move(special);
      [[fallthrough]];
    case entity_kind::pre:
    case entity_kind::diff_replace: out.value = repair_utf8(from.value); break;
    case entity_kind::mention_name: out.access_hash = from.access_hash; [[fallthrough]];
    case entity_kind::custom_emoji: out.id = from.id; break;
    case entity_kind::date:
      out.date = from.date;
      out.format = clean(from.format);
      break;
    case entity_kind::quote: out.collapsed = from.collapsed; break;
    default: break;
  }
  return out;
}

/// The second units of surrogate pairs.
std::vector<std::int32_t> pair_middles(std::string_view text) {
  std::vector<std::int32_t> out;
  std::int32_t unit = 0;
  for (char const c : text) {
    auto const byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0) == 0x80) continue;
    ++unit;
    if (byte < 0xF0) continue;
    out.push_back(unit);
    ++unit;
  }
  return out;
}

/// Brings places into the text and to the edges of characters.
class place_keeper {
 public:
  explicit place_keeper(std::string_view text)
      : size_(static_cast<std::int64_t>(units_of(text))), middles_(pair_middles(text)) {}

  void keep(text_entity& one) const {
    std::int64_t begin = std::clamp<std::int64_t>(one.offset, 0, size_);
    std::int64_t end =
        std::clamp<std::int64_t>(std::int64_t{one.offset} + one.length, begin, size_);
    if (begin == end) {
      one.length = 0;
      return;
    }
    if (is_middle(begin)) --begin;
    if (is_middle(end)) ++end;
    one.offset = static_cast<std::int32_t>(begin);
    one.length = static_cast<std::int32_t>(end - begin);
  }

 private:
  bool is_middle(std::int64_t unit) const { return std::ranges::binary_search(middles_, unit); }

  std::int64_t size_;
  std::vector<std::int32_t> middles_;
};

/// Takes those parts that cannot be divided: what is left is a tree.
class tree_maker {
 public:
  void add(text_entity one) {
    while (!open_.empty() && open_.back().end <= one.offset) close();
    if (!has_room(one)) return;
    open_.push_back({one.style.kind, one.end()});
    met_.set(index_of(one.style.kind));
    if (is_of_code(one.style.kind)) code_.push_back({one.offset, one.end()});
    tree_.push_back(std::move(one));
  }

  std::vector<text_entity> take() { return std::move(tree_); }
  struct range {
    std::int32_t begin;
    std::int32_t end;
  };
  std::vector<range> const& code() const { return code_; }

 private:
  struct part {
    entity_kind kind;
    std::int32_t end;
  };
  bool has_room(text_entity const& one) const {
    if (open_.empty()) return true;
    auto const kind = one.style.kind;
    bool const crosses = open_.back().end < one.end();
    bool const is_among_others =
        stands_alone(kind) &&
        std::ranges::any_of(open_, [](part const& p) { return stands_alone(p.kind); });
    bool const is_in_code = is_of_code(open_.back().kind);
    return !crosses && !is_among_others && !is_in_code && kind != entity_kind::quote &&
           !met_.test(index_of(kind));
  }

  static std::size_t index_of(entity_kind kind) { return static_cast<std::size_t>(kind); }
  void close() {
    met_.reset(index_of(open_.back().kind));
    open_.pop_back();
  }

  std::vector<part> open_;
  std::bitset<32> met_;
  std::vector<text_entity> tree_;
  std::vector<range> code_;
};

/// Joins what touches, of one kind, sorted by place.
std::vector<text_entity> joined(std::vector<text_entity> const& from) {
  std::vector<text_entity> out;
  for (auto const& one : from) {
    if (out.empty() || out.back().end() < one.offset) {
      out.push_back(one);
    } else {
      out.back().length = std::max(out.back().end(), one.end()) - out.back().offset;
    }
  }
  return out;
}

/// Cuts out of each part, sorted and apart, what stands in code.
void add_outside(std::vector<text_entity> const& parts, std::vector<tree_maker::range> const& code,
                 std::vector<text_entity>& to) {
  auto next = code.begin();
  for (auto rest : parts) {
    auto const end = rest.end();
    while (next != code.end() && next->end <= rest.offset) ++next;
    for (auto at = next; at != code.end() && at->begin < end; ++at) {
      auto const until = rest.offset;
      if (at->begin > until) to.push_back({rest.style, until, at->begin - until});
      rest.offset = at->end;
    }
    rest.length = end - rest.offset;
    if (rest.length > 0) to.push_back(rest);
  }
}

bool means_something(text_entity const& one) {
  if (one.length <= 0) return false;
  switch (one.style.kind) {
    case entity_kind::link: return !one.style.value.empty();
    case entity_kind::mention_name: return one.style.id > 0;
    case entity_kind::custom_emoji: return one.style.id != 0;
    default: return true;
  }
}

}  // namespace

bool stands_before(text_entity const& left, text_entity const& right) noexcept {
  if (left.offset != right.offset) return left.offset < right.offset;
  if (left.length != right.length) return left.length > right.length;
  return left.style.kind < right.style.kind;
}

/// std::stable_sort of GCC 12 uses what clang warns of.
void sort_stably(std::vector<text_entity>& all) {
  std::vector<std::size_t> order(all.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, [&](std::size_t left, std::size_t right) {
    if (stands_before(all[left], all[right])) return true;
    return !stands_before(all[right], all[left]) && left < right;
  });
  std::vector<text_entity> sorted;
  sorted.reserve(all.size());
  for (auto const place : order) sorted.push_back(std::move(all[place]));
  all = std::move(sorted);
}

std::vector<text_entity> normal_form(std::string_view text, std::vector<text_entity> entities) {
  if (entities.empty()) return entities;
  place_keeper const places(text);
  for (auto& one : entities) {
    one.style = clean(std::move(one.style));
    places.keep(one);
  }
  std::erase_if(entities, [](auto const& one) { return !means_something(one); });
  sort_stably(entities);
  tree_maker tree;
  std::vector<std::vector<text_entity>> divisible(static_cast<std::size_t>(entity_kind::unknown));
  for (auto& one : entities) {
    if (is_divisible(one.style.kind)) {
      divisible[static_cast<std::size_t>(one.style.kind)].push_back(std::move(one));
    } else {
      tree.add(std::move(one));
    }
  }
  auto out = tree.take();
  for (auto const& parts : divisible) add_outside(joined(parts), tree.code(), out);
  std::ranges::sort(out, stands_before);
  return out;
}

}  // namespace mtp::MTP_ABI::detail
