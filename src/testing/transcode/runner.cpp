// SPDX-License-Identifier: MIT OR Apache-2.0
#include "runner.hpp"

#include "core/wire.hpp"

#include <cmath>
#include <cstring>
#include <limits>

namespace mtp::MTP_ABI::testing::transcoding {

using tl::schema::type_kind;

namespace {

bool has_id(type_kind kind) { return kind == type_kind::boxed || kind == type_kind::object; }

/// The nearest integer that `Integer` can hold, or 0 when `value` is out of its reach.
template <class Integer>
std::int64_t to_integer(double value) {
  bool const fits = std::isfinite(value) &&
                    value >= static_cast<double>(std::numeric_limits<Integer>::min()) &&
                    value < static_cast<double>(std::numeric_limits<Integer>::max());
  return fits ? static_cast<std::int64_t>(value) : 0;
}

}  // namespace

result<bytes, transcode_error> runner::run(index which) {
  bool const at_top = which == plan_.any_value || which == plan_.any_call;
  outcome const how = at_top ? convert(which) : convert_required(which);
  if (how == outcome::without)
    return failure{transcode_error{transcode_errc::no_counterpart, missing_}};
  if (how == outcome::done && !in_.at_end()) in_.fail(transcode_errc::trailing_bytes);
  if (!in_.ok()) return failure{in_.error()};
  return std::move(out_);
}

/// Converts, or goes behind the value and takes back what was written of it.
runner::outcome runner::attempt(index which) {
  std::size_t const start = in_.at();
  std::size_t const mark = out_.size();
  outcome const how = convert(which);
  if (how != outcome::without) return how;
  out_.resize(mark);
  in_.go_to(start);
  return in_.skip(plan_.conversions[which].from) ? outcome::without : outcome::failed;
}

/// Converts, or lets something else stand for the value.
runner::outcome runner::convert_required(index which) {
  std::size_t const start = in_.at();
  outcome const how = attempt(which);
  return how == outcome::without ? replace(plan_.conversions[which], start) : how;
}

/// The cheapest constructor with the fields that both have, or the plain default. Ends behind the
/// value.
runner::outcome runner::replace(conversion const& how, std::size_t start) {
  std::size_t const end = in_.at();
  std::size_t const mark = out_.size();
  outcome const done = stand_in(how, start);
  in_.go_to(end);
  if (done != outcome::without) return done;
  out_.resize(mark);
  return write(plan_.fill.of_node(how.to));
}

runner::outcome runner::stand_in(conversion const& how, std::size_t start) {
  if (how.kind != conversion_kind::structure) return outcome::without;
  node const& from = plan_.from.nodes[how.from];
  node const& to = plan_.to.nodes[how.to];
  if (from.kind != type_kind::boxed || to.kind != type_kind::boxed) return outcome::without;
  in_.go_to(start);
  index definition = none;
  if (!in_.constructor(from, definition)) return outcome::failed;
  index const pair = plan_.stand_in(definition, to.of);
  if (pair == none) return outcome::without;
  write_word(plan_.to.definitions[plan_.pairs[pair].to].id);
  return fields(pair);
}

runner::outcome runner::convert(index which) {
  conversion const& how = plan_.conversions[which];
  switch (how.kind) {
    case conversion_kind::impossible: return outcome::without;
    case conversion_kind::raw: return raw(how);
    case conversion_kind::number: return number(how);
    case conversion_kind::list: return list(how);
    case conversion_kind::structure: return structure(how);
    case conversion_kind::call: return call();
    case conversion_kind::wrap_text: return wrap_text(how);
    case conversion_kind::unwrap_text: return unwrap_text(how);
  }
  return outcome::without;
}

runner::outcome runner::raw(conversion const& how) {
  std::size_t const start = in_.at();
  if (!in_.skip(how.from)) return outcome::failed;
  append(out_, in_.between(start, in_.at()));
  return outcome::done;
}

/// A number that does not fit becomes 0: half of an id would name somebody else.
runner::outcome runner::number(conversion const& how) {
  type_kind const from = plan_.from.nodes[how.from].kind;
  type_kind const to = plan_.to.nodes[how.to].kind;
  std::uint32_t small = 0;
  std::int64_t value = 0;
  if (from == type_kind::int32 ? !in_.word(small) : !in_.number(value)) return outcome::failed;
  if (from == type_kind::int32) value = static_cast<std::int32_t>(small);
  double real = static_cast<double>(value);
  if (from == type_kind::float64) {
    std::memcpy(&real, &value, sizeof real);
    value =
        to == type_kind::int32 ? to_integer<std::int32_t>(real) : to_integer<std::int64_t>(real);
  }
  if (to == type_kind::float64) std::memcpy(&value, &real, sizeof value);
  if (to == type_kind::int32) {
    bool const fits = value == static_cast<std::int32_t>(value);
    write_word(fits ? static_cast<std::uint32_t>(value) : 0);
    return outcome::done;
  }
  write_word(static_cast<std::uint32_t>(value));
  write_word(static_cast<std::uint32_t>(static_cast<std::uint64_t>(value) >> 32));
  return outcome::done;
}

runner::outcome runner::list(conversion const& how) {
  std::uint32_t count = 0;
  if (!in_.list(plan_.from.nodes[how.from], count)) return outcome::failed;
  reader::level const deeper(in_);
  if (!deeper.allowed()) return outcome::failed;
  if (!is_bare(how.to)) write_word(vector_id);
  std::size_t const place = out_.size();
  write_word(0);
  std::uint32_t written = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    outcome const each = attempt(how.inner);
    if (each == outcome::failed) return each;
    if (each == outcome::done) ++written;
    if (out_.size() > limits_.max_size) in_.fail(transcode_errc::too_large);
    if (!in_.ok()) return outcome::failed;
  }
  store_le(out_.data() + place, written);
  return outcome::done;
}

