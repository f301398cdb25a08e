// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>

#include <cstdint>
#include <string>

namespace mtp::MTP_ABI::libsql {

/// A process, so that another one of the same machine can tell whether it still runs.
struct running_process {
  /// This start of this system, and the space in which `number` counts. Empty: not known.
  std::string machine = {};
  std::int64_t number = 0;
  std::int64_t began = 0;  ///< by the clock of that machine; a number may be given again
};

running_process this_running_process();
/// True only when it surely runs no more.
bool is_dead(running_process const& one);

}  // namespace mtp::MTP_ABI::libsql
