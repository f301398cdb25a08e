// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>
#include <mtp/tl/schema/document.hpp>
#include <mtp/tl/schema/parse.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace mtp::MTP_ABI::tl::schema {

/// A declaration that two schemas have under one name, each in its own form.
struct altered_definition {
  definition const* before = nullptr;
  definition const* after = nullptr;
};

/// What is different between two schemas, by names. The pointers lead into their documents.
///
/// Lifetime: good as long as both documents stay where they are.
struct schema_changes {
  document const* before = nullptr;
  document const* after = nullptr;
  std::vector<definition const*> added = {};
  std::vector<definition const*> removed = {};
  std::vector<altered_definition> new_id = {};
  /// What the id does not cover (flags without a value), or what the servers left as it was.
  std::vector<altered_definition> same_id = {};

  bool empty() const {
    return added.empty() && removed.empty() && new_id.empty() && same_id.empty();
  }
};

/// Compares declaration by declaration; in each list types come before functions, both by
/// namespace and name. Where declarations stand in the texts makes no difference.
MTP_API schema_changes compare(document const& before, document const& after);

/// What happened to the fields of one declaration: `+text:string`, `-id:int`, `~date:int ->
/// date:long`, and the result when it changed.
MTP_API std::vector<std::string> changed_parts(altered_definition const& one);

/// The changes for a reader, with how many there are of each kind.
MTP_API std::string to_text(schema_changes const& changes);

/// The same as a section of a changelog.
MTP_API std::string to_markdown(schema_changes const& changes);

/// What turns the one schema into the other: `-name` for each declaration that is gone, and those
/// that are new or different as they are.
MTP_API std::string to_patch(schema_changes const& changes);

/// The schema that `patch` makes of `base`. What cannot be read, and a name to remove that `base`
/// does not have, is reported as in parse().
MTP_API parsed apply_patch(document const& base, std::string_view patch,
                           parse_options const& options = {});

}  // namespace mtp::MTP_ABI::tl::schema
