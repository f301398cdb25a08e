// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/error.hpp>

#include <chrono>
#include <cstdint>
#include <string>
#include <system_error>

namespace mtp::MTP_ABI {

/// Who holds a store, as far as that is known.
struct store_holder {
  std::string host = {};
  std::int64_t process = 0;                          ///< its id on that host; 0: not known
  std::chrono::system_clock::time_point since = {};  ///< by the clock of that host
  std::uint64_t fence = 0;                           ///< the number of that lease
  bool operator==(store_holder const&) const = default;
};

/// A store could not be opened, read or written. The text names the place and the system's reason,
/// and nothing of what is stored.
/// Threads: immutable; a copy may go to another thread.
class MTP_API store_error : public error {
 public:
  /// `place` is a path or an address without passwords; `reason` what the system or server said.
  store_error(client_errc what, std::string place, std::error_code reason = {});
  store_error(client_errc what, std::string place, std::string const& reason);

  std::string const& place() const noexcept { return place_; }
  /// Empty when it was not the system that refused.
  std::error_code reason() const noexcept { return reason_; }

 private:
  std::string place_;
  std::error_code reason_;
};

/// Another process, or another client of this one, holds the store; its code is
/// client_errc::session_in_use.
/// Threads: immutable; a copy may go to another thread.
class MTP_API store_in_use : public store_error {
 public:
  store_in_use(std::string place, store_holder holder);
  store_holder const& holder() const noexcept { return holder_; }

 private:
  store_holder holder_;
};

}  // namespace mtp::MTP_ABI
