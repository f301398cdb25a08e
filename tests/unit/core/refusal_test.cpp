// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/core/refusal.hpp>

#include "support/catch.hpp"

#include <mtp/core/recaptcha_needed.hpp>

using namespace mtp;
using namespace std::chrono_literals;
using what = refusal_class;
using reason = refusal_reason;

namespace {

rpc_failure refusal(int code, std::string_view text) { return parse_rpc_error(code, text, "m"); }

/// A refusal as it comes, and everything that follows from it.
struct row {
  int code;
  std::string_view text;
  refusal_class of;
  bool transient = false;
  std::optional<std::chrono::seconds> wait = {};
  std::optional<int> dc = {};
};

row const rows[] = {
    // Asking again brings the same answer.
    {400, "PEER_ID_INVALID", what::permanent},
    {403, "CHAT_WRITE_FORBIDDEN", what::permanent},
    {404, "METHOD_INVALID", what::permanent},
    {406, "FILEREF_UPGRADE_NEEDED", what::permanent},
    {400, "SOMETHING_NEW", what::permanent},
    {501, "NOT_IMPLEMENTED", what::permanent},
    {303, "USER_MIGRATE", what::permanent},
    {303, "USER_MIGRATE_0", what::permanent},
    {303, "FILE_MIGRATE_10000", what::permanent},
    {303, "SOMETHING_4", what::permanent},
    {400, "FLOOD_PREMIUM_WAIT_7", what::permanent},
    // The server's own trouble.
    {500, "INTERNAL", what::server_error, true},
    {500, "PERSISTENT_TIMESTAMP_OUTDATED", what::server_error, true},
    {500, "HISTORY_GET_FAILED", what::server_error, true},
    {500, "WORKER_BUSY_TOO_LONG_RETRY", what::server_error, true, 1s},
    {-500, "No workers running", what::server_error, true},
    {-503, "Timeout", what::server_error, true},
    {400, "MSG_WAIT_TIMEOUT", what::server_error, true},
    {420, "FLOOD_SKIP_FAILED_WAIT", what::server_error, true, 1s},
    // Waits.
    {420, "FLOOD_WAIT_31", what::flood, true, 31s},
    {420, "FLOOD_WAIT_0", what::flood, true, 0s},
    {420, "FLOOD_WAIT_99999999999", what::flood, true, 1'000'000s},
    {420, "FLOOD_WAIT", what::flood, true},
    {420, "FLOOD_TEST_PHONE_WAIT_8", what::flood, true, 8s},
    {420, "FLOOD_PREMIUM_WAIT_7", what::pace, true, 7s},
    {420, "SLOWMODE_WAIT_5", what::cooldown, true, 5s},
    {420, "TAKEOUT_INIT_DELAY_86400", what::cooldown, true, 86400s},
    {420, "2FA_CONFIRM_WAIT_604800", what::cooldown, true, 604800s},
    {420, "ANYTHING_ELSE", what::cooldown, true},
    // The account and its login.
    {420, "FROZEN_METHOD_INVALID", what::frozen},
    {400, "FROZEN_PARTICIPANT_MISSING", what::frozen},
    {401, "SESSION_PASSWORD_NEEDED", what::password_needed},
    {400, "SESSION_PASSWORD_NEEDED", what::password_needed},
    {401, "AUTH_KEY_UNREGISTERED", what::login_lost},
    {401, "SESSION_REVOKED", what::login_lost},
    {401, "USER_DEACTIVATED", what::login_lost},
    {500, "AUTH_RESTART", what::restart_login},
    {500, "PASSKEY_AUTH_RESTART", what::restart_login},
    {403, "RECAPTCHA_CHECK_signup__6Lc", what::recaptcha},
    {400, "RECAPTCHA_CHECK_signup__6Lc", what::permanent},
    // Elsewhere.
    {303, "PHONE_MIGRATE_1", what::move_account, false, {}, 1},
    {303, "NETWORK_MIGRATE_2", what::move_account, false, {}, 2},
    {303, "USER_MIGRATE_4", what::move_account, false, {}, 4},
    {303, "FILE_MIGRATE_4", what::move_request, false, {}, 4},
    {303, "STATS_MIGRATE_9999", what::move_request, false, {}, 9999},
    // The connection.
    {400, "CONNECTION_NOT_INITED", what::init_connection},
    {400, "CONNECTION_LAYER_INVALID", what::init_connection},
    {406, "AUTH_KEY_DUPLICATED", what::renew_key},
};

struct reason_row {
  int code;
  std::string_view text;
  refusal_class of;
  refusal_reason why;
};

reason_row const reasons[] = {
    {500, "RANDOM_ID_DUPLICATE", what::permanent, reason::executed_before},
    {400, "RANDOM_ID_DUPLICATE", what::permanent, reason::executed_before},
    {400, "USERNAME_NOT_OCCUPIED", what::permanent, reason::username_invalid},
    {400, "USERNAME_INVALID", what::permanent, reason::username_invalid},
    {420, "USERNAME_WAIT_4", what::cooldown, reason::other},
    {420, "FROZEN_METHOD_INVALID", what::frozen, reason::method_frozen},
    {400, "FROZEN_PARTICIPANT_MISSING", what::frozen, reason::other},
    {400, "AUTH_BYTES_INVALID", what::permanent, reason::ticket_invalid},
    {400, "CHANNEL_PRIVATE", what::permanent, reason::channel_closed},
    {406, "CHANNEL_PRIVATE", what::permanent, reason::channel_closed},
    {400, "CHANNEL_INVALID", what::permanent, reason::channel_closed},
    {400, "USER_BANNED_IN_CHANNEL", what::permanent, reason::channel_closed},
    {400, "PERSISTENT_TIMESTAMP_INVALID", what::permanent, reason::position_invalid},
    {500, "PERSISTENT_TIMESTAMP_OUTDATED", what::server_error, reason::other},
    {401, "AUTH_KEY_PERM_EMPTY", what::login_lost, reason::key_unbound},
    {401, "AUTH_KEY_UNREGISTERED", what::login_lost, reason::other},
    {400, "ENCRYPTED_MESSAGE_INVALID", what::permanent, reason::key_unknown},
    {400, "TEMP_AUTH_KEY_ALREADY_BOUND", what::permanent, reason::key_bound},
    {400, "TEMP_AUTH_KEY_EMPTY", what::permanent, reason::binding_invalid},
    {400, "EXPIRES_AT_INVALID", what::permanent, reason::binding_invalid},
    {400, "CONNECTION_NOT_INITED", what::init_connection, reason::client_invalid},
    {400, "CONNECTION_LAYER_INVALID", what::init_connection, reason::client_invalid},
    {400, "CONNECTION_API_ID_INVALID", what::permanent, reason::client_invalid},
    {500, "CONNECTION_TROUBLE", what::server_error, reason::other},
};

template <class Type>
bool throws_as(rpc_failure const& why) {
  try {
    throw_rpc_error(why);
  } catch (Type const&) {
    return true;
  } catch (...) {
    return false;
  }
}

}  // namespace

