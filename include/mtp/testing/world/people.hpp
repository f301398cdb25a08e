// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/testing/world/fault.hpp>

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace mtp::MTP_ABI::testing {

/// How the code of a log-in reaches its person. By firebase it is an SMS, which goes once the app
/// has shown a token, and only to apps that say they can.
enum class code_way {
  app,
  sms,
  word,
  phrase,
  call,
  flash_call,
  missed_call,
  fragment,
  email,
  firebase,
};

/// A web site, or a bot, at which an account is signed in.
struct web_login {
  std::int64_t id = 0;
  std::int64_t bot = 0;
  std::string domain = {};
  std::int32_t date = 0;
  bool may_write = false;   ///< the bot may write to the account
  bool has_phone = false;   ///< it was told the number
  bool has_wallet = false;  ///< it was shown the wallet
};

/// An account of the world: a person with a phone number, or a bot with a token.
struct person {
  std::int64_t id = 0;
  std::string first_name = {};
  std::string last_name = {};
  std::string username = {};
  std::string about = {};
  std::string phone = {};  ///< digits only, as the API shows it
  std::string code = {};   ///< the code that signs this phone number in
  std::string token = {};  ///< of a bot; empty for a person
  bytes commands = {};     ///< of a bot: Vector<BotCommand>, encoded; empty for none
  std::set<std::int64_t> contacts = {};
  std::int64_t message_price = 0;  ///< Stars that a message of somebody who is no contact costs

  int home_dc = 0;         ///< the only data centre that signs them in; 0 for any
  std::string email = {};  ///< where codes by e-mail go
  /// The ways of a code: the first one, and those of resending after it.
  std::vector<code_way> code_ways = {code_way::app, code_way::sms, code_way::call};
  bool must_set_email = false;      ///< the next log-in begins with an e-mail address
  std::int64_t code_price = 0;      ///< in cents of USD; codes are sent once that was paid
  bool banned = false;              ///< nobody may sign in with this number, or go on using it
  std::string accepted_terms = {};  ///< the id of the terms of service that they agreed to

  std::int32_t days_to_live = 365;  ///< after so many without a login the account is deleted
  std::vector<web_login> web_logins = {};

  bool is_bot() const { return !token.empty(); }
};

/// Everybody in the world, found by id, username, phone number or token.
/// Threads: not thread-safe; a data centre uses it on its own strand.
class MTP_API people {
 public:
  /// `seed` decides the access hashes: the same world gives the same ones after a restart.
  explicit people(std::uint64_t seed) : seed_(seed) {}

  /// Adds somebody; an id of 0 picks a free one. Returns the id.
  ///
  /// Errors: a sentence saying what is taken or missing.
  result<std::int64_t, std::string> add(person someone);

  person* find(std::int64_t id);
  person const* find(std::int64_t id) const;
  /// Without the leading `@`, in any case of letters.
  person* find_username(std::string_view username);
  /// With or without `+`, blanks and dashes.
  person* find_phone(std::string_view phone);
  person* find_token(std::string_view token);

  /// Gives the account another number.
  ///
  /// Errors: PHONE_NUMBER_OCCUPIED.
  outcome<> set_phone(std::int64_t id, std::string_view phone);

  /// Deletes the account: its number and its username are free.
  void remove(std::int64_t id);

  /// Changes the username; an empty one removes it.
  ///
  /// Errors: USERNAME_INVALID, USERNAME_OCCUPIED, USERNAME_NOT_MODIFIED.
  outcome<> set_username(std::int64_t id, std::string username);

  /// The access hash by which `viewer` may name `target`. Never 0.
  std::int64_t access_hash(std::int64_t viewer, std::int64_t target) const;

  std::map<std::int64_t, person> const& all() const { return by_id_; }

 private:
  std::uint64_t seed_;
  std::map<std::int64_t, person> by_id_;
  std::map<std::string, std::int64_t, std::less<>> by_username_;
  std::map<std::string, std::int64_t, std::less<>> by_phone_;
  std::map<std::string, std::int64_t, std::less<>> by_token_;
};

/// The digits of a phone number as people write it.
MTP_API std::string phone_digits(std::string_view phone);

/// The code of a test number 99966XYYYY, XXXXX; empty for other numbers.
MTP_API std::string test_number_code(std::string_view digits);

/// Whether a username has 3 to 32 letters, digits and underscores, beginning with a letter.
MTP_API bool plausible_username(std::string_view username);

}  // namespace mtp::MTP_ABI::testing
