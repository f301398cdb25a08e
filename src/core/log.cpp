// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/core/log.hpp>

#include <fmt/format.h>

#include <cstdio>

namespace mtp::MTP_ABI {

std::string_view name_of(log_level level) noexcept {
  switch (level) {
    case log_level::debug: return "debug";
    case log_level::info: return "info";
    case log_level::warning: return "warning";
    case log_level::error: return "error";
  }
  return "unknown";
}

log_sink log_to_stderr(log_level least) {
  return [least](log_level level, std::string_view line) {
    if (level < least) return;
    std::string const text = fmt::format("mtp {}: {}\n", name_of(level), line);
    std::fputs(text.c_str(), stderr);  // a standard error that is closed is no reason to fail
  };
}

}  // namespace mtp::MTP_ABI
