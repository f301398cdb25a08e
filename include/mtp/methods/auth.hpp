// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/task.hpp>
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

  /// Signs in as a person. Only asks who that is when somebody with that session is signed in
  /// already, whatever the number.
  ///
  /// Lifetime: copies its arguments. Cancellation: terminal; the person may be signed in
  /// nevertheless. Errors: rpc_error, as PHONE_CODE_INVALID; password_needed; not_signed_in when
  /// the number has no account; what `ask_for_code` throws; outcome_unknown; client_closed.
  task<user> sign_in(std::string_view phone, code_prompt ask_for_code) const;

  /// Who is signed in, as the server has it.
  ///
  /// Cancellation: terminal. Errors: auth_required when nobody is signed in; rpc_error and its
  /// other kinds; decode when the answer names nobody; client_closed.
  task<user> get_me() const;

 private:
  std::shared_ptr<detail::client_core> client_;
};

}  // namespace mtp::MTP_ABI
