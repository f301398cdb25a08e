// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/tl/schema/diagnostic.hpp>
#include <mtp/tl/schema/document.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mtp::MTP_ABI::tl::schema {

/// An id that is right although it does not follow from the text of its declaration.
struct id_exception {
  std::string name = {};  ///< full name of the definition
  std::uint32_t id = 0;
  std::string reason = {};
  position at = {};
};

/// The exceptions to the id rule that stand beside a schema.
struct exception_list {
  std::vector<id_exception> entries = {};
  std::vector<diagnostic> problems = {};
};

/// Reads a list of exceptions: one `name#id reason` a line; `//` starts a comment.
MTP_API exception_list parse_exceptions(std::string_view text, std::string_view file);

/// How strict to be, and how to name the text in diagnostics.
struct parse_options {
  std::string_view file = "schema";
  std::vector<id_exception> exceptions = {};
  std::string_view exceptions_file = "exceptions";
  /// A schema of somebody else may carry ids that do not follow from its text (aliases of old
  /// definitions). Then a mismatch is a warning and the printed id holds.
  severity id_mismatch = severity::error;
  /// A type that nothing makes, which only a value that never comes would need.
  severity unknown_type = severity::error;
};

/// What a text says, and what is wrong with it.
struct parsed {
  document schema = {};
  std::vector<diagnostic> problems = {};  ///< in the order of the text, errors and warnings

  /// No errors; warnings do not count.
  bool ok() const { return !any_error(problems); }
};

/// Parses TL text. Finds all errors in one run: after a bad declaration it goes on behind the next
/// `;`. A declaration with an error is left out of the document.
///
/// Never throws on what the text holds; time and memory are linear in its size.
MTP_API parsed parse(std::string_view text, parse_options const& options = {});

}  // namespace mtp::MTP_ABI::tl::schema
