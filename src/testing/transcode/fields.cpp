// SPDX-License-Identifier: MIT OR Apache-2.0
#include "runner.hpp"

// Reads the fields of one constructor in the order of its layer and writes those of the other in
// the order of that one. As long as both orders agree each byte is read once; a field that comes
// too early is only remembered.

namespace mtp::MTP_ABI::testing::transcoding {

runner::frame runner::push_frame(pair const& of) {
  std::size_t const slots = slots_.size();
  std::size_t const words = slots + plan_.from.definitions[of.from].fields.size();
  std::size_t const targets = of.to == none ? 0 : plan_.to.definitions[of.to].fields.size();
  slots_.resize(words + targets);
  return {of, slots, in_.at(), words};
}

runner::outcome runner::fields(index which) {
  reader::level const deeper(in_);
  if (out_.size() > limits_.max_size) in_.fail(transcode_errc::too_large);
  if (!deeper.allowed() || !in_.ok()) return outcome::failed;
  pair const& of = plan_.pairs[which];
  frame f = push_frame(of);
  outcome how = of.inside == none ? own_fields(f) : joined_fields(f);
  auto const all = static_cast<index>(plan_.from.definitions[of.from].fields.size());
  if (how == outcome::done && !read_until(f, all)) how = outcome::failed;
  pop_frame(f);
  return how;
}

runner::outcome runner::own_fields(frame& f) {
  outcome how = outcome::done;
  for (index i = 0; how == outcome::done && i < f.of.steps.size(); ++i) how = field(f, i);
  return how;
}

/// Writes one constructor from two: what `f` has no source for comes from the one inside it.
runner::outcome runner::joined_fields(frame& f) {
  index const place = plan_.kind_fields.at(f.of.from);
  if (!read_until(f, place + 1)) return outcome::failed;
  std::size_t outer_at = in_.at();
  std::size_t inner_at = slots_[f.slots + place] + 4;  // behind its id
  in_.go_to(inner_at);
  frame inner = push_frame(plan_.pairs[f.of.inside]);
  inner.words = f.words;
  outcome how = outcome::done;
  for (index i = 0; how == outcome::done && i < f.of.steps.size(); ++i) {
    step const& one = f.of.steps[i];
    bool const own = one.what == step_kind::word || one.source != none;
    std::size_t& at = own ? outer_at : inner_at;
    in_.go_to(at);
    how = field(own ? f : inner, i);
    at = in_.at();
  }
  in_.go_to(outer_at);
  pop_frame(inner);
  return how;
}

runner::outcome runner::field(frame& f, index which) {
  outcome how = outcome::done;
  if (f.of.steps[which].what == step_kind::word) {
    slots_[f.words + which] = out_.size();
    write_word(0);
  } else if (target(f, which).is_flag) {
    how = flag_field(f, which);
  } else {
    how = target(f, which).conditional() ? optional_field(f, which) : required_field(f, which);
  }
  return in_.ok() ? how : outcome::failed;
}

runner::outcome runner::flag_field(frame& f, index which) {
  step const& how = f.of.steps[which];
  bool const set =
      how.shared ? group_is_present(f, which) : how.source != none && bit_value(f, how.source);
  if (set) set_bit(f, which);
  return outcome::done;
}

runner::outcome runner::optional_field(frame& f, index which) {
  step const& how = f.of.steps[which];
  if (how.shared || how.what == step_kind::flag_to_bool) {
    bool const there = how.shared ? group_is_present(f, which) : bit_value(f, how.source);
    if (!there) return outcome::done;
    set_bit(f, which);
    return required_field(f, which);
  }
  if (how.what == step_kind::fill || !is_present(f, how.source)) return outcome::done;
  outcome const done = how.what == step_kind::gather ? gather(f, how) : from_source(f, how, false);
  if (done == outcome::done) set_bit(f, which);
  return done == outcome::without ? outcome::done : done;
}

runner::outcome runner::required_field(frame& f, index which) {
  step const& how = f.of.steps[which];
  if (how.what == step_kind::flag_to_bool) {
    write_word(bit_value(f, how.source) ? bool_true_id : bool_false_id);
    return outcome::done;
  }
  bool const gathered =
      how.what == step_kind::gather && (how.source == none || is_present(f, how.source));
  if (gathered) return gather(f, how);
  if (how.what == step_kind::convert && is_present(f, how.source)) return from_source(f, how, true);
  return write(plan_.fill.of_node(target(f, which).type));
}

/// Reads the same fields once more, for the constructor that holds some of them on the other side.
runner::outcome runner::gather(frame const& f, step const& how) {
  std::size_t const back = in_.at();
  in_.go_to(f.start);
  write_word(plan_.to.definitions[plan_.pairs[how.how].to].id);
  outcome const done = fields(how.how);
  in_.go_to(back);
  return done;
}

runner::outcome runner::from_source(frame& f, step const& how, bool must) {
  if (f.next <= how.source) {
    if (!read_until(f, how.source)) return outcome::failed;
    outcome const done = must ? convert_required(how.how) : attempt(how.how);
    f.next = how.source + 1;
    return done;
  }
  std::size_t const back = in_.at();
  in_.go_to(slots_[f.slots + how.source]);
  outcome const done = must ? convert_required(how.how) : attempt(how.how);
  in_.go_to(back);
  return done;
}

/// Reads all fields before `end` that have not been read yet.
bool runner::read_until(frame& f, index end) {
  while (f.next < end) {
    if (!read_field(f)) return false;
    ++f.next;
  }
  return true;
}

bool runner::read_field(frame& f) {
  field_layout const& one = source(f, f.next);
  std::size_t& slot = slots_[f.slots + f.next];
  if (one.is_word) {
    std::uint32_t value = 0;
    bool const good = in_.word(value);
    slot = value;
    return good;
  }
  slot = in_.at();
  return !is_present(f, f.next) || one.is_flag || in_.skip(one.type);
}

/// Reads on to the flag word if it comes later than what is wanted first. False when the input ends
/// before it.
bool runner::is_present(frame& f, index which) {
  field_layout const& one = source(f, which);
  if (!one.conditional()) return true;
  if (!read_until(f, one.word + 1)) return false;
  return (slots_[f.slots + one.word] & one.mask()) != 0;
}

/// The value of a flag or of a Bool.
bool runner::bit_value(frame& f, index which) {
  if (!is_present(f, which)) return false;
  if (source(f, which).is_flag) return true;
  if (!read_until(f, which + 1)) return false;
  std::size_t const back = in_.at();
  in_.go_to(slots_[f.slots + which]);
  std::uint32_t id = 0;
  bool const good = in_.word(id);
  in_.go_to(back);
  return good && id == bool_true_id;
}

/// Whether any field that depends on the same bit has something to say.
bool runner::group_is_present(frame& f, index which) {
  field_layout const& one = target(f, which);
  for (index i = 0; i < f.of.steps.size(); ++i) {
    field_layout const& other = target(f, i);
    step const& how = f.of.steps[i];
    if (other.word != one.word || other.bit != one.bit || how.source == none) continue;
    bool const value = how.what == step_kind::convert || how.what == step_kind::gather;
    if (value ? is_present(f, how.source) : bit_value(f, how.source)) return true;
  }
  return false;
}

void runner::set_bit(frame const& f, index which) {
  field_layout const& one = target(f, which);
  std::uint8_t* const word = out_.data() + slots_[f.words + one.word];
  store_le(word, load_le<std::uint32_t>(word) | one.mask());
}

}  // namespace mtp::MTP_ABI::testing::transcoding
