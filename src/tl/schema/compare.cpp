// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/tl/schema/compare.hpp>

#include <mtp/tl/schema/print.hpp>

#include <algorithm>
#include <tuple>

namespace mtp::MTP_ABI::tl::schema {
namespace {

definition const* find_same(document const& in, definition const& one) {
  std::string const name = one.full_name();
  return one.is_function() ? in.find_function(name) : in.find_constructor(name);
}

bool earlier(definition const& a, definition const& b) {
  return std::tie(a.section, a.name) < std::tie(b.section, b.name);
}

void sort(std::vector<definition const*>& list) {
  std::sort(list.begin(), list.end(), [](auto const* a, auto const* b) { return earlier(*a, *b); });
}

void sort(std::vector<altered_definition>& list) {
  std::sort(list.begin(), list.end(),
            [](auto const& a, auto const& b) { return earlier(*a.after, *b.after); });
}

/// Fields without their names: what `name:` is followed by.
std::string type_of(field const& one) { return print(one).substr(one.name.size() + 1); }

/// Whether the fields that both have stand in another order.
bool is_reordered(definition const& before, definition const& after) {
  std::vector<std::string_view> common;
  for (auto const& one : before.fields) {
    if (after.find_field(one.name) != nullptr) common.push_back(one.name);
  }
  auto next = common.begin();
  for (auto const& one : after.fields) {
    if (before.find_field(one.name) != nullptr && *next++ != one.name) return true;
  }
  return false;
}

}  // namespace

schema_changes compare(document const& before, document const& after) {
  schema_changes out{.before = &before, .after = &after};
  for (auto const& one : before.definitions()) {
    if (find_same(after, one) == nullptr) out.removed.push_back(&one);
  }
  for (auto const& one : after.definitions()) {
    definition const* const old = find_same(before, one);
    if (old == nullptr) {
      out.added.push_back(&one);
    } else if (print(*old) != print(one)) {
      (old->id == one.id ? out.same_id : out.new_id).push_back({old, &one});
    }
  }
  sort(out.added);
  sort(out.removed);
  sort(out.new_id);
  sort(out.same_id);
  return out;
}

std::vector<std::string> changed_parts(altered_definition const& one) {
  std::vector<std::string> out;
  for (auto const& old : one.before->fields) {
    if (one.after->find_field(old.name) == nullptr) out.push_back('-' + print(old));
  }
  for (auto const& now : one.after->fields) {
    field const* const old = one.before->find_field(now.name);
    if (old == nullptr) out.push_back('+' + print(now));
    if (old != nullptr && type_of(*old) != type_of(now))
      out.push_back('~' + print(*old) + " -> " + type_of(now));
  }
  std::string const result = print(one.after->result);
  if (print(one.before->result) != result) out.push_back("= " + result);
  if (is_reordered(*one.before, *one.after)) out.emplace_back("fields in another order");
  return out;
}

}  // namespace mtp::MTP_ABI::tl::schema
