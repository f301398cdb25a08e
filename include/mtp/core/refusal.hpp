// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/error.hpp>

#include <chrono>
#include <cstdint>
#include <optional>

namespace mtp::MTP_ABI {

/// What a refusal asks for (https://core.telegram.org/api/errors).
enum class refusal_class : std::uint8_t {
  permanent,        ///< nothing: asking again brings the same answer
  server_error,     ///< the server's own trouble: ask again, ever slower
  flood,            ///< too many requests: wait, then ask again
  pace,             ///< the speed at which files are served: wait, always
  cooldown,         ///< a wait that people want to know about, as that of slow mode
  frozen,           ///< the account may only read, until the server lifts that
  login_lost,       ///< nobody is signed in with this key any more
  password_needed,  ///< the log-in has a second step: the password of the account
  recaptcha,        ///< a token of reCAPTCHA is wanted: see recaptcha_needed
  restart_login,    ///< the log-in must be begun anew (AUTH_RESTART)
  move_account,     ///< the account, or the number, is at home in another data centre
  move_request,     ///< what is asked for lies in another data centre
  init_connection,  ///< the server has forgotten which client this is
  renew_key,        ///< somebody else uses the key: it is dead
};

/// What some refusals say beyond their class, to whoever made that request.
enum class refusal_reason : std::uint8_t {
  other,
  executed_before,    ///< a request with the same random id was (RANDOM_ID_DUPLICATE)
  username_invalid,   ///< nobody is called so, or can be (USERNAME_...)
  method_frozen,      ///< no frozen account may make this call, whatever its arguments
  channel_closed,     ///< the channel is gone, or closed to the account
  position_invalid,   ///< the server does not know the position that updates were asked from
  ticket_invalid,     ///< an exported authorisation was used up, or is none
  key_unbound,        ///< the temporary key is bound to no permanent one
  key_bound,          ///< the temporary key is bound already
  key_unknown,        ///< the permanent key of a binding is not known, or its proof does not fit
  binding_invalid,    ///< the request that binds a temporary key is wrong, not the keys
  email_unconfirmed,  ///< the address counts when its code has been told
  client_invalid,     ///< what introduces the client is missing or wrong (CONNECTION_...)
};

/// The class of a refusal, decided by one table. The library acts by it; a program may too.
MTP_API refusal_class class_of(rpc_failure const& why) noexcept;

/// The reason of a refusal, decided by the same table.
MTP_API refusal_reason reason_of(rpc_failure const& why) noexcept;

/// Whether the refusal of a call says that nobody is signed in with this key, or not wholly:
/// `login_lost`, `password_needed` and `restart_login`.
MTP_API bool means_no_login(rpc_failure const& why) noexcept;

/// Whether the server wants us to wait before the request is repeated, which is thrown as
/// `flood_wait`: `flood`, `pace` and `cooldown`.
MTP_API bool asks_to_wait(rpc_failure const& why) noexcept;

/// Whether the same request may succeed later although nobody does anything: `server_error`,
/// `flood`, `pace` and `cooldown`.
MTP_API bool is_transient(rpc_failure const& why) noexcept;
MTP_API bool is_transient(rpc_error const& why) noexcept;

/// How long to wait before the request is repeated, as the server says, or as is known of refusals
/// that name no time; empty when neither does.
/// Never negative, and at most 1'000'000 seconds.
MTP_API std::optional<std::chrono::seconds> wait_of(rpc_failure const& why) noexcept;
MTP_API std::optional<std::chrono::seconds> wait_of(rpc_error const& why) noexcept;

/// The data centre that `move_account` and `move_request` name; empty for all other refusals.
MTP_API std::optional<int> dc_of(rpc_failure const& why) noexcept;
MTP_API std::optional<int> dc_of(rpc_error const& why) noexcept;

}  // namespace mtp::MTP_ABI
