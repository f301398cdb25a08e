// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/tl/schema/definition.hpp>

#include <tuple>

namespace mtp::MTP_ABI::tl::schema {

/// Types by namespace and name with their constructors together, then functions.
inline bool in_own_order(definition const& a, definition const& b) {
  auto const key = [](definition const& one) {
    qualified_name const& group = one.is_function() ? one.name : one.result.name;
    return std::tie(one.section, group, one.name);
  };
  return key(a) < key(b);
}

}  // namespace mtp::MTP_ABI::tl::schema
