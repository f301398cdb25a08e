// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "support.hpp"

#include <map>
#include <string>
#include <utility>

namespace mtp::test {

/// The named fields of one constructor or function, each already serialized; a flag has no bytes.
using named_fields = std::map<std::string, bytes>;

/// Serializes a constructor or function (id included) from its fields. Fails on a required field
/// that is not given and on a field that there is not.
inline bytes compose(document_ptr const& schema, std::string_view name, named_fields fields = {}) {
  auto const* one = schema->find_constructor(name);
  if (one == nullptr) one = schema->find_function(name);
  if (one == nullptr) throw std::invalid_argument(std::string(name));
  bytes out = writer(schema).u32(one->id);
  std::map<std::size_t, std::size_t> words;
  for (std::size_t i = 0; i < one->fields.size(); ++i) {
    auto const& field = one->fields[i];
    auto const given = fields.find(field.name);
    if (field.is_flag_word()) {
      words[i] = out.size();
      out.resize(out.size() + 4);
    } else if (given == fields.end()) {
      if (!field.when) throw std::invalid_argument(one->full_name() + " needs " + field.name);
    } else {
      if (field.when)
        out[words[field.when->word_index] + field.when->bit / 8] |=
            static_cast<std::uint8_t>(1 << field.when->bit % 8);
      append(out, given->second);
      fields.erase(given);
    }
  }
  if (!fields.empty())
    throw std::invalid_argument(one->full_name() + " has no " + fields.begin()->first);
  return out;
}

inline bytes i32(std::uint32_t value) { return writer(nullptr).u32(value); }
inline bytes i64(std::int64_t value) { return writer(nullptr).i64(value); }
inline bytes text(std::string_view value) { return writer(nullptr).text(value); }
inline bytes flag() { return {}; }

/// A boxed list of values that are already serialized.
inline bytes list(std::vector<bytes> const& elements) {
  bytes out = writer(nullptr).list(static_cast<std::uint32_t>(elements.size()));
  for (auto const& one : elements) append(out, one);
  return out;
}

}  // namespace mtp::test