runner::outcome runner::structure(conversion const& how) {
  node const& from = how.from == none ? any_object : plan_.from.nodes[how.from];
  index definition = from.of;
  if (has_id(from.kind) && !in_.constructor(from, definition)) return outcome::failed;
  if (definition == none) return outcome::without;
  index const pair = find_pair(definition, how);
  if (!in_.ok()) return outcome::failed;
  if (pair == none) return without(definition);
  if (!is_bare(how.to)) write_word(plan_.to.definitions[plan_.pairs[pair].to].id);
  return fields(pair);
}

/// What a constructor becomes where the conversion leads; none when nothing does.
index runner::find_pair(index definition, conversion const& how) {
  for (index const pair : {find_joined(definition), plan_.counterpart[definition]}) {
    if (pair != none && fits(plan_.pairs[pair].to, how)) return pair;
  }
  bool const boxed = how.to != none && plan_.to.nodes[how.to].kind == type_kind::boxed;
  return boxed ? plan_.renamed_as(definition, plan_.to.nodes[how.to].of) : none;
}

/// For a constructor whose kind is told by another inside it: looks ahead at that one.
index runner::find_joined(index definition) {
  auto const field = plan_.kind_fields.find(definition);
  if (field == plan_.kind_fields.end()) return none;
  field_layout const& kind = plan_.from.definitions[definition].fields[field->second];
  std::size_t const start = in_.at();
  index inner = none;
  bool const good = in_.skip_fields(definition, field->second) &&
                    in_.constructor(plan_.from.type_of(kind), inner);
  in_.go_to(start);
  return good ? plan_.joined_with(definition, inner) : none;
}

/// Whether a constructor of the other side may stand where the conversion leads.
bool runner::fits(index definition, conversion const& how) const {
  if (how.to == none) return true;
  node const& to = plan_.to.nodes[how.to];
  if (to.kind == type_kind::object) return true;
  return to.kind == type_kind::boxed ? plan_.to.definitions[definition].type == to.of
                                     : definition == to.of;
}

runner::outcome runner::without(index definition) {
  if (missing_.empty()) missing_ = plan_.from.name(definition);
  return outcome::without;
}

runner::outcome runner::call() {
  index definition = none;
  if (!in_.function(definition)) return outcome::failed;
  index const pair = plan_.counterpart[definition];
  if (pair == none) return without(definition);
  write_word(plan_.to.definitions[plan_.pairs[pair].to].id);
  return fields(pair);
}

runner::outcome runner::wrap_text(conversion const& how) {
  bytes_view text;
  if (!in_.text(text)) return outcome::failed;
  definition_layout const& holder = plan_.to.definitions[how.inner];
  if (!is_bare(how.to)) write_word(holder.id);
  if (!write_defaults(how.inner, 0, how.field)) return outcome::without;
  write_text(text);
  return write_defaults(how.inner, how.field + 1, holder.fields.size()) ? outcome::done
                                                                        : outcome::without;
}

runner::outcome runner::unwrap_text(conversion const& how) {
  node const& from = plan_.from.nodes[how.from];
  index definition = how.inner;
  if (has_id(from.kind) && !in_.constructor(from, definition)) return outcome::failed;
  reader::level const deeper(in_);
  if (!deeper.allowed()) return outcome::failed;
  pair const alone{definition, none};
  frame f = push_frame(alone);
  bool const good =
      read_until(f, static_cast<index>(plan_.from.definitions[definition].fields.size()));
  std::size_t const place = slots_[f.slots + how.field];
  pop_frame(f);
  if (!good) return outcome::failed;
  std::size_t const end = in_.at();
  in_.go_to(place);
  bytes_view text;
  if (!in_.text(text)) return outcome::failed;
  in_.go_to(end);
  write_text(text);
  return outcome::done;
}

bool runner::write_defaults(index definition, std::size_t first, std::size_t last) {
  return write(plan_.fill.of_fields(definition, first, last)) == outcome::done;
}

runner::outcome runner::write(std::optional<bytes> const& data) {
  if (!data) return outcome::without;
  append(out_, *data);
  return outcome::done;
}

void runner::write_word(std::uint32_t value) { wire::append_number(out_, value); }

/// One that was read, so that it is not too long to be written.
void runner::write_text(bytes_view text) { wire::append_text(out_, text); }

}  // namespace mtp::MTP_ABI::testing::transcoding
