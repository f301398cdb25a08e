// SPDX-License-Identifier: MIT OR Apache-2.0
#include "tl/codec/walk.hpp"

#include "tl/codec/decoder.hpp"

#include <algorithm>

namespace mtp::MTP_ABI::tl::codec {
namespace {

constexpr std::size_t max_depth = 256;
constexpr std::uint8_t unconditional = 255;

std::size_t fixed_size(shape of) {
  switch (of) {
    case shape::int32:
    case shape::boolean: return 4;
    case shape::int64:
    case shape::float64: return 8;
    case shape::int128: return 16;
    case shape::int256: return 32;
    default: return 0;
  }
}

}  // namespace

definition_entry const* schema_table::find(std::uint32_t id) const noexcept {
  auto const less = [](definition_entry const& one, std::uint32_t wanted) {
    return one.id < wanted;
  };
  auto const found = std::lower_bound(definitions.begin(), definitions.end(), id, less);
  return found != definitions.end() && found->id == id ? &*found : nullptr;
}

bool walk::broken(std::string_view why) {
  to_.broken(why);
  return false;
}

bool walk::word(std::uint32_t& out) {
  if (data_.size() - at_ < 4) return broken("cut short");
  if (to_.stop(at_, at_ + 4)) return false;
  out = load_le<std::uint32_t>(data_.data() + at_);
  at_ += 4;
  return true;
}

bool walk::leaf(shape of, std::size_t size) {
  if (data_.size() - at_ < size) return broken("cut short");
  if (to_.stop(at_, at_ + size)) return false;
  to_.leaf(of, data_.subspan(at_, size));
  if (of == shape::int32) last_int_ = load_le<std::uint32_t>(data_.data() + at_);
  at_ += size;
  return true;
}

bool walk::text(shape of) {
  if (data_.size() - at_ < 4) return broken("cut short");
  wire::text_layout found;
  if (!wire::read_layout(data_.data() + at_, found))
    return to_.stop(at_, at_ + 4) ? false : broken("bad length");
  std::size_t const whole = found.whole();
  if (data_.size() - at_ < whole) return broken("cut short");
  if (to_.stop(at_, at_ + whole)) return false;
  to_.leaf(of, data_.subspan(at_ + found.header, found.size));
  at_ += whole;
  return true;
}

bool walk::vector(type_entry element, bool with_id) {
  std::uint32_t count = 0;
  std::uint32_t id = vector_id;
  if (with_id && !word(id)) return false;
  if (id != vector_id) return broken("not a vector");
  if (!word(count)) return false;
  if (count > data_.size() - at_) return broken("bad count");
  to_.open_items(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    to_.item(i);
    if (!value(element)) return false;
  }
  to_.close_items();
  return true;
}

bool walk::boxed() {
  std::uint32_t id = 0;
  if (data_.size() - at_ >= 4 && load_le<std::uint32_t>(data_.data() + at_) == vector_id) {
    return vector({shape::family, 0}, true);
  }
  if (!word(id)) return false;
  if (id == 0) {
    to_.empty();
    return true;
  }
  definition_entry const* const found = names_.find(id);
  return found ? definition(*found) : broken("unknown constructor");
}

bool walk::plain(shape of, bool is_list) {
  type_entry const type{of, 0};
  return is_list ? vector(type, true) : value(type);
}

bool walk::value(type_entry type) {
  if (depth_ == max_depth) return broken("nested too deeply");
  ++depth_;
  bool done = false;
  switch (type.kind) {
    case shape::string:
    case shape::bytes: done = text(type.kind); break;
    case shape::truth:
      to_.leaf(shape::truth, {});
      done = true;
      break;
    case shape::raw: done = leaf(type.kind, data_.size() - at_); break;
    case shape::sized_raw: done = leaf(type.kind, last_int_); break;
    case shape::vector: done = vector(names_.types[type.index], true); break;
    case shape::bare_vector: done = vector(names_.types[type.index], false); break;
    case shape::record: done = definition(names_.definitions[type.index]); break;
    case shape::family: done = boxed(); break;
    default: done = leaf(type.kind, fixed_size(type.kind)); break;
  }
  --depth_;
  return done;
}

bool walk::one_field(field_entry const& of) {
  to_.field(names_.name(of.name));
  bool const done = value(names_.types[of.type]);
  if (done) to_.field_end();
  return done;
}

bool walk::definition(definition_entry const& of) {
  to_.open(names_.name(of.name));
  std::vector<std::uint32_t> words(of.field_count);
  auto const fields = names_.fields_of(of);
  for (std::size_t i = 0; i < fields.size(); ++i) {
    field_entry const& one = fields[i];
    if (names_.types[one.type].kind == shape::flag_word) {
      if (!word(words[i])) return false;
    } else if (one.word == unconditional || (words[one.word] >> one.bit & 1) != 0) {
      if (!one_field(one)) return false;
    }
  }
  to_.close();
  return true;
}

}  // namespace mtp::MTP_ABI::tl::codec
