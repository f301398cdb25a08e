// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/core/environment.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mtp::MTP_ABI::transfer {

/// What tells a file from what it was before, or is later.
struct source_identity {
  std::string place;
  std::int64_t changed = 0;  ///< see file_system::file::change_time()
  bool operator==(source_identity const&) const = default;
};

/// What stands behind a file_source.
///
/// Threads: belongs to the strand that opened it.
class source {
 public:
  explicit source(std::string name) : name_(std::move(name)) {}
  virtual ~source() = default;

  std::string const& name() const noexcept { return name_; }

  /// Begins at the first byte, and says how many there are, if that is known.
  ///
  /// Lifetime: `world` outlives the last read. Errors: those of the system, as mtp::error.
  virtual task<std::optional<std::uint64_t>> open(environment& world,
                                                  asio::any_io_executor strand) = 0;
  /// Once it is open; empty for what cannot be read again another time.
  virtual std::optional<source_identity> identity() const { return std::nullopt; }
  /// Passes over the next bytes, which are there. Only with an identity().
  virtual void skip(std::uint64_t) {}
  /// Fills `into` with the next bytes; fewer only at the end. Errors: as open().
  virtual task<std::size_t> read(mutable_bytes into) = 0;
  /// Looks, after the last read, whether it is what it was when it was opened.
  ///
  /// Errors: transfer_errc::file_changed.
  virtual task<> check() = 0;
  virtual void close() noexcept = 0;

 private:
  std::string name_;
};

}  // namespace mtp::MTP_ABI::transfer
