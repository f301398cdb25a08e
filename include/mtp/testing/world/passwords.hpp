// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/core/random.hpp>
#include <mtp/crypto/dh.hpp>
#include <mtp/testing/world/fault.hpp>
#include <mtp/testing/world/login_rules.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace mtp::MTP_ABI::testing {

/// What a server keeps of a password (https://core.telegram.org/api/srp): enough to check a proof,
/// not to make one. The group is that of the known prime and the generator 3.
struct kept_password {
  bytes salt1 = {};
  bytes salt2 = {};
  bytes verifier = {};  ///< 256 bytes
  std::string hint = {};
};

/// The passwords of all accounts, their proofs, and the e-mail addresses for their recovery.
/// Threads: not thread-safe; a data centre uses it on its own strand.
class MTP_API passwords {
 public:
  static constexpr int generator = 3;

  /// `seed` decides the salts of passwords that are given as text.
  explicit passwords(std::uint64_t seed) : seed_(seed) {}

  // --- What is kept
  bool has(std::int64_t account) const { return kept_.contains(account); }
  kept_password const* find(std::int64_t account) const;
  /// Sets or replaces a password; challenges that were shown before are good no more.
  void set(std::int64_t account, kept_password fresh);
  /// The same from its text, which takes some 0.1 s. The salts follow from the seed of the world.
  void set(std::int64_t account, std::string_view text, std::string hint);
  /// Removes it. The address for the recovery stays known.
  void remove(std::int64_t account);
  /// Empty when there is none.
  std::string recovery_email(std::int64_t account) const;
  void set_recovery_email(std::int64_t account, std::string address);

  /// An address that is to be confirmed by `code`; one before is forgotten.
  void begin_address(std::int64_t account, std::string address, std::string code, std::int32_t now);
  /// Sends that code once more.
  ///
  /// Errors: EMAIL_HASH_EXPIRED when no address is to be confirmed.
  outcome<> resend_address_code(std::int64_t account, std::int32_t now);
  /// Forgets that address. Errors: as resend_address_code().
  outcome<> cancel_address(std::int64_t account);
  /// The address that is to be confirmed; empty for none.
  std::string unconfirmed_address(std::int64_t account) const;
  /// From now on that is the address for the recovery.
  ///
  /// Errors: EMAIL_HASH_EXPIRED, CODE_INVALID.
  outcome<> confirm_address(std::int64_t account, std::string_view code, login_rules const& rules,
                            std::int32_t now);

  /// The beginning of salt1, and salt2, that a new password of the account must have.
  kept_password form_of(std::int64_t account) const;
  /// Whether those are its salts, and its verifier is a number of that group.
  bool fits(std::int64_t account, kept_password const& fresh) const;

  // --- Proofs
  struct challenge {
    std::int64_t id = 0;
    bytes server_value = {};
  };
  /// What the account must answer with a proof, once.
  ///
  /// Errors: PASSWORD_EMPTY.
  outcome<challenge> show(std::int64_t account, random_source& random, std::int32_t now);
  /// Checks a proof, and uses its challenge up.
  ///
  /// Errors: PASSWORD_EMPTY, FLOOD_WAIT_X, SRP_ID_INVALID, SRP_A_INVALID, PASSWORD_HASH_INVALID.
  outcome<> check(std::int64_t account, std::int64_t id, bytes_view public_value, bytes_view proof,
                  login_rules const& rules, std::int32_t now);

  // --- Removal without the password, after a wait
  /// What asking for it came to: the password is gone, or goes when this is asked for again then,
  /// or it may not be asked for before then.
  enum class reset_state { done, begun, too_early };
  struct reset_answer {
    reset_state state = reset_state::done;
    std::int32_t date = 0;  ///< of `begun` and `too_early`
  };
  /// Errors: PASSWORD_EMPTY.
  outcome<reset_answer> reset(std::int64_t account, login_rules const& rules, std::int32_t now);
  /// Takes that back. Errors: RESET_REQUEST_MISSING.
  outcome<> decline_reset(std::int64_t account, login_rules const& rules, std::int32_t now);
  /// When the password may go that somebody wants gone; 0 when nobody does.
  std::int32_t reset_date(std::int64_t account) const;

  // --- Recovery
  /// Sends a code to the account's address; returns that address, with stars in it.
  ///
  /// Errors: PASSWORD_EMPTY, PASSWORD_RECOVERY_NA.
  outcome<std::string> begin_recovery(std::int64_t account, std::string code, std::int32_t now);
  /// Checks the code that was sent; it stays good.
  ///
  /// Errors: CODE_EMPTY, FLOOD_WAIT_X, PASSWORD_RECOVERY_EXPIRED, CODE_INVALID.
  outcome<> check_recovery(std::int64_t account, std::string_view code, login_rules const& rules,
                           std::int32_t now);

 private:
  struct shown {
    std::int64_t account = 0;
    std::int32_t made = 0;
    crypto::dh_group::pair own = {};
    crypto::dh_value value = {};
  };
  struct recovery {
    std::string code = {};
    std::int32_t sent = 0;
  };
  outcome<> check_proof(kept_password const& kept, shown const& asked, bytes_view public_value,
                        bytes_view proof) const;
  void drop_challenges(std::int64_t account);

  std::uint64_t seed_;
  std::map<std::int64_t, kept_password> kept_;
  std::map<std::int64_t, std::string> emails_;
  struct new_address {
    std::string address = {};
    std::string code = {};
    std::int32_t sent = 0;
  };
  std::map<std::int64_t, new_address> new_addresses_;
  std::map<std::int64_t, shown> shown_;  ///< by challenge
  std::map<std::int64_t, recovery> recoveries_;
  std::map<std::int64_t, std::int32_t> resets_;       ///< by account, when they are due
  std::map<std::int64_t, std::int32_t> next_resets_;  ///< not before that
  std::map<std::int64_t, patience> patience_;
};

/// An address as strangers may see it: "a***e@example.org".
MTP_API std::string with_stars(std::string_view address);

}  // namespace mtp::MTP_ABI::testing