TEST_CASE("every refusal has one class, and what follows from it", "[core][refusal]") {
  for (auto const& one : rows) {
    CAPTURE(one.code, one.text);
    rpc_failure const why = refusal(one.code, one.text);
    CHECK(class_of(why) == one.of);
    CHECK(is_transient(why) == one.transient);
    CHECK(wait_of(why) == one.wait);
    CHECK(dc_of(why) == one.dc);
    rpc_error const thrown(why);
    CHECK(is_transient(thrown) == one.transient);
    CHECK(wait_of(thrown) == one.wait);
    CHECK(dc_of(thrown) == one.dc);
  }
}

TEST_CASE("some refusals say more to whoever made the request", "[core][refusal]") {
  for (auto const& one : reasons) {
    CAPTURE(one.code, one.text);
    CHECK(class_of(refusal(one.code, one.text)) == one.of);
    CHECK(reason_of(refusal(one.code, one.text)) == one.why);
  }
  for (auto const& one : rows) {
    if (one.text == "FROZEN_METHOD_INVALID" || one.text.starts_with("CONNECTION_")) continue;
    CAPTURE(one.code, one.text);
    CHECK(reason_of(refusal(one.code, one.text)) == reason::other);
  }
}

TEST_CASE("a wait below zero is none", "[core][refusal]") {
  rpc_failure why{.code = 420, .name = "FLOOD_WAIT", .value = -3};
  CHECK(!wait_of(why));
}

TEST_CASE("what is thrown fits the class of a refusal", "[core][refusal]") {
  for (auto const& one : rows) {
    CAPTURE(one.code, one.text);
    rpc_failure const why = refusal(one.code, one.text);
    bool const waits = one.of == what::flood || one.of == what::pace || one.of == what::cooldown;
    CHECK(asks_to_wait(why) == waits);
    CHECK(throws_as<flood_wait>(why) == waits);
    CHECK(throws_as<auth_required>(why) == (one.of == what::login_lost));
    CHECK(throws_as<password_needed>(why) == (one.of == what::password_needed));
    CHECK(throws_as<recaptcha_needed>(why) == (one.of == what::recaptcha));
  }
}

TEST_CASE("a flood_wait says how long", "[core][refusal]") {
  CHECK(flood_wait(refusal(420, "SLOWMODE_WAIT_5")).retry_after() == 5s);
  CHECK(flood_wait(refusal(420, "FLOOD_WAIT")).retry_after() == 0s);
}

TEST_CASE("a demand for reCAPTCHA says of which action and key", "[core][refusal]") {
  auto const usual = recaptcha_of(refusal(403, "RECAPTCHA_CHECK_signup__6Lc_12_x__y-Z"));
  REQUIRE(usual);
  CHECK(usual->action == "signup");
  CHECK(usual->key_id == "6Lc_12_x__y-Z");
  CHECK(usual->method == "m");
  auto const keyless = recaptcha_of(refusal(403, "RECAPTCHA_CHECK_log_in"));
  REQUIRE(keyless);
  CHECK(keyless->action == "log_in");
  CHECK(keyless->key_id.empty());
  CHECK(!recaptcha_of(refusal(403, "CHAT_WRITE_FORBIDDEN")));
  rpc_error const thrown(refusal(403, "RECAPTCHA_CHECK_signup__6Lc"));
  CHECK(std::string_view(thrown.what()).find("client_config::recaptcha") != std::string_view::npos);
}
