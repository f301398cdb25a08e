// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/testing/world/people.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace mtp::MTP_ABI::testing {

/// How `auth.signIn` ended well.
struct sign_in_result {
  std::int64_t user = 0;
  bool sign_up_required = false;  ///< the code was right, but nobody has this number yet
};

/// Codes on their way, and authorisations on their way between data centres.
/// Threads: not thread-safe; a data centre uses it on its own strand.
class MTP_API logins {
 public:
  static constexpr std::int32_t code_lifetime = 300;  ///< seconds

  /// Log-ins of one number that may be under way at once; a further one ends the oldest.
  static constexpr std::size_t codes_per_phone = 16;

  /// Begins a log-in by phone; returns the phone_code_hash. Others under way go on: each has a hash
  /// of its own.
  ///
  /// Errors: PHONE_NUMBER_INVALID, PHONE_NUMBER_UNOCCUPIED.
  outcome<std::string> send_code(people& who, std::string_view phone, std::int32_t now);

  /// Checks the code that the person typed.
  ///
  /// Errors: PHONE_NUMBER_INVALID, PHONE_CODE_EMPTY, PHONE_CODE_EXPIRED, PHONE_CODE_INVALID.
  outcome<sign_in_result> sign_in(people& who, std::string_view phone, std::string_view hash,
                                  std::string_view code, std::int32_t now);

  /// Makes an account for a number whose code was checked before.
  ///
  /// Errors: PHONE_CODE_EXPIRED, PHONE_NUMBER_OCCUPIED, FIRSTNAME_INVALID.
  outcome<std::int64_t> sign_up(people& who, std::string_view phone, std::string_view hash,
                                std::string first_name, std::string last_name);

  /// Drops a code that was sent; false when there is none.
  bool cancel(std::string_view phone, std::string_view hash);

  /// A one-time ticket by which another data centre knows `user`.
  bytes export_to(int dc, std::int64_t user, std::uint64_t random, std::int32_t now);
  /// The user of a ticket made for `dc`, once.
  ///
  /// Errors: AUTH_BYTES_INVALID, USER_ID_INVALID.
  outcome<std::int64_t> import_at(int dc, std::int64_t user, bytes_view ticket, std::int32_t now);

 private:
  struct pending {
    std::string hash = {};
    std::string code = {};
    std::int32_t sent = 0;
    int tries = 0;
    bool checked = false;
  };
  struct exported {
    int dc = 0;
    std::int64_t user = 0;
    std::int32_t made = 0;
  };

  using codes = std::multimap<std::string, pending, std::less<>>;
  codes::iterator find_code(std::string_view digits, std::string_view hash);

  codes codes_;  ///< by phone; of one number, in the order in which they were sent
  std::map<bytes, exported> tickets_;
  std::uint64_t count_ = 0;
};

}  // namespace mtp::MTP_ABI::testing
