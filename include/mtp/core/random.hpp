// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>

namespace mtp::MTP_ABI {

/// Where a machine takes its random bytes from: an argument, so that a test can replay a run.
/// Threads: an implementation says whether several threads may draw; all may from system_random().
class MTP_API random_source {
 public:
  virtual ~random_source() = default;
  /// Fills `out` completely.
  virtual void fill(mutable_bytes out) = 0;

  /// An integer or array of bytes, all of whose bits are random.
  template <class T>
    requires std::is_trivially_copyable_v<T>
  T make() {
    T value;
    fill({reinterpret_cast<std::uint8_t*>(&value), sizeof value});
    return value;
  }
};

/// The random generator of the operating system, by way of OpenSSL. Fit for keys.
///
/// Errors: throws std::runtime_error when the system has no entropy to give.
/// Threads: may be used from several at once.
MTP_API random_source& system_random();

}  // namespace mtp::MTP_ABI
