// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/tl/schema/parse.hpp>
#include <mtp/tl/schema/print.hpp>
#include <support/catch.hpp>

#include <fstream>
#include <iterator>
#include <ostream>
#include <stdexcept>
#include <string>

namespace mtp::test {

namespace schema = mtp::tl::schema;

/// The bytes of a file of the folder tl/.
inline std::string read_schema_file(std::string const& name) {
  std::ifstream file(std::string(MTP_TL_DIR) + "/" + name, std::ios::binary);
  if (!file) throw std::runtime_error("no such schema: " + name);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Parses a text that must be right.
inline schema::document parse_good(std::string_view text) {
  schema::parsed read = schema::parse(text);
  INFO(schema::text(read.problems));
  REQUIRE(read.problems.empty());
  return std::move(read.schema);
}

/// The only declaration of a text that must be right.
inline schema::definition parse_one(std::string_view text) {
  schema::document const read = parse_good(text);
  REQUIRE(read.definitions().size() == 1);
  return read.definitions().front();
}

}  // namespace mtp::test
