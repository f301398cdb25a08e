// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "command_line.hpp"

#include <mtp/core/result.hpp>

#include <charconv>
#include <optional>

namespace mtp::MTP_ABI::testing {

/// A number and nothing else, within its bounds.
template <class Number>
std::optional<Number> whole(std::string_view text, Number least, Number most) {
  Number value{};
  auto const [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  bool const good = problem == std::errc() && end == text.data() + text.size() && !text.empty();
  if (!good || value < least || value > most) return {};
  return value;
}

/// HOST:PORT; the brackets around an IPv6 address are taken off.
struct host_and_port {
  std::string host = {};
  std::uint16_t port = 0;
};
std::optional<host_and_port> read_place(std::string_view text);

/// N=[HOST:]PORT[,HOW]...; empty when it is not that.
std::optional<dc_port> read_dc(std::string_view text);

/// METHOD=WHAT[*TIMES], or what is wrong with it: a phrase with "wants".
result<method_fault, std::string> read_fault(std::string_view text);

}  // namespace mtp::MTP_ABI::testing
