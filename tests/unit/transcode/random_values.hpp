// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "support.hpp"

#include <random>
#include <vector>

namespace mtp::test {

/// Makes random values of a schema. Given a second one, only of what both can hold, so that nothing
/// is lost between them.
class random_values {
 public:
  random_values(document_ptr of, document_ptr within, std::uint32_t seed);

  /// Whether any value of this definition can be made within both.
  bool possible(tl::schema::definition const& one) const;
  /// A value with its id.
  bytes make(tl::schema::definition const& one);
  /// A value of a type as a place uses it.
  bytes make(tl::schema::type_ref const& type);

 private:
  static constexpr std::size_t never = 1000000;

  std::size_t rank_of(tl::schema::definition const& one) const;
  std::size_t rank_of(tl::schema::type_ref const& type) const;
  tl::schema::definition const* counterpart(tl::schema::definition const& one) const;
  bool is_common(tl::schema::definition const& one) const;
  bool is_common(tl::schema::definition const& one, tl::schema::field const& field) const;
  bool may_be_set(tl::schema::definition const& one, tl::schema::field const& field) const;
  void find_ranks();

  void add(tl::schema::definition const& one);
  void add(tl::schema::type_ref const& type);
  void add_boxed(tl::schema::type_ref const& type);
  void add_list(tl::schema::type_ref const& type);
  void add_text();
  std::uint32_t below(std::uint32_t limit) { return static_cast<std::uint32_t>(engine_() % limit); }

  document_ptr of_;
  document_ptr within_;
  std::mt19937 engine_;
  std::vector<std::size_t> ranks_;  ///< how deep the smallest value of a definition is
  writer out_;
  int depth_ = 0;
};

}  // namespace mtp::test
