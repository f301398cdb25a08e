// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/core/environment.hpp>

#include <cstdint>
#include <string>

namespace mtp::MTP_ABI::transfer {

/// What stands behind a file_sink.
///
/// Threads: belongs to the strand that opened it.
class sink {
 public:
  virtual ~sink() = default;

  /// Lifetime: `world` outlives it. Errors: those of the system, as mtp::error.
  virtual task<> open(environment& world, asio::any_io_executor strand) = 0;
  /// Names the place where a download that ended early is gone on with; empty where it cannot be.
  virtual std::string place() const { return {}; }
  /// Instead of open(): goes on with what another one has left there, and says how much that is; 0
  /// when there is nothing. Lifetime, Errors: as open().
  virtual task<std::uint64_t> reopen(environment& world, asio::any_io_executor strand);
  /// Fills `into` from what is there already. Errors: as open().
  virtual task<> read_back(std::uint64_t at, mutable_bytes into);
  /// Goes on behind the first `size` bytes of what is there. Errors: as open().
  virtual task<> cut(std::uint64_t size);

  /// Takes the next bytes. Errors: as open().
  virtual task<> write(bytes_view part) = 0;
  /// All of it is there. Errors: as open().
  virtual task<> finish() = 0;
  /// There will be no more; nothing after finish().
  virtual void abandon() noexcept = 0;
  /// The same, but what is there stays for reopen().
  virtual void keep() noexcept { abandon(); }
};

}  // namespace mtp::MTP_ABI::transfer
