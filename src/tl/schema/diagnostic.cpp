// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/tl/schema/diagnostic.hpp>

#include <algorithm>

namespace mtp::MTP_ABI::tl::schema {

std::string diagnostic::text() const {
  std::string out = file;
  out += ':' + std::to_string(at.line) + ':' + std::to_string(at.column);
  out += level == severity::error ? ": error: " : ": warning: ";
  return out + message;
}

bool any_error(std::vector<diagnostic> const& found) {
  auto const is_error = [](diagnostic const& one) { return one.level == severity::error; };
  return std::any_of(found.begin(), found.end(), is_error);
}

std::string text(std::vector<diagnostic> const& found) {
  std::string out;
  for (auto const& one : found) out += one.text() + '\n';
  return out;
}

}  // namespace mtp::MTP_ABI::tl::schema
