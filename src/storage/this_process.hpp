// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/storage/store_error.hpp>

#include <unistd.h>

#include <array>
#include <string>

namespace mtp::MTP_ABI::detail {

inline std::string host_name() {
  std::array<char, 256> name{};
  if (::gethostname(name.data(), name.size() - 1) != 0) return "an unknown host";
  return name.data();
}

/// What others are told of this process when it holds a store.
inline store_holder this_process(std::chrono::system_clock::time_point now, std::uint64_t fence) {
  return {.host = host_name(), .process = ::getpid(), .since = now, .fence = fence};
}

}  // namespace mtp::MTP_ABI::detail
