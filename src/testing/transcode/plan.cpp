// SPDX-License-Identifier: MIT OR Apache-2.0
#include "plan.hpp"

#include "changes.hpp"
#include "identity.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace mtp::MTP_ABI::testing::transcoding {

using tl::schema::type_kind;

namespace {

bool is_number(type_kind kind) {
  return kind == type_kind::int32 || kind == type_kind::int64 || kind == type_kind::float64;
}
bool is_struct(type_kind kind) {
  return kind == type_kind::constructor || kind == type_kind::boxed || kind == type_kind::object;
}

std::uint64_t key_of(index from, index to) { return std::uint64_t{from} << 32 | to; }

index found_in(pairs_by_two const& all, index one, index other) {
  auto const found = all.find(key_of(one, other));
  return found == all.end() ? none : found->second;
}

/// Fills the tables of a plan. Conversions and stand-ins that turn up on the way are added as they
/// come.
class builder {
 public:
  explicit builder(plan& out) : out_(out), same_(out.from, out.to) {}

  void run() {
    match_definitions();
    for (auto const& one : partings) match_parted(one);
    for (index i = 0; i < out_.from.definitions.size(); ++i) match_answer(i);
    out_.any_value = add({conversion_kind::structure});
    out_.any_call = add({conversion_kind::call});
    // Pairs grow while they are worked on: stand-ins come from conversions, conversions from pairs.
    for (index i = 0; i < out_.pairs.size(); ++i) out_.pairs[i].steps = make_steps(i);
  }

 private:
  index add(conversion one) {
    out_.conversions.push_back(one);
    return static_cast<index>(out_.conversions.size() - 1);
  }

  void match_definitions() {
    std::size_t const count = out_.from.definitions.size();
    out_.counterpart.assign(count, none);
    for (index i = 0; i < count; ++i) {
      if (out_.from.definitions[i].is_function) out_.functions.emplace(out_.from.name(i), i);
      if (same_.same_name(i) != none) out_.counterpart[i] = add_pair(i, same_.same_name(i));
    }
  }

  void match_parted(parted const& one) {
    index const whole = find(out_.from, one.whole);
    if (index const outer = find(out_.to, one.outer); whole != none && outer != none)
      part(whole, outer, one.kind);
    index const outer = find(out_.from, one.outer);
    if (index const now = find(out_.to, one.whole); outer != none && now != none)
      join(outer, now, one.kind);
  }

  /// What was one constructor becomes two, one inside the other.
  void part(index whole, index outer, std::string_view kind) {
    index const inner = find(out_.to, kind);
    if (inner == none && !kind.empty()) return;
    index const made = add_pair(whole, outer);
    out_.pairs[made].kind = inner;
    out_.renamed[key_of(whole, out_.to.definitions[outer].type)] = made;
  }

  /// The other way round.
  void join(index outer, index whole, std::string_view kind) {
    index const inner = find(out_.from, kind);
    index const field = find_field(outer, kind_field);
    if (kind.empty()) {
      out_.renamed[key_of(outer, out_.to.definitions[whole].type)] = add_pair(outer, whole);
    } else if (inner != none && holds(out_.from, outer, field, inner)) {
      index const made = add_pair(outer, whole);
      index const inside = add_pair(inner, whole);
      out_.pairs[made].inside = inside;
      out_.kind_fields[outer] = field;
      out_.joined[key_of(outer, inner)] = made;
    }
  }

  /// Whether that field is always there and may hold `inner`, with its id.
  static bool holds(layout const& side, index outer, index field, index inner) {
    if (field == none || !side.definitions[outer].fields[field].required()) return false;
    node const& type = side.type_of(side.definitions[outer].fields[field]);
    return type.kind == type_kind::boxed && type.of == side.definitions[inner].type;
  }

