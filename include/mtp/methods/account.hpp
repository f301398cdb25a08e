// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/task.hpp>
#include <mtp/login/code_options.hpp>
#include <mtp/types/account_session.hpp>
#include <mtp/types/passkey.hpp>
#include <mtp/types/password_state.hpp>
#include <mtp/types/sent_code.hpp>
#include <mtp/types/user.hpp>
#include <mtp/types/web_login.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace mtp::MTP_ABI {

namespace detail {
class client_core;
}

/// A new password, and what proves that it is the account's own person who sets it.
struct new_password_options {
  std::string_view current = {};  ///< the password until now; empty when there was none
  std::string_view hint = {};     ///< everybody who signs in sees it
};

/// A code that went to the number that an account is to have.
struct number_change {
  std::string phone = {};
  std::string hash = {};
  sent_code sent = {};
};

/// Written out by whoever means it: `delete_account(confirm_deletion{"I move"})`.
struct confirm_deletion {
  /// For the server, which asks for one.
  explicit confirm_deletion(std::string_view why, std::string_view current_password = {})
      : reason(why), password(current_password) {}

  std::string_view reason;
  std::string_view password;  ///< of an account that has one; without it deletion waits a week
};

/// What a person does with their own account. Made by client::account().
///
/// Lifetime: keeps what the client is made of, not its connection. Threads: as client.
class MTP_API account_methods {
 public:
  explicit account_methods(std::shared_ptr<detail::client_core> client);

  // --- Who is signed in (https://core.telegram.org/api/auth#confirming-login)

  /// The logins of the account, this one among them.
  /// Cancellation: terminal. Errors: rpc_error; client_closed.
  task<std::vector<account_session>> sessions() const;
  /// Ends another login.
  ///
  /// Cancellation: terminal; it may be ended nevertheless. Errors: rpc_error, as HASH_INVALID when
  /// there is no such login, FRESH_RESET_AUTHORISATION_FORBIDDEN in the first day of this one;
  /// bad_argument for the login that asks: sign_out() ends that; outcome_unknown; client_closed.
  task<> end_session(std::int64_t id) const;
  /// Ends all other logins. Cancellation: terminal; they may be ended nevertheless.
  /// Errors: as end_session().
  task<> end_other_sessions() const;
  /// Says that an unconfirmed login is one's own; end_session() refuses it. The other logins hear
  /// of a login, and that it was confirmed, by new_login, whose id() is this one.
  /// Cancellation: terminal. Errors: rpc_error, as HASH_INVALID; outcome_unknown; client_closed.
  task<> confirm_session(std::int64_t id) const;
  /// Lets the device in that shows a QR code: `url` is what the code says, "tg://login?token=...".
  ///
  /// Lifetime: copies the address. Cancellation: terminal; the device may be let in nevertheless.
  /// Errors: bad_argument for another address; rpc_error, as AUTH_TOKEN_EXPIRED,
  /// AUTH_TOKEN_ALREADY_ACCEPTED; outcome_unknown; client_closed.
  task<account_session> accept_login(std::string_view url) const;

  /// The web sites and bots that the account is signed in with.
  /// Cancellation: terminal. Errors: rpc_error; client_closed.
  task<std::vector<web_session>> web_sessions() const;
  /// Ends one of them. Cancellation: terminal; it may be ended nevertheless.
  /// Errors: rpc_error, as HASH_INVALID; outcome_unknown; client_closed.
  task<> end_web_session(std::int64_t id) const;
  /// Ends all of them. Cancellation: terminal; they may be ended nevertheless.
  /// Errors: rpc_error; outcome_unknown; client_closed.
  task<> end_web_sessions() const;

  // --- Signing in at web sites (https://core.telegram.org/api/url-authorization)

