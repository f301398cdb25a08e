// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The classes of errors: https://core.telegram.org/api/errors
#include <mtp/core/refusal.hpp>

#include <algorithm>
#include <string_view>

namespace mtp {
namespace {

constexpr int any_code = 0;
constexpr long long max_wait = 1'000'000;
constexpr int max_dc = 9999;

/// What is known of a name. The codes are those that the servers use for it.
struct row {
  int code;
  std::string_view name;
  refusal_class what;
};

constexpr row table[] = {
    {303, "PHONE_MIGRATE", refusal_class::move_account},
    {303, "NETWORK_MIGRATE", refusal_class::move_account},
    {303, "USER_MIGRATE", refusal_class::move_account},
    {303, "FILE_MIGRATE", refusal_class::move_request},
    {303, "STATS_MIGRATE", refusal_class::move_request},
    {401, "SESSION_PASSWORD_NEEDED", refusal_class::permanent},  // the second step of a log-in
    {420, "FLOOD_WAIT", refusal_class::flood},
    {420, "FLOOD_TEST_PHONE_WAIT", refusal_class::flood},
    {420, "FLOOD_PREMIUM_WAIT", refusal_class::pace},
    {420, "FLOOD_SKIP_FAILED_WAIT", refusal_class::server_error},
    {any_code, "AUTH_RESTART", refusal_class::restart_login},
    {any_code, "RANDOM_ID_DUPLICATE", refusal_class::permanent},  // it was executed before
    {any_code, "MSG_WAIT_TIMEOUT", refusal_class::server_error},  // the call before it still runs
    {any_code, "CONNECTION_NOT_INITED", refusal_class::init_connection},
    {any_code, "CONNECTION_LAYER_INVALID", refusal_class::init_connection},
    {any_code, "AUTH_KEY_DUPLICATED", refusal_class::renew_key},
};

/// What a code says of names that are not in the table. 501 is how servers that are not Telegram's
/// own say that they do not have a function.
refusal_class class_of_code(int code) noexcept {
  if (code == 401) return refusal_class::login_lost;
  if (code == 420) return refusal_class::cooldown;
  if (code == 501) return refusal_class::permanent;
  return code < 0 || code >= 500 ? refusal_class::server_error : refusal_class::permanent;
}

bool moves(refusal_class what) noexcept {
  return what == refusal_class::move_account || what == refusal_class::move_request;
}

bool names_a_dc(rpc_failure const& why) noexcept {
  return why.value && *why.value > 0 && *why.value <= max_dc;
}

}  // namespace

refusal_class class_of(rpc_failure const& why) noexcept {
  if (why.name.starts_with("FROZEN_")) return refusal_class::frozen;
  auto const fits = [&](row const& one) {
    return why.name == one.name && (one.code == any_code || one.code == why.code);
  };
  auto const* const found = std::ranges::find_if(table, fits);
  if (found == std::end(table)) return class_of_code(why.code);
  return moves(found->what) && !names_a_dc(why) ? refusal_class::permanent : found->what;
}

bool is_transient(rpc_failure const& why) noexcept {
  auto const what = class_of(why);
  return what == refusal_class::server_error || what == refusal_class::flood ||
         what == refusal_class::pace || what == refusal_class::cooldown;
}

std::optional<std::chrono::seconds> wait_of(rpc_failure const& why) noexcept {
  if (why.name == "FLOOD_SKIP_FAILED_WAIT" || why.name == "WORKER_BUSY_TOO_LONG_RETRY")
    return std::chrono::seconds(1);
  if (why.code != 420 || !is_transient(why) || !why.value || *why.value < 0) return std::nullopt;
  return std::chrono::seconds(std::min(*why.value, max_wait));
}

std::optional<int> dc_of(rpc_failure const& why) noexcept {
  if (!moves(class_of(why))) return std::nullopt;
  return static_cast<int>(*why.value);
}

bool is_transient(rpc_error const& why) noexcept { return is_transient(why.failure()); }
std::optional<std::chrono::seconds> wait_of(rpc_error const& why) noexcept {
  return wait_of(why.failure());
}
std::optional<int> dc_of(rpc_error const& why) noexcept { return dc_of(why.failure()); }

}  // namespace mtp