  /// A constructor of that name; none when there is none that can be read.
  static index find(layout const& side, std::string_view name) {
    auto const* one = side.text->find_constructor(name);
    auto const found = one ? static_cast<index>(side.text->index_of(*one)) : none;
    return found != none && side.definitions[found].is_record ? found : none;
  }

  index add_pair(index from, index to) {
    out_.pairs.push_back({from, to});
    return static_cast<index>(out_.pairs.size() - 1);
  }

  void match_answer(index function) {
    index const theirs = same_.same_name(function);
    bool const both = out_.from.definitions[function].is_function && theirs != none;
    out_.answers.push_back(
        both ? convert(out_.from.definitions[function].result, out_.to.definitions[theirs].result)
             : none);
  }

  /// The conversion between two nodes, made when it is first asked for.
  index convert(index from, index to) {
    auto const [place, is_new] = conversions_.try_emplace({from, to}, none);
    if (!is_new) return place->second;
    conversion made = decide(from, to);
    made.from = from;
    made.to = to;
    index const where = add(made);
    conversions_[{from, to}] = where;
    if (made.kind == conversion_kind::structure)
      add_stand_ins(out_.from.nodes[from], out_.to.nodes[to]);
    return where;
  }

  conversion decide(index from, index to) {
    node const& a = out_.from.nodes[from];
    node const& b = out_.to.nodes[to];
    if (same_.nodes(from, to)) return {conversion_kind::raw};
    if (is_number(a.kind) && is_number(b.kind)) return {conversion_kind::number};
    if (a.kind == type_kind::vector && b.kind == type_kind::vector) return list(a.of, b.of);
    if (a.kind == type_kind::function && b.kind == type_kind::function)
      return {conversion_kind::call};
    if (is_struct(a.kind) && is_struct(b.kind)) return {conversion_kind::structure};
    if (is_text(a.kind) && is_struct(b.kind)) return text(conversion_kind::wrap_text, out_.to, b);
    if (is_struct(a.kind) && is_text(b.kind))
      return text(conversion_kind::unwrap_text, out_.from, a);
    return {};
  }

  conversion list(index from_element, index to_element) {
    conversion out{conversion_kind::list};
    out.inner = convert(from_element, to_element);
    return out;
  }

  /// A string that became a constructor, as `string` became `TextWithEntities`: only where there is
  /// one constructor and it has a field `text`.
  static conversion text(conversion_kind kind, layout const& side, node const& holder) {
    conversion out;
    index const one = only_constructor(side, holder);
    if (one == none || !side.definitions[one].is_record) return out;
    auto const& fields = (*side.text)[one].fields;
    for (std::size_t i = 0; i < fields.size(); ++i) {
      bool const fits = fields[i].name == "text" && is_text(fields[i].type.kind) && !fields[i].when;
      if (!fits) continue;
      out.kind = kind;
      out.inner = one;
      out.field = static_cast<index>(i);
    }
    return out;
  }

  static index only_constructor(layout const& side, node const& holder) {
    if (holder.of == none || holder.kind == type_kind::object) return none;
    if (holder.kind == type_kind::constructor) return holder.of;
    auto const& all = side.types[holder.of];
    return all.size() == 1 ? all.front() : none;
  }

  void add_stand_ins(node const& from, node const& to) {
    bool const boxed = from.kind == type_kind::boxed && to.kind == type_kind::boxed;
    if (!boxed || from.of == none || to.of == none) return;
    index const target = out_.fill.cheapest(to.of);
    if (target == none) return;
    for (index one : out_.from.types[from.of]) {
      index const theirs = same_.same_name(one);
      if (theirs != none && out_.to.definitions[theirs].type == to.of) continue;
      if (!out_.from.definitions[one].is_record || out_.stand_ins.contains(key_of(one, target)))
        continue;
      out_.stand_ins[key_of(one, target)] = add_pair(one, target);
    }
  }

