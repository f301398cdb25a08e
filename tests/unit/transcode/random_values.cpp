// SPDX-License-Identifier: MIT OR Apache-2.0
#include "random_values.hpp"

#include <algorithm>

namespace mtp::test {

using tl::schema::definition;
using tl::schema::field;
using tl::schema::type_kind;
using tl::schema::type_ref;

random_values::random_values(document_ptr of, document_ptr within, std::uint32_t seed)
    : of_(std::move(of)),
      within_(std::move(within)),
      engine_(seed),
      ranks_(of_->definitions().size(), never),
      out_(of_) {
  find_ranks();
}

void random_values::find_ranks() {
  bool changed = true;
  while (changed) {
    changed = false;
    for (auto const& one : of_->definitions()) {
      std::size_t const rank = rank_of(one);
      std::size_t& known = ranks_[of_->index_of(one)];
      changed = changed || rank < known;
      known = std::min(known, rank);
    }
  }
}

bool random_values::possible(definition const& one) const {
  return ranks_[of_->index_of(one)] < never;
}

definition const* random_values::counterpart(definition const& one) const {
  return one.is_function() ? within_->find_function(one.full_name())
                           : within_->find_constructor(one.full_name());
}

/// Not when an absent field would come back as a default, because the other side must have it.
bool random_values::is_common(definition const& one) const {
  auto const* other = counterpart(one);
  if (!one.is_record() || other == nullptr) return false;
  if (!one.is_function() && other->result.name != one.result.name) return false;
  return std::none_of(one.fields.begin(), one.fields.end(), [&](field const& each) {
    auto const* found = other->find_field(each.name);
    return each.when && found != nullptr && !found->when;
  });
}

bool random_values::is_common(definition const& one, field const& wanted) const {
  auto const* found = counterpart(one)->find_field(wanted.name);
  return found != nullptr && same(found->type, wanted.type) &&
         (found->when.has_value() || !wanted.when);
}

/// A bit may be set when all that it brings can be made.
bool random_values::may_be_set(definition const& one, field const& wanted) const {
  return std::all_of(one.fields.begin(), one.fields.end(), [&](field const& other) {
    bool const same_bit = other.when && other.when->word_index == wanted.when->word_index &&
                          other.when->bit == wanted.when->bit;
    return !same_bit || (is_common(one, other) && rank_of(other.type) < never);
  });
}

std::size_t random_values::rank_of(definition const& one) const {
  if (!is_common(one)) return never;
  std::size_t rank = 0;
  for (auto const& each : one.fields) {
    if (each.when || each.is_flag_word()) continue;
    rank = std::max(rank, is_common(one, each) ? rank_of(each.type) : never);
  }
  return std::min(rank + 1, never);
}

std::size_t random_values::rank_of(type_ref const& type) const {
  if (type.kind == type_kind::constructor) {
    auto const* one = of_->resolve_bare(type);
    return one == nullptr ? never : ranks_[of_->index_of(*one)];
  }
  if (type.kind == type_kind::function) return 1;
  if (type.kind != type_kind::boxed) return 0;
  auto const* boxed = of_->find_type(type.name.full());
  std::size_t rank = never;
  for (std::size_t i = 0; boxed != nullptr && i < boxed->constructors.size(); ++i) {
    rank = std::min(rank, ranks_[boxed->constructors[i]]);
  }
  return rank;
}

bytes random_values::make(definition const& one) {
  out_ = writer(of_);
  depth_ = 0;
  out_.u32(one.id);
  add(one);
  return out_;
}

bytes random_values::make(type_ref const& type) {
  out_ = writer(of_);
  depth_ = 0;
  add(type);
  return out_;
}

void random_values::add(definition const& one) {
  ++depth_;
  std::vector<std::uint32_t> words(one.fields.size());
  // Bits first: a field may depend on any word that stands before it.
  for (auto const& each : one.fields) {
    bool const set = each.when && below(depth_ > 4 ? 8 : 2) == 0 && may_be_set(one, each);
    if (set) words[each.when->word_index] |= 1u << each.when->bit;
  }
  for (std::size_t i = 0; i < one.fields.size(); ++i) {
    field const& each = one.fields[i];
    if (each.is_flag_word()) {
      out_.u32(words[i]);
    } else if (!each.when || (words[each.when->word_index] >> each.when->bit & 1) != 0) {
      add(each.type);
    }
  }
  --depth_;
}

void random_values::add(type_ref const& type) {
  switch (type.kind) {
    case type_kind::flag_word:
    case type_kind::int32: out_.u32(static_cast<std::uint32_t>(engine_())); break;
    case type_kind::int256: add({type_kind::int128}); [[fallthrough]];
    case type_kind::int128: add({type_kind::int64}); [[fallthrough]];
    case type_kind::int64:
    case type_kind::float64:
      out_.u32(static_cast<std::uint32_t>(engine_())).u32(static_cast<std::uint32_t>(engine_()));
      break;
    case type_kind::string:
    case type_kind::bytes: add_text(); break;
    case type_kind::boolean: below(2) == 0 ? out_.no() : out_.yes(); break;
    case type_kind::truth: break;
    case type_kind::vector: add_list(type); break;
    case type_kind::constructor: add(*of_->resolve_bare(type)); break;
    case type_kind::boxed: add_boxed(type); break;
    case type_kind::object:
    case type_kind::variable: out_.yes(); break;
    case type_kind::function: out_("help.getConfig"); break;
  }
}

void random_values::add_text() {
  std::string text(below(8) == 0 ? below(400) : below(12), '\0');
  for (char& c : text) c = static_cast<char>('a' + below(26));
  out_.text(text);
}

void random_values::add_list(type_ref const& type) {
  bool const empty = rank_of(type.element()) >= never || depth_ > 5;
  std::uint32_t const count = empty ? 0 : below(4);
  type.bare ? out_.u32(count) : out_.list(count);
  for (std::uint32_t i = 0; i < count; ++i) add(type.element());
}

/// Any constructor near the top, only the shallowest deeper down, so that values end.
void random_values::add_boxed(type_ref const& type) {
  std::vector<std::size_t> choice;
  std::size_t const best = rank_of(type);
  for (std::size_t one : of_->find_type(type.name.full())->constructors) {
    bool const fits = depth_ > 5 ? ranks_[one] == best : ranks_[one] < never;
    if (fits) choice.push_back(one);
  }
  definition const& one = (*of_)[choice[below(static_cast<std::uint32_t>(choice.size()))]];
  out_.u32(one.id);
  add(one);
}

}  // namespace mtp::test
