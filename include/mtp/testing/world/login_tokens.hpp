// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/core/random.hpp>
#include <mtp/testing/world/fault.hpp>

#include <cstdint>
#include <map>
#include <vector>

namespace mtp::MTP_ABI::testing {

/// Log-ins by QR code that are under way (https://core.telegram.org/api/qr-login).
/// Threads: not thread-safe; a data centre uses it on its own strand.
class MTP_API qr_logins {
 public:
  /// A client that shows a code: its data centre, and its permanent key there.
  struct shower {
    int dc = 0;
    std::int64_t key = 0;
    bool operator==(shower const&) const = default;
  };
  struct token {
    bytes text = {};
    std::int32_t expires = 0;
  };

  /// The token that the client shows: the one before, as long as that is good.
  token show(shower who, random_source& random, std::int32_t lifetime, std::int32_t now);
  /// Who has accepted the token of that client; empty text and 0 when nobody has.
  struct acceptance {
    bytes text = {};
    std::int64_t user = 0;
  };
  acceptance accepted(shower who, std::int32_t now) const;
  /// Somebody scanned a code. Returns who shows it; they hear of it, see take_scans().
  ///
  /// Errors: AUTH_TOKEN_INVALIDX, AUTH_TOKEN_EXPIRED, AUTH_TOKEN_ALREADY_ACCEPTED.
  outcome<shower> accept(bytes_view text, std::int64_t user, std::int32_t lifetime,
                         std::int32_t now);
  /// Ends a log-in; returns who accepted it. Whoever comes with the same token later, is told so.
  ///
  /// Errors: AUTH_TOKEN_INVALID, AUTH_TOKEN_EXPIRED, AUTH_TOKEN_ALREADY_ACCEPTED.
  outcome<std::int64_t> take(bytes_view text, std::int32_t now);

  /// The clients whose codes were scanned since the last call.
  std::vector<shower> take_scans();

 private:
  struct pending {
    shower by = {};
    std::int32_t expires = 0;
    std::int64_t user = 0;
    bool taken = false;  ///< somebody has signed in by it
  };
  std::map<bytes, pending> pending_;  ///< by token
  std::vector<shower> scans_;
};

/// What is given to who signs out, so that the same number gets in again without a code.
/// Threads: not thread-safe; a data centre uses it on its own strand.
class MTP_API logout_tokens {
 public:
  bytes give(std::int64_t user, random_source& random);
  /// Whether one of `shown` was given to the user; it is used up by that.
  bool take(std::int64_t user, std::vector<bytes> const& shown);

 private:
  std::map<bytes, std::int64_t> given_;
};

}  // namespace mtp::MTP_ABI::testing
