// SPDX-License-Identifier: MIT OR Apache-2.0
#include "identity.hpp"

#include <algorithm>

namespace mtp::MTP_ABI::testing::transcoding {

using tl::schema::type_kind;

/// Starts from the belief that all that look alike are alike, and gives it up where it does not
/// hold: what is left is true even of types that contain each other.
identity::identity(layout const& from, layout const& to)
    : from_(from),
      to_(to),
      same_name_(from.definitions.size(), none),
      same_(from.definitions.size()) {
  for (index i = 0; i < same_.size(); ++i) {
    same_name_[i] = find_same_name(i);
    same_[i] = same_name_[i] != none && look_alike(i, same_name_[i]);
  }
  bool changed = true;
  while (changed) {
    changed = false;
    for (index i = 0; i < same_.size(); ++i) {
      if (!same_[i] || parts_are_same(i)) continue;
      same_[i] = false;
      changed = true;
    }
  }
}

index identity::find_same_name(index definition) const {
  auto const& mine = (*from_.text)[definition];
  auto const* theirs = mine.is_function() ? to_.text->find_function(mine.full_name())
                                          : to_.text->find_constructor(mine.full_name());
  if (theirs == nullptr || !mine.is_record() || !theirs->is_record()) return none;
  return static_cast<index>(to_.text->index_of(*theirs));
}

bool identity::look_alike(index mine, index theirs) const {
  auto const& a = (*from_.text)[mine];
  auto const& b = (*to_.text)[theirs];
  auto const alike = [](tl::schema::field const& x, tl::schema::field const& y) {
    bool const same_condition =
        x.when.has_value() == y.when.has_value() &&
        (!x.when || (x.when->word_index == y.when->word_index && x.when->bit == y.when->bit));
    return x.name == y.name && same_condition && x.is_flag_word() == y.is_flag_word();
  };
  return a.id == b.id &&
         std::equal(a.fields.begin(), a.fields.end(), b.fields.begin(), b.fields.end(), alike);
}

bool identity::parts_are_same(index definition) const {
  auto const& mine = from_.definitions[definition].fields;
  auto const& theirs = to_.definitions[same_name_[definition]].fields;
  for (std::size_t i = 0; i < mine.size(); ++i) {
    if (!nodes(mine[i].type, theirs[i].type)) return false;
  }
  return true;
}

bool identity::nodes(index mine, index theirs) const {
  node const& a = from_.nodes[mine];
  node const& b = to_.nodes[theirs];
  if (is_text(a.kind) && is_text(b.kind)) return true;
  if (a.kind != b.kind || a.bare != b.bare) return false;
  switch (a.kind) {
    case type_kind::vector: return nodes(a.of, b.of);
    case type_kind::constructor: return a.of != none && same_[a.of] && same_name_[a.of] == b.of;
    case type_kind::boxed: return a.of != none && b.of != none && types(a.of, b.of);
    case type_kind::object:
    case type_kind::function: return false;  // they may hold anything
    default: return true;
  }
}

bool identity::types(index mine, index theirs) const {
  auto const& constructors = from_.types[mine];
  auto const is_same = [&](index one) {
    return same_[one] && to_.definitions[same_name_[one]].type == theirs;
  };
  return std::all_of(constructors.begin(), constructors.end(), is_same);
}

}  // namespace mtp::MTP_ABI::testing::transcoding
