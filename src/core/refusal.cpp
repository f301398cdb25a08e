// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The classes of errors: https://core.telegram.org/api/errors
#include <mtp/core/refusal.hpp>

#include <mtp/core/recaptcha_needed.hpp>

#include <algorithm>
#include <string_view>

namespace mtp::MTP_ABI {
namespace {

constexpr int any_code = 0;
constexpr long long max_wait = 1'000'000;
constexpr int max_dc = 9999;
constexpr std::string_view recaptcha_prefix = "RECAPTCHA_CHECK_";

using std::chrono::seconds;
using what = refusal_class;
using reason = refusal_reason;

/// What is known of a name, or of all that begin like one that ends in '*'. The codes are those
/// that the servers use for it. The first row that fits decides.
struct refusal_row {
  int code;
  std::string_view name;
  refusal_class of;
  refusal_reason why = reason::other;
  std::optional<seconds> wait = {};  ///< for refusals that name none
};

constexpr refusal_row table[] = {
    {303, "PHONE_MIGRATE", what::move_account},
    {303, "NETWORK_MIGRATE", what::move_account},
    {303, "USER_MIGRATE", what::move_account},
    {303, "FILE_MIGRATE", what::move_request},
    {303, "STATS_MIGRATE", what::move_request},
    {420, "FLOOD_WAIT", what::flood},
    {420, "FLOOD_TEST_PHONE_WAIT", what::flood},
    {420, "FLOOD_PREMIUM_WAIT", what::pace},
    {any_code, "FLOOD_SKIP_FAILED_WAIT", what::server_error, reason::other, seconds(1)},
    {any_code, "WORKER_BUSY_TOO_LONG_RETRY", what::server_error, reason::other, seconds(1)},
    {any_code, "MSG_WAIT_TIMEOUT", what::server_error},  // the call before it still runs
    {any_code, "RANDOM_ID_DUPLICATE", what::permanent, reason::executed_before},
    {400, "USERNAME_*", what::permanent, reason::username_invalid},
    // The account and its login.
    {any_code, "FROZEN_METHOD_INVALID", what::frozen, reason::method_frozen},
    {any_code, "FROZEN_*", what::frozen},
    {any_code, "SESSION_PASSWORD_NEEDED", what::password_needed},
    {403, "RECAPTCHA_CHECK_*", what::recaptcha},
    {any_code, "AUTH_RESTART", what::restart_login},
    {any_code, "PASSKEY_AUTH_RESTART", what::restart_login},
    {400, "AUTH_BYTES_INVALID", what::permanent, reason::ticket_invalid},
    {400, "EMAIL_UNCONFIRMED", what::permanent, reason::email_unconfirmed},
    // Updates.
    {any_code, "CHANNEL_PRIVATE", what::permanent, reason::channel_closed},
    {any_code, "CHANNEL_INVALID", what::permanent, reason::channel_closed},
    {any_code, "USER_BANNED_IN_CHANNEL", what::permanent, reason::channel_closed},
    {400, "PERSISTENT_TIMESTAMP_INVALID", what::permanent, reason::position_invalid},
    // Keys, and what introduces the client.
    {any_code, "AUTH_KEY_DUPLICATED", what::renew_key},
    {401, "AUTH_KEY_PERM_EMPTY", what::login_lost, reason::key_unbound},
    {400, "ENCRYPTED_MESSAGE_INVALID", what::permanent, reason::key_unknown},
    {400, "TEMP_AUTH_KEY_ALREADY_BOUND", what::permanent, reason::key_bound},
    {400, "TEMP_AUTH_KEY_*", what::permanent, reason::binding_invalid},
    {400, "EXPIRES_AT_INVALID", what::permanent, reason::binding_invalid},
    {any_code, "CONNECTION_NOT_INITED", what::init_connection, reason::client_invalid},
    {any_code, "CONNECTION_LAYER_INVALID", what::init_connection, reason::client_invalid},
    {400, "CONNECTION_*", what::permanent, reason::client_invalid},
};

constexpr bool fits(refusal_row const& one, rpc_failure const& why) noexcept {
  if (one.code != any_code && one.code != why.code) return false;
  if (!one.name.ends_with('*')) return why.name == one.name;
  return why.name.starts_with(one.name.substr(0, one.name.size() - 1));
}

/// What a code says of names that are not in the table. 501 is how servers that are not Telegram's
/// own say that they do not have a function.
refusal_class class_of_code(int code) noexcept {
  if (code == 401) return refusal_class::login_lost;
  if (code == 420) return refusal_class::cooldown;
  if (code == 501) return refusal_class::permanent;
  return code < 0 || code >= 500 ? refusal_class::server_error : refusal_class::permanent;
}

/// The row of a refusal; one made from its code when no name fits.
refusal_row row_of(rpc_failure const& why) noexcept {
  auto const* const found =
      std::ranges::find_if(table, [&](refusal_row const& one) { return fits(one, why); });
  return found == std::end(table) ? refusal_row{why.code, {}, class_of_code(why.code)} : *found;
}

bool moves(refusal_class of) noexcept {
  return of == what::move_account || of == what::move_request;
}

bool names_a_dc(rpc_failure const& why) noexcept {
  return why.value && *why.value > 0 && *why.value <= max_dc;
}

}  // namespace

refusal_class class_of(rpc_failure const& why) noexcept {
  auto const found = row_of(why).of;
  return moves(found) && !names_a_dc(why) ? what::permanent : found;
}

refusal_reason reason_of(rpc_failure const& why) noexcept { return row_of(why).why; }

bool means_no_login(rpc_failure const& why) noexcept {
  auto const found = class_of(why);
  return found == what::login_lost || found == what::password_needed ||
         found == what::restart_login;
}

bool asks_to_wait(rpc_failure const& why) noexcept {
  auto const found = class_of(why);
  return found == what::flood || found == what::pace || found == what::cooldown;
}

bool is_transient(rpc_failure const& why) noexcept {
  return asks_to_wait(why) || class_of(why) == what::server_error;
}

std::optional<seconds> wait_of(rpc_failure const& why) noexcept {
  if (!asks_to_wait(why)) return row_of(why).wait;
  if (!why.value || *why.value < 0) return std::nullopt;
  return seconds(std::min(*why.value, max_wait));
}

std::optional<int> dc_of(rpc_failure const& why) noexcept {
  if (!moves(class_of(why))) return std::nullopt;
  return static_cast<int>(*why.value);
}

/// RECAPTCHA_CHECK_action__key: actions have no two underscores in a row, keys may.
std::optional<recaptcha_challenge> recaptcha_of(rpc_failure const& why) {
  if (class_of(why) != what::recaptcha) return std::nullopt;
  auto const rest = std::string_view(why.name).substr(recaptcha_prefix.size());
  auto const middle = rest.find("__");
  recaptcha_challenge out{.action = std::string(rest.substr(0, middle)), .method = why.method};
  if (middle != std::string_view::npos) out.key_id = rest.substr(middle + 2);
  return out;
}

bool is_transient(rpc_error const& why) noexcept { return is_transient(why.failure()); }
std::optional<seconds> wait_of(rpc_error const& why) noexcept { return wait_of(why.failure()); }
std::optional<int> dc_of(rpc_error const& why) noexcept { return dc_of(why.failure()); }

}  // namespace mtp::MTP_ABI
