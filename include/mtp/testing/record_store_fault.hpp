// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>

#include <stdexcept>

namespace mtp::MTP_ABI::testing {

/// What a check throws when the store is not as it must be; the text says what was wrong.
/// Threads: immutable; a copy may go to another thread.
class MTP_API record_store_fault : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace mtp::MTP_ABI::testing
