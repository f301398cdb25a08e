// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/crypto/hash.hpp>

#include <memory>

namespace mtp::MTP_ABI::crypto {

/// The MD5 of what comes piece by piece.
class md5_sum {
 public:
  /// Errors: throws std::bad_alloc, as all members.
  md5_sum();
  md5_sum(md5_sum&&) noexcept;
  ~md5_sum();

  void add(bytes_view data);
  /// Of all that was added. Nothing may be added afterwards.
  md5_digest finish();

 private:
  struct state;
  std::unique_ptr<state> state_;
};

}  // namespace mtp::MTP_ABI::crypto
