// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace tlgen {

/// `name`, with an underscore behind it when C++ keeps the word for itself.
std::string identifier(std::string_view name);

/// The path of a type's header below `types/`: "messages/Messages.hpp".
std::string header_path(std::string_view space, std::string_view name);

/// 8 hexadecimal digits with 0x.
std::string hex(unsigned id);

}  // namespace tlgen
