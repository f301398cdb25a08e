// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace tlgen {

/// Whether a name of TL cannot be a name of C++ anywhere: keywords, what is reserved for compilers,
/// macros of common headers, and what every generated struct has.
bool is_reserved(std::string_view name);

/// Whether a name cannot stand beside the library's own in `mtp::tl`.
bool is_runtime_name(std::string_view name);

/// Whether a handle needs a member of this name for itself.
bool is_handle_member(std::string_view name);

/// Gives the names of one scope their form in C++: as they are where that is possible, else with
/// underscores behind them, as many as no other name of the scope has.
class scope_names {
 public:
  /// A name that stands in the scope as it is.
  void claim(std::string_view name) { taken_.emplace(name); }
  /// The form of `name` when something else has it.
  std::string rename(std::string_view name);
  bool is_taken(std::string_view name) const { return taken_.contains(name); }

 private:
  std::set<std::string, std::less<>> taken_;
};

/// The path of a type's header below `types/`: "messages/Messages.hpp".
std::string header_path(std::string_view space, std::string_view name);

/// 8 hexadecimal digits with 0x.
std::string hex(unsigned id);
std::string number(std::size_t of);
std::string truth(bool of);

}  // namespace tlgen
