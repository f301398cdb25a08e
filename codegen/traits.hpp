// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/tl/schema/document.hpp>

#include <map>
#include <string>
#include <string_view>

namespace tlgen {

/// What is known of a function beyond its fields.
struct traits {
  bool repeatable = false;   ///< executing it twice does no harm
  bool compressible = true;  ///< its body may shrink
  bool operator==(traits const&) const = default;
};

/// What name and fields of a function tell.
traits traits_by_rule(mtp::tl::schema::definition const& function);

/// The traits of every function of `of` by name: by rule, corrected by `corrections`, lines of
/// `name [+-]trait... reason`. `file` names the corrections in errors.
///
/// Throws std::runtime_error that names every line which says nothing sensible: no function of the
/// schema, no change, no reason.
std::map<std::string, traits> traits_of(mtp::tl::schema::document const& of,
                                        std::string_view corrections, std::string const& file);

}  // namespace tlgen