  std::vector<step> make_steps(index which) {
    index const from = out_.pairs[which].from;
    index const to = out_.pairs[which].to;
    index const kind = out_.pairs[which].kind;
    std::vector<step> out;
    auto const& fields = out_.to.definitions[to].fields;
    for (index i = 0; i < fields.size(); ++i) {
      out.push_back(make_step(from, find_source(from, to, i), fields[i]));
      if (out.back().what == step_kind::fill) try_gathering(out.back(), from, to, i);
      if (out.back().what == step_kind::fill && kind != none)
        gather_kind(out.back(), from, to, i, kind);
      out.back().shared = is_shared(fields, i);
    }
    return out;
  }

  void try_gathering(step& out, index from, index to, index field) {
    auto const& target = (*out_.to.text)[to].fields[field];
    for (auto const& move : moves) {
      auto const* holder = out_.to.text->find_constructor(move.holder);
      index const lead = find_field(from, move.lead);
      bool const fits = target.name == move.field && lead != none && holder && holder->is_record();
      if (!fits || target.type.kind != type_kind::boxed || !same(holder->result, target.type))
        continue;
      auto const stands_in = static_cast<index>(out_.to.text->index_of(*holder));
      out = {step_kind::gather, lead, add_pair(from, stands_in)};
    }
  }

  /// The kind of a constructor that was parted comes from the fields that are not in `outer`.
  void gather_kind(step& out, index whole, index outer, index field, index kind) {
    bool const fits = (*out_.to.text)[outer].fields[field].name == kind_field &&
                      holds(out_.to, outer, field, kind);
    if (fits) out = {step_kind::gather, none, add_pair(whole, kind)};
  }

  index find_source(index from, index to, index field) const {
    return find_field(from, (*out_.to.text)[to].fields[field].name);
  }

  index find_field(index from, std::string_view wanted) const {
    auto const& fields = (*out_.from.text)[from].fields;
    auto const named = [&](tl::schema::field const& one) {
      return one.name == wanted && !one.is_flag_word();
    };
    auto const found = std::find_if(fields.begin(), fields.end(), named);
    return found == fields.end() ? none : static_cast<index>(found - fields.begin());
  }

  step make_step(index from, index source, field_layout const& to) {
    if (to.is_word) return {step_kind::word};
    if (source == none) return {to.is_flag ? step_kind::flag : step_kind::fill};
    field_layout const& mine = out_.from.definitions[from].fields[source];
    type_kind const from_kind = out_.from.type_of(mine).kind;
    bool const logical = mine.is_flag || from_kind == type_kind::boolean;
    if (to.is_flag) return {step_kind::flag, logical ? source : none};
    if (mine.is_flag)
      return out_.to.type_of(to).kind == type_kind::boolean ? step{step_kind::flag_to_bool, source}
                                                            : step{step_kind::fill};
    return {step_kind::convert, source, convert(mine.type, to.type)};
  }

  /// Whether another field has the same bit of the same word.
  static bool is_shared(std::vector<field_layout> const& fields, index field) {
    field_layout const& one = fields[field];
    if (!one.conditional()) return false;
    auto const same = [&](field_layout const& other) {
      return other.word == one.word && other.bit == one.bit;
    };
    return std::count_if(fields.begin(), fields.end(), same) > 1;
  }

  plan& out_;
  identity same_;
  std::map<std::pair<index, index>, index> conversions_;
};

}  // namespace

plan::plan(std::shared_ptr<tl::schema::document const> from_text,
           std::shared_ptr<tl::schema::document const> to_text)
    : from(std::move(from_text)), to(std::move(to_text)), fill(to) {
  builder(*this).run();
}

index plan::renamed_as(index from_definition, index to_type) const {
  return found_in(renamed, from_definition, to_type);
}

index plan::joined_with(index outer, index inner) const { return found_in(joined, outer, inner); }

index plan::stand_in(index from_definition, index to_type) const {
  index const target = fill.cheapest(to_type);
  if (target == none) return none;
  return found_in(stand_ins, from_definition, target);
}

}  // namespace mtp::MTP_ABI::testing::transcoding
