// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "defaults.hpp"
#include "layout.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

// All that can be decided about two schemas before any value is seen.

namespace mtp::MTP_ABI::testing::transcoding {

enum class conversion_kind : std::uint8_t {
  impossible,  ///< nothing of the value can be kept
  raw,         ///< the bytes are the same on both sides
  number,      ///< between int, long and double
  list,        ///< element by element
  structure,   ///< constructors, by name; boxed or bare on either side
  call,        ///< a function call, by name
  wrap_text,   ///< a string that became a constructor with a field `text`
  unwrap_text  ///< the other way round
};

/// How a value of one node becomes a value of another.
struct conversion {
  conversion_kind kind = conversion_kind::impossible;
  index from = none;  ///< a node of the one layout
  index to = none;    ///< a node of the other
  index inner =
      none;  ///< list: the conversion of the elements; texts: the constructor that holds it
  index field = none;  ///< texts: its field with the text
};

enum class step_kind : std::uint8_t {
  word,          ///< a flag word: its bits are set as the fields come
  flag,          ///< a bit without bytes, from a bit or a Bool
  flag_to_bool,  ///< a Bool from a bit
  convert,       ///< a value from a value
  gather,        ///< a constructor from fields that stood beside it before; no source: always
  fill,          ///< no source: absent where it may be, else the default
};

/// How one field of the target comes about.
struct step {
  step_kind what = step_kind::fill;
  index source = none;  ///< a field of the other constructor
  index how = none;     ///< a conversion; gather: a pair, of the other and what holds its fields
  bool shared = false;  ///< other fields depend on the same bit: all are there or none
};

/// How one constructor or function becomes another. One step for each field of the target.
struct pair {
  index from = none;
  index to = none;
  std::vector<step> steps = {};
  index kind = none;    ///< of a constructor that is parted: what takes the rest of its fields
  index inside = none;  ///< of two that are joined: the pair of the inner one and the same target
};

/// Pairs by two indexes.
using pairs_by_two = std::unordered_map<std::uint64_t, index>;

struct plan {
  plan(std::shared_ptr<tl::schema::document const> from_text,
       std::shared_ptr<tl::schema::document const> to_text);
  plan(plan const&) = delete;
  plan& operator=(plan const&) = delete;

  layout from;
  layout to;
  defaults fill;
  std::vector<conversion> conversions;
  std::vector<pair> pairs;
  std::vector<index> counterpart;  ///< the pair of a definition and the one of its name; or none
  std::vector<index> answers;      ///< the conversion of what a function answers; or none
  index any_value = none;          ///< the conversion of Object
  index any_call = none;           ///< the conversion of !X
  std::unordered_map<std::string, index> functions;  ///< of `from`, by name

  /// How `from` becomes a constructor of another name that stands for it; none when there is none.
  index stand_in(index from_definition, index to_type) const;

  /// How `from` is called where that type is wanted; none when it is not called otherwise.
  index renamed_as(index from_definition, index to_type) const;
  /// How `outer` with `inner` in its kind field becomes one constructor; none when they do not.
  index joined_with(index outer, index inner) const;

  pairs_by_two stand_ins;                        ///< pairs of constructors of different names
  pairs_by_two renamed;                          ///< by constructor and type
  pairs_by_two joined;                           ///< by the outer and the inner constructor
  std::unordered_map<index, index> kind_fields;  ///< of outer constructors
};

}  // namespace mtp::MTP_ABI::testing::transcoding
