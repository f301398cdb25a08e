// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/clock.hpp>

namespace mtp::MTP_ABI {

/// What a stream of updates has beside the updates that the server sends.
///
/// Threads: a value.
struct stream_options {
  /// The parts of an album come as one `album`, when all of them are there. Nothing else waits for
  /// it but what stands in the same conversation, and a program that is killed meanwhile gets the
  /// whole album again.
  bool albums = false;
  /// So long after its last part an album is complete, when nothing else shows that sooner.
  duration album_wait = std::chrono::seconds(1);
  /// What happens to the client comes as `client_change`, beside what status_changes() tells.
  bool life_cycle = false;
};

}  // namespace mtp::MTP_ABI
