// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/testing/world/login_rules.hpp>
#include <mtp/testing/world/people.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mtp::MTP_ABI::testing {

/// A code on its way to whoever signs in.
struct login_code {
  std::string hash = {};   ///< phone_code_hash
  std::string code = {};   ///< what the person will type
  std::string email = {};  ///< where it goes when it goes by e-mail
  code_way way = code_way::app;
  std::optional<code_way> next = {};  ///< the way of resending it; empty when there is none
  bool email_first = false;           ///< no code was sent: an address is to be set up before
  std::int64_t price = 0;             ///< no code was sent: that is to be paid before
};

/// What an app can make of codes that need more than a person who reads: `codeSettings`.
struct MTP_API code_abilities {
  bool firebase = false;
  bool flash_call = false;
  bool missed_call = false;

  /// Whether a code may go that way.
  bool allow(code_way way) const;
};

/// How `auth.signIn` ended well.
struct sign_in_result {
  std::int64_t user = 0;
  bool sign_up_required = false;  ///< the code was right, but nobody has this number yet
};

/// Codes on their way, and authorisations on their way between data centres.
/// Threads: not thread-safe; a data centre uses it on its own strand.
class MTP_API logins {
 public:
  /// Log-ins of one number that may be under way at once; a further one ends the oldest.
  static constexpr std::size_t codes_per_phone = 16;

  /// Begins a log-in by phone. Others under way go on: each has a hash of its own. The code goes
  /// the ways of the account that the app can use.
  ///
  /// Errors: PHONE_NUMBER_INVALID, PHONE_NUMBER_BANNED, PHONE_NUMBER_UNOCCUPIED, FLOOD_WAIT_X,
  /// SEND_CODE_UNAVAILABLE (406) when the app can use none of the ways.
  outcome<login_code> send_code(people& who, std::string_view phone, std::int32_t now,
                                login_rules const& rules = {}, code_abilities can = {});
  /// Sends the code once more, in the next way and under a new hash.
  ///
  /// Errors: PHONE_CODE_EXPIRED, SEND_CODE_UNAVAILABLE (406).
  outcome<login_code> resend_code(std::string_view phone, std::string_view hash, std::int32_t now);
  /// How the code went; empty for none that is on its way.
  std::optional<code_way> way_of(std::string_view phone, std::string_view hash) const;

  /// Checks the code that the person typed.
  ///
  /// Errors: PHONE_NUMBER_INVALID, PHONE_CODE_EMPTY, FLOOD_WAIT_X, PHONE_CODE_EXPIRED,
  /// PHONE_CODE_INVALID, EMAIL_CODE_INVALID.
  outcome<sign_in_result> sign_in(people& who, std::string_view phone, std::string_view hash,
                                  std::string_view code, std::int32_t now,
                                  login_rules const& rules = {});

  /// Makes an account for a number whose code was checked before.
  ///
  /// Errors: PHONE_CODE_EXPIRED, PHONE_NUMBER_OCCUPIED, FIRSTNAME_INVALID.
  outcome<std::int64_t> sign_up(people& who, std::string_view phone, std::string_view hash,
                                std::string first_name, std::string last_name);

  /// Drops a code that was sent; false when there is none.
  bool cancel(std::string_view phone, std::string_view hash);

  // --- A code that Firebase vouches for, and one that does not come
  /// What Firebase makes of the nonce of a code, which is its hash: the token that is good for it.
  static std::string vouch(std::string_view nonce);
  /// Sends the code when the token is good for it; false when it is not.
  ///
  /// Errors: PHONE_CODE_EXPIRED.
  outcome<bool> show_token(std::string_view phone, std::string_view hash, std::string_view token,
                           std::int32_t now);
  /// Notes that a code has not come, in which mobile network.
  ///
  /// Errors: PHONE_CODE_EXPIRED.
  outcome<> report_missing(std::string_view phone, std::string_view hash, std::string network,
                           std::int32_t now);
  /// What was noted last: of which number, and its network.
  std::pair<std::string, std::string> const& last_missing() const { return missing_; }

  // --- A code that is paid for
  /// Somebody pays for a code; returns the number of the form. Empty when there is nothing to pay.
  std::optional<std::int64_t> pay(std::string_view phone, std::string_view hash);
  /// Sends the code when it was paid for by that form; otherwise says again what is to be paid.
  ///
  /// Errors: PHONE_CODE_EXPIRED.
  outcome<login_code> check_paid(std::string_view phone, std::string_view hash, std::int64_t form,
                                 std::int32_t now);

  // --- An address that is set up at a log-in
  /// Sends a code there.
  ///
  /// Errors: PHONE_HASH_EXPIRED, EMAIL_INVALID.
  outcome<login_code> send_email_code(people& who, std::string_view phone, std::string_view hash,
                                      std::string address, std::int32_t now);
  /// Checks that code. From then on codes go to the address first; the one of this log-in goes as
  /// they went before.
  ///
  /// Errors: PHONE_HASH_EXPIRED, EMAIL_VERIFY_EXPIRED, CODE_INVALID, FLOOD_WAIT_X.
  outcome<login_code> verify_email(people& who, std::string_view phone, std::string_view hash,
                                   std::string_view code, std::int32_t now,
                                   login_rules const& rules = {});

  /// A one-time ticket by which another data centre knows `user`.
  bytes export_to(int dc, std::int64_t user, std::uint64_t random, std::int32_t now);
  /// The user of a ticket made for `dc`, once.
  ///
  /// Errors: AUTH_BYTES_INVALID, USER_ID_INVALID.
  outcome<std::int64_t> import_at(int dc, std::int64_t user, bytes_view ticket, std::int32_t now);

 private:
  struct pending {
    login_code sent = {};
    std::vector<code_way> later = {};  ///< the ways after this one
    std::int32_t at = 0;
    std::int32_t ends = 0;
    int tries = 0;
    bool checked = false;
    code_abilities can = {};   ///< of the app
    bool vouched = false;      ///< by Firebase
    std::int64_t paid_by = 0;  ///< the form; 0: not paid
    std::string address = {};  ///< that is being set up
    std::int32_t address_at = 0;
  };
  struct exported {
    int dc = 0;
    std::int64_t user = 0;
    std::int32_t made = 0;
  };

  using codes = std::multimap<std::string, pending, std::less<>>;
  codes::iterator find_code(std::string_view digits, std::string_view hash);
  std::string make_hash();
  login_code keep(std::string const& digits, pending fresh, std::int32_t now);
  outcome<> check_pause(std::string const& digits, std::int32_t now) const;
  pending* find_set_up(std::string_view phone, std::string_view hash, std::int32_t now);
  rpc_fault wrong(std::string const& digits, std::string_view text, login_rules const& rules,
                  std::int32_t now);

  codes codes_;  ///< by phone; of one number, in the order in which they were sent
  std::map<std::string, patience> patience_;  ///< by phone
  std::map<bytes, exported> tickets_;
  std::pair<std::string, std::string> missing_;
  std::uint64_t count_ = 0;
};

}  // namespace mtp::MTP_ABI::testing