  /// What a button of a message, or an address, asks for: a person says yes or no to a
  /// web_login_request. Addresses are those of sites that Telegram knows, which it lists in
  /// help.getAppConfig as url_auth_domains, and links "tg://oauth?...", of which a mini app says
  /// where it comes from ("https://host"): `origin`.
  ///
  /// Lifetime: copies its arguments. Cancellation: terminal. Errors: rpc_error, as URL_INVALID,
  /// URL_EXPIRED, MESSAGE_ID_INVALID; unknown_peer for a chat that was not met; decode for an
  /// answer that says nothing; client_closed.
  task<web_login_answer> ask_web_login(login_button const& by) const;
  /// The same by an address. Cancellation, Errors: as the other.
  task<web_login_answer> ask_web_login(std::string_view url, std::string_view origin = {}) const;
  /// Tries the code that the person chose of web_login_request::match_codes, when match_code_first
  /// wants that before anything else. False for the wrong one.
  ///
  /// Lifetime: copies its arguments. Cancellation: terminal. Errors: rpc_error, as URL_INVALID;
  /// outcome_unknown; client_closed.
  task<bool> check_match_code(std::string_view url, std::string_view code) const;
  /// Signs in there. The site is in web_sessions() from then on.
  ///
  /// Lifetime: copies its arguments. Cancellation: terminal; the account may be signed in
  /// nevertheless. Errors: as ask_web_login(); rpc_error when the match code is wrong or missing;
  /// outcome_unknown.
  task<web_login_answer> accept_web_login(login_button const& by,
                                          accept_web_login_options options = {}) const;
  /// The same by an address. Cancellation, Errors: as the other.
  task<web_login_answer> accept_web_login(std::string_view url,
                                          accept_web_login_options options = {}) const;
  /// Tells the page of a link "tg://oauth?..." that nobody signs in. A button, or another address,
  /// needs no refusal: it is not accepted.
  ///
  /// Lifetime: copies its argument. Cancellation: terminal; it may be refused nevertheless.
  /// Errors: rpc_error, as URL_INVALID; outcome_unknown; client_closed.
  task<> decline_web_login(std::string_view url) const;

  // --- The password (https://core.telegram.org/api/srp)

  /// Sets a password, or another one in place of `options.current`. Neither goes to the server.
  ///
  /// Lifetime: copies its arguments; what is kept of the passwords is wiped. Cancellation:
  /// terminal; the password may be set nevertheless. Errors: bad_argument for an empty one;
  /// rpc_error, as PASSWORD_HASH_INVALID when `current` is wrong; bad_dh_prime and its kind when
  /// the server's part is unsafe; decode for a server that keeps passwords in an unknown way;
  /// outcome_unknown; client_closed.
  task<> set_password(std::string_view fresh, new_password_options options = {}) const;
  /// Removes the password. Lifetime, Cancellation, Errors: as set_password().
  task<> remove_password(std::string_view current) const;
  /// Names the address to which the code for a forgotten password goes. It counts when
  /// confirm_recovery_email() was told the code that is sent there now.
  ///
  /// Lifetime, Cancellation: as set_password(). Errors: as that; rpc_error, as EMAIL_INVALID.
  task<> set_recovery_email(std::string_view current, std::string_view address) const;
  /// Confirms that address. Lifetime: copies the code. Cancellation: terminal; it may be confirmed
  /// nevertheless. Errors: rpc_error, as CODE_INVALID, EMAIL_HASH_EXPIRED when none is to be
  /// confirmed; outcome_unknown; client_closed.
  task<> confirm_recovery_email(std::string_view code) const;
  /// Sends the code for an address that is to be confirmed once more.
  ///
  /// Cancellation: terminal; it may be sent nevertheless. Errors: rpc_error, as EMAIL_HASH_EXPIRED
  /// when none is to be confirmed; outcome_unknown; client_closed.
  task<> resend_recovery_email_code() const;
  /// Takes back an address that is to be confirmed.
  /// Cancellation: terminal; it may be taken back nevertheless. Errors: as the one before.
  task<> cancel_recovery_email() const;
  /// What the server says of the password.
  /// Cancellation: terminal. Errors: rpc_error; client_closed.
  task<mtp::password_state> password() const;
  /// Asks that a forgotten password be removed though no address can recover it: begins a wait, and
  /// once that is over removes it.
  ///
  /// Cancellation: terminal; it may be begun or removed nevertheless. Errors: rpc_error, as
  /// PASSWORD_EMPTY; decode for an answer that says neither; outcome_unknown; client_closed.
  task<mtp::password_reset> reset_password() const;
  /// Takes that back: whoever knows the password is not locked out by who has the device.
  ///
  /// Cancellation: terminal; it may be taken back nevertheless. Errors: rpc_error, as
  /// RESET_REQUEST_MISSING; outcome_unknown; client_closed.
  task<> cancel_password_reset() const;
  /// Sends a code to the address for a forgotten password, and returns that with stars in it.
  /// Cancellation: terminal; it may be sent nevertheless. Errors: rpc_error, as
  /// PASSWORD_RECOVERY_NA without an address; outcome_unknown; client_closed.
  task<std::string> send_recovery_code() const;
  /// Removes a forgotten password. Lifetime: copies the code. Cancellation: terminal; it may be
  /// removed nevertheless. Errors: rpc_error, as CODE_INVALID, PASSWORD_RECOVERY_EXPIRED;
  /// outcome_unknown; client_closed.
  task<> recover_password(std::string_view code) const;

