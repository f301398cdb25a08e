// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "tl/codec/table.hpp"

#include <mtp/core/bytes.hpp>
#include <mtp/tl/ops.hpp>
#include <mtp/tl/to_text.hpp>

#include <string>
#include <vector>

// Reads serialised values by the table of names alone: for people, not for speed.

namespace mtp::MTP_ABI::tl::codec {

/// Told what a walk meets, in the order of the bytes.
class visitor {
 public:
  virtual ~visitor() = default;
  virtual void open(std::string_view /*definition*/) {}
  virtual void close() {}
  virtual void field(std::string_view /*name*/) {}
  virtual void field_end() {}
  virtual void open_items(std::uint32_t /*count*/) {}
  virtual void item(std::uint32_t /*index*/) {}
  virtual void close_items() {}
  /// A scalar, a text without its length and padding, a Bool; `truth` has no bytes.
  virtual void leaf(shape /*of*/, bytes_view /*data*/) {}
  /// The id 0, which stands for a part that a program left empty.
  virtual void empty() {}
  /// Nothing more can be read: cut short, unknown, or nested too deeply.
  virtual void broken(std::string_view /*why*/) {}
  /// Whether to stop before reading the bytes from `begin` to `end`.
  virtual bool stop(std::size_t /*begin*/, std::size_t /*end*/) { return false; }
};

class walk {
 public:
  walk(bytes_view data, schema_table const& names, visitor& to)
      : data_(data), names_(names), to_(to) {}

  /// A value with its id in front, or a vector of such.
  bool boxed();
  /// A value of one of TL's own types, or a vector of such.
  bool plain(shape of, bool is_list);
  std::size_t offset() const { return at_; }

 private:
  bool value(type_entry type);
  bool definition(definition_entry const& of);
  bool one_field(field_entry const& of);
  bool vector(type_entry element, bool with_id);
  bool leaf(shape of, std::size_t size);
  bool text(shape of);
  bool word(std::uint32_t& out);
  bool broken(std::string_view why);

  bytes_view data_;
  schema_table const& names_;
  visitor& to_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
  std::uint32_t last_int_ = 0;
};

/// The fields on the way from the value that starts `data` to byte `offset`, which some decoder of
/// `of` reached. Empty when the type has no names, or when the value ends before.
std::string path_to(bytes_view data, ops const& of, std::size_t offset);

/// The serialised value in words; broken or unknown parts are shown as such.
std::string print(bytes_view data, schema_table const& names, text_options const& options);

}  // namespace mtp::MTP_ABI::tl::codec
