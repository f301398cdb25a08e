// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/result.hpp>
#include <mtp/testing/dc_address.hpp>
#include <mtp/testing/method_fault.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mtp::MTP_ABI::testing {

/// One address of a data centre that the program plays.
struct dc_port {
  int id = 2;
  std::uint16_t port = 0;  ///< 0 picks a free one
  std::string host = {};   ///< that of --listen when empty
  address_options options = {};
  bool operator==(dc_port const&) const = default;
};

/// What `mtp-test-dc` was asked to do.
struct command_line {
  std::string host = "127.0.0.1";
  std::vector<dc_port> dcs = {};
  std::string key_file = {};
  std::string world_file = {};
  std::vector<std::string> schema_files = {};
  std::vector<method_fault> faults = {};
  bool temporary_keys = true;
  bool test_servers = false;
  bool log = false;
  bool help = false;
};

/// What the program prints for `--help`.
std::string_view usage() noexcept;

/// Reads the arguments, without the program's own name.
///
/// Errors: a sentence for the person who typed them.
result<command_line, std::string> parse_command_line(std::span<std::string_view const> arguments);

}  // namespace mtp::MTP_ABI::testing
