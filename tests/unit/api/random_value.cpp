// SPDX-License-Identifier: MIT OR Apache-2.0
#include "random_value.hpp"

#include <algorithm>

namespace mtp::test {

using namespace tl::codec;

namespace {

constexpr int unreachable = 1000;
constexpr std::uint8_t unconditional = 255;

}  // namespace

value_writer::value_writer(schema_table const& names, std::uint64_t seed)
    : names_(names), engine_(seed) {
  families_.resize(names.families.size());
  for (std::size_t i = 0; i < names.definitions.size(); ++i) {
    auto const family = names.definitions[i].family;
    if (family < families_.size()) families_[family].push_back(i);
  }
  find_heights();
}

void value_writer::find_heights() {
  heights_.assign(names_.definitions.size(), unreachable);
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t i = 0; i < heights_.size(); ++i) {
      int const height = height_of(names_.definitions[i]);
      changed = changed || height < heights_[i];
      heights_[i] = std::min(heights_[i], height);
    }
  }
}

int value_writer::height_of(definition_entry const& of) const {
  int most = 0;
  for (auto const& field : names_.fields_of(of)) {
    if (field.word == unconditional) most = std::max(most, height_of(names_.types[field.type]));
  }
  return std::min(unreachable, most + 1);
}

int value_writer::height_of(type_entry of) const {
  if (of.kind == shape::record) return heights_[of.index];
  if (of.kind != shape::family) return 0;
  int least = unreachable;
  for (std::size_t const one : families_[of.index]) least = std::min(least, heights_[one]);
  return least;
}

bool value_writer::chance(int percent) { return static_cast<int>(below(100)) < percent; }

void value_writer::word(std::uint32_t value) {
  std::size_t const at = out_.data.size();
  out_.data.resize(at + 4);
  store_le(out_.data.data() + at, value);
}

void value_writer::noise(std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) out_.data.push_back(static_cast<std::uint8_t>(engine_()));
}

void value_writer::text() {
  std::size_t const size = chance(95) ? below(12) : 250 + below(10);
  if (size < 254) {
    out_.data.push_back(static_cast<std::uint8_t>(size));
  } else {
    word(static_cast<std::uint32_t>(size << 8 | 254));
  }
  noise(size);
  while (out_.data.size() % 4 != 0) out_.data.push_back(0);
}

std::uint32_t value_writer::flags_of(definition_entry const& of, std::size_t word_at, int depth) {
  std::uint32_t used = 0;
  std::uint32_t too_deep = 0;
  for (auto const& field : names_.fields_of(of)) {
    if (field.word != word_at) continue;
    used |= 1u << field.bit;
    if (height_of(names_.types[field.type]) > depth - 1) too_deep |= 1u << field.bit;
  }
  std::uint32_t out = 0;
  for (unsigned bit = 0; bit < 32; ++bit) {
    if (depth > 0 && chance(depth > 2 ? 40 : 15)) out |= 1u << bit;
  }
  return out & used & ~too_deep;
}

void value_writer::body(definition_entry const& of, int depth) {
  auto const fields = names_.fields_of(of);
  std::vector<std::uint32_t> words(fields.size());
  for (std::size_t i = 0; i < fields.size(); ++i) {
    auto const& field = fields[i];
    auto const type = names_.types[field.type];
    if (type.kind == shape::flag_word) {
      words[i] = flags_of(of, i, depth);
      word(words[i]);
      continue;
    }
    if (field.word != unconditional && (words[field.word] >> field.bit & 1) == 0) continue;
    bool const sizes_next =
        i + 1 < fields.size() && names_.types[fields[i + 1].type].kind == shape::sized_raw;
    if (sizes_next) {
      word(8);
    } else {
      value(type, depth);
    }
  }
}

void value_writer::items(type_entry of, int depth) {
  std::size_t const most = height_of(of) <= depth ? 3 : 0;
  std::size_t const count = most == 0 || depth <= 0 ? 0 : below(most + 1);
  out_.counts.push_back(out_.data.size());
  word(static_cast<std::uint32_t>(count));
  for (std::size_t i = 0; i < count; ++i) value(of, depth);
}

definition_entry const& value_writer::pick(std::size_t family, int depth) {
  auto const& all = families_[family];
  std::size_t const start = below(all.size());
  std::size_t best = all[start];
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::size_t const one = all[(start + i) % all.size()];
    if (heights_[one] <= depth) return names_.definitions[one];
    if (heights_[one] < heights_[best]) best = one;
  }
  return names_.definitions[best];
}

void value_writer::value(type_entry of, int depth) {
  switch (of.kind) {
    case shape::int32: return noise(4);
    case shape::int64:
    case shape::float64: return noise(8);
    case shape::int128: return noise(16);
    case shape::int256: return noise(32);
    case shape::boolean: return word(chance(50) ? 0x997275b5 : 0xbc799737);
    case shape::string:
    case shape::bytes: return text();
    case shape::sized_raw: return noise(8);
    case shape::raw: out_.open_end = true; return noise(4 * below(5));
    case shape::vector: word(0x1cb5c415); [[fallthrough]];
    case shape::bare_vector: return items(names_.types[of.index], depth);
    case shape::record: return body(names_.definitions[of.index], depth - 1);
    case shape::family: return boxed(pick(of.index, depth - 1), depth - 1);
    case shape::flag_word:
    case shape::truth: return;
  }
}

void value_writer::boxed(definition_entry const& of, int depth) {
  word(of.id);
  body(of, depth);
}

value_writer::written value_writer::write(definition_entry const& of, int depth) {
  out_ = {};
  boxed(of, depth);
  return std::move(out_);
}

}  // namespace mtp::test
