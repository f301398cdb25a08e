// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "tl/codec/registry.hpp"

#include <mtp/core/bytes.hpp>

#include <random>
#include <vector>

namespace mtp::test {

/// Writes random values of every definition of a schema, from the table of its names alone: the
/// codecs under test have no part in it.
class value_writer {
 public:
  value_writer(tl::codec::schema_table const& names, std::uint64_t seed);

  struct written {
    bytes data;
    std::vector<std::size_t> counts;  ///< where vectors tell how many elements they have
    bool open_end = false;            ///< ends with bytes of no fixed length
  };
  /// A value of `of`, its id first; `depth` bounds how deep it may nest.
  written write(tl::codec::definition_entry const& of, int depth);

 private:
  void find_heights();
  int height_of(tl::codec::type_entry of) const;
  int height_of(tl::codec::definition_entry const& of) const;
  bool chance(int percent);
  std::size_t below(std::size_t limit) { return static_cast<std::size_t>(engine_()) % limit; }
  void word(std::uint32_t value);
  void noise(std::size_t size);
  void text();
  void boxed(tl::codec::definition_entry const& of, int depth);
  void body(tl::codec::definition_entry const& of, int depth);
  void value(tl::codec::type_entry of, int depth);
  void items(tl::codec::type_entry of, int depth);
  tl::codec::definition_entry const& pick(std::size_t family, int depth);
  std::uint32_t flags_of(tl::codec::definition_entry const& of, std::size_t word_at, int depth);

  tl::codec::schema_table const& names_;
  std::mt19937_64 engine_;
  std::vector<int> heights_;  ///< of definitions: how deep the flattest value is
  std::vector<std::vector<std::size_t>> families_;  ///< the definitions of each
  written out_;
};

}  // namespace mtp::test
