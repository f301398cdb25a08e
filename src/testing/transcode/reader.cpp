// SPDX-License-Identifier: MIT OR Apache-2.0
#include "reader.hpp"

#include "core/wire.hpp"

#include <algorithm>

namespace mtp::MTP_ABI::testing::transcoding {

using tl::schema::type_kind;

std::string print_id(std::uint32_t id) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out = "#";
  for (int shift = 28; shift >= 0; shift -= 4) out += digits[id >> shift & 15];
  return out;
}

bool reader::fail(transcode_errc code, std::string name) {
  if (!failed_) error_ = {code, std::move(name), at_};
  failed_ = true;
  return false;
}

bool reader::take(std::size_t size) {
  if (in_.size() - at_ < size) return fail(transcode_errc::truncated);
  at_ += size;
  return true;
}

bool reader::word(std::uint32_t& out) {
  if (!take(4)) return false;
  out = load_le<std::uint32_t>(in_.data() + at_ - 4);
  return true;
}

bool reader::number(std::int64_t& out) {
  if (!take(8)) return false;
  out = load_le<std::int64_t>(in_.data() + at_ - 8);
  return true;
}

bool reader::text(bytes_view& out) {
  std::size_t const start = at_;
  if (!take(4)) return false;
  wire::text_layout found;
  if (!wire::read_layout(in_.data() + start, found)) return fail(transcode_errc::bad_count);
  if (!take(found.whole() - 4)) return false;
  out = in_.subspan(start + found.header, found.size);
  return true;
}

bool reader::constructor(node const& wanted, index& out) {
  std::uint32_t id = 0;
  if (!word(id)) return false;
  out = layout_.find(id);
  if (out == none || layout_.definitions[out].is_function)
    return fail(transcode_errc::unknown_constructor, print_id(id));
  bool const fits = wanted.kind == type_kind::object || layout_.definitions[out].type == wanted.of;
  return fits || fail(transcode_errc::wrong_constructor, layout_.name(out));
}

bool reader::function(index& out) {
  std::uint32_t id = 0;
  if (!word(id)) return false;
  out = layout_.find(id);
  bool const good = out != none && layout_.definitions[out].is_function;
  return good || fail(transcode_errc::unknown_function, print_id(id));
}

bool reader::list(node const& of, std::uint32_t& count) {
  std::uint32_t id = vector_id;
  if (!of.bare && !word(id)) return false;
  if (id != vector_id) return fail(transcode_errc::wrong_constructor, print_id(id));
  if (!word(count)) return false;
  std::size_t const each = std::max<std::size_t>(layout_.nodes[of.of].min_size, 1);
  return count <= (in_.size() - at_) / each || fail(transcode_errc::bad_count);
}

bool reader::skip(index which) {
  node const& one = layout_.nodes[which];
  switch (one.kind) {
    case type_kind::string:
    case type_kind::bytes: {
      bytes_view ignored;
      return text(ignored);
    }
    case type_kind::boolean: {
      std::uint32_t id = 0;
      if (!word(id)) return false;
      return id == bool_true_id || id == bool_false_id ||
             fail(transcode_errc::wrong_constructor, print_id(id));
    }
    case type_kind::vector: return skip_list(one);
    case type_kind::constructor:
      return one.of == none ? fail(transcode_errc::unknown_constructor) : skip_fields(one.of);
    case type_kind::boxed:
    case type_kind::object: {
      index definition = none;
      return constructor(one, definition) && skip_fields(definition);
    }
    case type_kind::function: {
      index definition = none;
      return function(definition) && skip_fields(definition);
    }
    default: return take(one.min_size);
  }
}

bool reader::skip_list(node const& of) {
  std::uint32_t count = 0;
  if (!list(of, count)) return false;
  level const deeper(*this);
  if (!deeper.allowed()) return false;
  for (std::uint32_t i = 0; i < count; ++i) {
    if (!skip(of.of)) return false;
  }
  return true;
}

bool reader::skip_fields(index definition) {
  return skip_fields(definition, layout_.definitions[definition].fields.size());
}

bool reader::skip_fields(index definition, std::size_t end) {
  level const deeper(*this);
  if (!deeper.allowed()) return false;
  auto const& fields = layout_.definitions[definition].fields;
  std::size_t const words = words_.size();
  words_.resize(words + fields.size());
  bool good = true;
  for (std::size_t i = 0; good && i < end; ++i) {
    good = fields[i].is_word ? word(words_[words + i]) : skip_field(fields[i], words);
  }
  words_.resize(words);
  return good;
}

bool reader::skip_field(field_layout const& field, std::size_t words) {
  bool const there = !field.conditional() || (words_[words + field.word] & field.mask()) != 0;
  return !there || field.is_flag || skip(field.type);
}

}  // namespace mtp::MTP_ABI::testing::transcoding
