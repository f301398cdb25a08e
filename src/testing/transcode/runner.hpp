// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "plan.hpp"
#include "reader.hpp"

#include <mtp/testing/transcode.hpp>

#include <string>
#include <vector>

namespace mtp::MTP_ABI::testing::transcoding {

/// Carries one value by the tables of a plan.
class runner {
 public:
  runner(plan const& by, bytes_view in, transcode_limits const& limits)
      : plan_(by), limits_(limits), in_(by.from, in, limits) {}

  /// The whole input as a value of that conversion. Something must stand for it: the top has nobody
  /// to leave it out.
  result<bytes, transcode_error> run(index conversion);

 private:
  /// How a part ended.
  enum class outcome : std::uint8_t {
    done,     ///< written
    without,  ///< read, but the other side has nothing like it
    failed,   ///< the input is broken, see the reader's error
  };

  /// Where the fields of one value stand in the input. A range of `slots_`: frames come and go as a
  /// stack.
  struct frame {
    pair const& of;
    std::size_t slots;  ///< for each field of `from`: its place (or its value, for a flag word)
    std::size_t start;  ///< where its fields begin in the input
    std::size_t words;  ///< for each field of `to`: the place of a flag word in the output
    index next = 0;     ///< fields before this one have been read
  };

  outcome attempt(index conversion);
  outcome convert_required(index conversion);
  outcome convert(index conversion);
  outcome replace(conversion const& how, std::size_t start);
  outcome stand_in(conversion const& how, std::size_t start);

  outcome number(conversion const& how);
  outcome list(conversion const& how);
  outcome structure(conversion const& how);
  outcome call();
  outcome wrap_text(conversion const& how);
  outcome unwrap_text(conversion const& how);
  outcome raw(conversion const& how);
  outcome without(index definition);

  index find_pair(index definition, conversion const& how);
  index find_joined(index definition);
  outcome fields(index pair);
  outcome own_fields(frame& f);
  outcome joined_fields(frame& f);
  outcome field(frame& f, index target);
  outcome optional_field(frame& f, index target);
  outcome required_field(frame& f, index target);
  outcome flag_field(frame& f, index target);
  outcome gather(frame const& f, step const& how);
  outcome from_source(frame& f, step const& how, bool must);
  frame push_frame(pair const& of);
  void pop_frame(frame const& f) { slots_.resize(f.slots); }
  bool read_field(frame& f);
  bool read_until(frame& f, index field);
  bool is_present(frame& f, index source);
  bool bit_value(frame& f, index source);
  bool group_is_present(frame& f, index target);
  void set_bit(frame const& f, index target);

  outcome write(std::optional<bytes> const& data);
  void write_word(std::uint32_t value);
  void write_text(bytes_view text);
  bool write_defaults(index definition, std::size_t first, std::size_t last);
  bool fits(index definition, conversion const& how) const;
  bool is_bare(index node) const { return node != none && plan_.to.nodes[node].bare; }
  field_layout const& target(frame const& f, index field) const {
    return plan_.to.definitions[f.of.to].fields[field];
  }
  field_layout const& source(frame const& f, index field) const {
    return plan_.from.definitions[f.of.from].fields[field];
  }

  plan const& plan_;
  transcode_limits const& limits_;
  reader in_;
  bytes out_;
  std::vector<std::size_t> slots_;
  std::string missing_;  ///< the first thing that had no counterpart
};

}  // namespace mtp::MTP_ABI::testing::transcoding