  // --- Passkeys (https://core.telegram.org/api/passkeys)

  /// The passkeys of the account.
  /// Cancellation: terminal. Errors: rpc_error; client_closed.
  task<std::vector<passkey>> passkeys() const;
  /// What an authenticator makes a new passkey of: options of WebAuthn, as JSON, for
  /// navigator.credentials.create() or what does the same.
  ///
  /// Cancellation: terminal. Errors: rpc_error; outcome_unknown; client_closed.
  task<std::string> begin_passkey() const;
  /// Adds what the authenticator made of that: whoever has it may sign in by it.
  ///
  /// Lifetime: copies its argument. Cancellation: terminal; it may be added nevertheless.
  /// Errors: rpc_error when the server does not accept it; outcome_unknown; client_closed.
  task<passkey> add_passkey(passkey_attestation made) const;
  /// Removes one. Lifetime: copies the id. Cancellation: terminal; it may be removed nevertheless.
  /// Errors: rpc_error, as CREDENTIAL_INVALID; outcome_unknown; client_closed.
  task<> remove_passkey(std::string_view id) const;

  // --- The number, and the end

  /// Sends a code to the number that the account is to have.
  ///
  /// Lifetime: copies the number. Cancellation: terminal; the code may be sent nevertheless.
  /// Errors: rpc_error, as PHONE_NUMBER_INVALID, PHONE_NUMBER_OCCUPIED; decode when the server
  /// sends none; outcome_unknown; client_closed.
  task<number_change> send_number_code(std::string_view phone) const;
  /// The same, with what the program can make of the code.
  /// Lifetime, Cancellation, Errors: as the other.
  task<number_change> send_number_code(std::string_view phone,
                                       login::code_options const& how) const;
  /// Gives the account that number.
  ///
  /// Lifetime: copies its arguments. Cancellation: terminal; it may be changed nevertheless.
  /// Errors: rpc_error, as PHONE_CODE_INVALID, PHONE_CODE_EXPIRED; outcome_unknown; client_closed.
  task<> change_number(number_change const& to, std::string_view code) const;

  /// After how many days without any login the account is deleted.
  /// Cancellation: terminal. Errors: rpc_error; client_closed.
  task<std::chrono::days> days_to_live() const;
  /// Changes that. Cancellation: terminal; it may be changed nevertheless.
  /// Errors: rpc_error, as TTL_DAYS_INVALID; bad_argument beyond 32 bits; outcome_unknown;
  /// client_closed.
  task<> set_days_to_live(std::chrono::days span) const;
  /// Deletes the account for good, with all that is in it. Nobody is signed in afterwards: calls
  /// and the stream of updates throw auth_required.
  ///
  /// Lifetime: copies its argument. Cancellation: terminal; the account may be deleted
  /// nevertheless. Errors: rpc_error, as PASSWORD_HASH_INVALID, 2FA_CONFIRM_WAIT; those of
  /// set_password() with a password; outcome_unknown; client_closed.
  task<> delete_account(confirm_deletion sure) const;

 private:
  std::shared_ptr<detail::client_core> client_;
};

}  // namespace mtp::MTP_ABI
