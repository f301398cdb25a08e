// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/task.hpp>
#include <mtp/login/flow.hpp>
#include <mtp/types/sent_code.hpp>
#include <mtp/types/user.hpp>

#include <memory>
#include <string_view>

namespace mtp::MTP_ABI {

namespace detail {
class client_core;
}

/// Signing in, and who is signed in (https://core.telegram.org/api/auth). Made by client::auth().
///
/// Lifetime: keeps what the client is made of, not its connection. Threads: as client.
class MTP_API auth_methods {
 public:
  explicit auth_methods(std::shared_ptr<detail::client_core> client);

  /// Signs in as the bot of `token`. Only asks who that is when the session is that bot's already.
  /// Should the server forget the login later, the library signs in again by itself; when it may
  /// not, the call that found that and the stream of updates throw what the server says.
  ///
  /// Lifetime: copies the token. Cancellation: terminal; the bot may be signed in nevertheless.
  /// Errors: rpc_error, as ACCESS_TOKEN_INVALID; bad_config when the session is another account's;
  /// client_closed.
  task<user> sign_in_bot(std::string_view token) const;

  /// Takes a log-in as far as it goes without its person, and returns what it needs next of them:
  /// answer that by login::flow::answer(), and go on. login::done is the last step. Somebody who is
  /// signed in already is found at once.
  ///
  /// Lifetime: `flow` lives until this ends. Cancellation: terminal; the same flow goes on from
  /// where it was, and what the server has done until then counts. Errors: rpc_error for what no
  /// answer can change, as API_ID_INVALID; protocol_errc when the server's part of a password check
  /// is unsafe; bad_config when the session is another account's than the bot token; not_signed_in
  /// when the server leads round in circles; outcome_unknown; client_closed. After an error too the
  /// flow goes on from where it was.
  task<login::step> sign_in(login::flow& flow) const;

  /// Signs in and asks `ask` for whatever that needs, again after a wrong answer.
  ///
  /// Lifetime: keeps `ask` until it ends. Threads: `ask` is called, and its task runs, on the
  /// strand of the client. Cancellation: terminal. Errors: as the other; what `ask` throws;
  /// bad_argument for an answer to something else.
  task<user> sign_in(login::asker ask) const;

  /// Signs in as a person. Only asks who that is when somebody with that session is signed in
  /// already, whatever the number.
  ///
  /// Lifetime: copies its arguments. Cancellation: terminal; the person may be signed in
  /// nevertheless. Errors: rpc_error, as PHONE_CODE_INVALID; password_needed; not_signed_in when
  /// the number has no account; what `ask_for_code` throws; outcome_unknown; client_closed.
  task<user> sign_in(std::string_view phone, code_prompt ask_for_code) const;

  /// Ends the login of this session at the server and here. The session keeps what the server gives
  /// for it, with which the same number may sign in again without a code. The stream of updates
  /// ends with not_signed_in.
  ///
  /// Cancellation: terminal; the login may be ended nevertheless. Errors: rpc_error, but none when
  /// nobody was signed in; outcome_unknown; client_closed.
  task<> sign_out() const;

  /// Who is signed in, as the server has it.
  ///
  /// Cancellation: terminal. Errors: auth_required when nobody is signed in; rpc_error and its
  /// other kinds; decode when the answer names nobody; client_closed.
  task<user> get_me() const;

 private:
  std::shared_ptr<detail::client_core> client_;
};

}  // namespace mtp::MTP_ABI
