// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/core/environment.hpp>

namespace mtp::MTP_ABI::transfer {

/// What stands behind a file_sink.
///
/// Threads: belongs to the strand that opened it.
class sink {
 public:
  virtual ~sink() = default;

  /// Lifetime: `world` outlives it. Errors: those of the system, as mtp::error.
  virtual task<> open(environment& world, asio::any_io_executor strand) = 0;
  /// Takes the next bytes. Errors: as open().
  virtual task<> write(bytes_view part) = 0;
  /// All of it is there. Errors: as open().
  virtual task<> finish() = 0;
  /// There will be no more; nothing after finish().
  virtual void abandon() noexcept = 0;
};

}  // namespace mtp::MTP_ABI::transfer
