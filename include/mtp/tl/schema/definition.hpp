// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// The model of TL text: what one declaration says. Standard library only, because the generator
// compiles this too.

namespace mtp::MTP_ABI::tl::schema {

/// Where something stands in its text. Both count from 1; a column is a byte.
struct position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;

  auto operator<=>(position const&) const = default;
};

/// A name and the namespace it stands in; the root namespace is empty.
struct qualified_name {
  std::string space = {};
  std::string name = {};

  /// `space.name`, or the name alone at the root.
  std::string full() const { return space.empty() ? name : space + "." + name; }

  auto operator<=>(qualified_name const&) const = default;
};

/// What a type reference means.
enum class type_kind : std::uint8_t {
  flag_word,    ///< `#`: 32 unsigned bits
  int32,        ///< `int`
  int64,        ///< `long`
  float64,      ///< `double`
  int128,       ///< `int128`: 16 bytes as they are
  int256,       ///< `int256`: 32 bytes as they are
  string,       ///< `string`
  bytes,        ///< `bytes`
  boolean,      ///< `Bool`: one of two constructors
  truth,        ///< `true`: no bytes at all; under a condition the bit is the value
  vector,       ///< `Vector<T>` (boxed, with its id) or `vector<T>` (bare, the count comes first)
  object,       ///< `Object`: any boxed value
  variable,     ///< `X`, declared as `{X:Type}`
  function,     ///< `!X`: any serialized function whose answer is of type X
  constructor,  ///< one constructor without its id: `future_salt`, `%Message`
  boxed,        ///< any constructor of a type, with its id: `InputPeer`
};

/// A type as one place of a declaration uses it.
struct type_ref {
  type_kind kind = type_kind::boxed;
  qualified_name name =
      {};             ///< as written: "long", "Vector", "X", "InputPeer", "Message" of `%Message`
  bool bare = false;  ///< no constructor id on the wire
  bool percent = false;                  ///< written with `%`: `name` is the boxed type
  std::vector<type_ref> arguments = {};  ///< the T of `Vector<T>`
  position at = {};

  /// The T of `Vector<T>`. Only for kind vector.
  type_ref const& element() const { return arguments.front(); }
};

/// The same type, wherever it is written.
MTP_API bool same(type_ref const& a, type_ref const& b);

/// `flags.3?`: the field is there when that bit of that word is set.
struct condition {
  std::string word = {};       ///< the name of the flag word
  std::size_t word_index = 0;  ///< its index among the fields of the definition
  unsigned bit = 0;            ///< 0 to 31
};

/// One field of a definition.
struct field {
  std::string name = {};
  type_ref type = {};
  std::optional<condition> when = {};
  position at = {};

  bool is_flag_word() const { return type.kind == type_kind::flag_word; }
  /// `f:flags.3?true`: takes no bytes, the bit is the value.
  bool is_flag() const { return when && type.kind == type_kind::truth; }
};

/// What a declaration makes: a value, or a call.
enum class category : std::uint8_t { type, function };

/// What stands where the fields stand. All but `record` occur only in the declarations of TL's own
/// types, which readers know without being told.
enum class body_form : std::uint8_t {
  record,   ///< named fields, in order
  opaque,   ///< `int ? = Int`
  tuple,    ///< `int128 4*[ int ] = Int128`
  counted,  ///< `vector {t:Type} # [ t ] = Vector t`
};

/// One declaration.
struct MTP_API definition {
  category section = category::type;
  qualified_name name = {};
  std::uint32_t id = 0;                          ///< what stands on the wire
  std::optional<std::uint32_t> printed_id = {};  ///< the id in the text, if there is one
  std::vector<std::string> variables = {};       ///< the X of `{X:Type}`
  std::vector<field> fields = {};
  type_ref result = {};  ///< the type of a constructor, the answer of a function
  body_form form = body_form::record;
  std::uint32_t tuple_size = 0;  ///< the 4 of `4*[ int ]`
  std::string element = {};      ///< the `int` of `4*[ int ]`, the `t` of `# [ t ]`
  position at = {};

  bool is_function() const { return section == category::function; }
  /// Something that a generator or a reader treats as a struct of fields.
  bool is_record() const { return form == body_form::record; }
  /// `space.name`.
  std::string full_name() const { return name.full(); }
  /// The field of that name; null when there is none.
  field const* find_field(std::string_view wanted) const;
};

}  // namespace mtp::MTP_ABI::tl::schema
