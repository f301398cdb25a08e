// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/clock.hpp>
#include <mtp/core/log.hpp>
#include <mtp/core/task.hpp>
#include <mtp/net/address_book.hpp>
#include <mtp/net/connection_options.hpp>
#include <mtp/net/retry_options.hpp>
#include <mtp/updates/backfill_options.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mtp::MTP_ABI {

class environment;
class record_store;
class session_store;
class update;
struct recaptcha_challenge;

namespace login {
struct firebase_request;
struct firebase_token;
}  // namespace login

/// Makes a token of reCAPTCHA.
/// Lifetime: `what` lives until it ends.
using recaptcha_prompt = std::function<task<std::string>(recaptcha_challenge const& what)>;
/// Gets a token of Firebase, or says why there is none.
/// Lifetime: `what` lives until it ends.
using firebase_prompt =
    std::function<task<login::firebase_token>(login::firebase_request const& what)>;

/// What the server shows of this program in the list of sessions.
struct device_info {
  std::string model = "mtp";
  std::string system_version = "unknown";
  std::string app_version = "0.1";
  std::string system_language = "en";
  std::string language = "en";
};

/// Everything a client must know beforehand. Build it in a variable of its own.
struct client_config {
  int api_id = 0;             ///< from https://my.telegram.org
  std::string api_hash = {};  ///< goes with api_id; a secret
  std::string session = {};   ///< path of a file of records; empty: everything is in memory only
  std::shared_ptr<record_store> records = {};  ///< used instead of `session` when there is one
  duration lease_grace = {};  ///< how long to wait for a holder of that who is about to end
  std::shared_ptr<session_store> store = {};  ///< of one's own; used instead of both

  dc_environment environment = dc_environment::production;
  address_book addresses = {};  ///< instead of Telegram's own data centres when not empty
  int first_dc = 0;  ///< where a new session begins; 0: data centre 2, or the first there is
  std::vector<std::string> server_keys = {};  ///< PEM texts, instead of Telegram's when not empty

  device_info device = {};
  connection_options connection = {};
  retry_options retry = {};
  std::size_t max_queued_updates =
      10'000;                      ///< events waiting for the program; beyond, it catches up later
  backfill_options backfill = {};  ///< of what a difference holds no more
  /// Updates that are kept in the store until every named consumer got past them. The slowest loses
  /// the oldest when there are more, and is told by updates_dropped.
  std::size_t max_journal = 100'000;
  /// This start begins with what happens once the client has caught up: what waits at the server
  /// until then is dropped, and how much that was is logged.
  bool drop_pending = false;
  /// How often an update is delivered that the program does not get past, because it crashes or
  /// closes the stream; then it is passed over, which is logged as an error. 0: without end.
  int max_attempts = 3;
  /// Given each update that is passed over, on the strand of the client, once that is stored. What
  /// it throws is logged.
  std::function<void(update const&)> on_passed_over = {};
  /// Called when the server wants a token of reCAPTCHA with a request, on the strand of the client;
  /// the request is repeated with the token, and refused for good after the third one that the
  /// server did not take. The call's timeout goes on while it runs, cancelling the call cancels it,
  /// what it throws the call throws. Empty: such a call throws recaptcha_needed.
  recaptcha_prompt recaptcha = {};
  /// Called when a log-in needs a token of Firebase before its code is sent, on the strand of the
  /// client; the person is asked for none then, but told when the server does not take it. Only
  /// apps whose certificate Telegram knows can set it. What it throws sign_in() throws, and
  /// cancelling that cancels it.
  firebase_prompt firebase = {};
  log_sink log = {};  ///< empty: silent

  /// Where time, random numbers, names and connections come from; empty: from this machine. See
  /// mtp::testing::simulation for another.
  std::shared_ptr<mtp::environment> surroundings = {};

  /// What went wrong while this was put together; see config_from_env().
  std::string environment_error = {};
};

/// The first thing that makes `config` useless, as a phrase; nothing when it will do.
MTP_API std::optional<std::string> validate(client_config const& config);

/// The environment variable `name`.
///
/// Errors: mtp::error with client_errc::bad_config when it is not set or empty.
MTP_API std::string env(std::string_view name);

/// A configuration from the environment: API_ID and API_HASH, which must be set, and
///
/// * MTP_SESSION: the path of the session file, instead of `default_session`;
/// * MTP_SERVERS: production, or test for Telegram's test servers, which have accounts of their own
///   and want a session of their own;
/// * MTP_DC: other data centres, "2@127.0.0.1:4430,4@[::1]:443";
/// * MTP_SERVER_KEY: a PEM file with their public key (several may follow each other in it);
/// * MTP_TRANSPORT: abridged, intermediate, padded, full or obfuscated;
/// * MTP_PFS: on, off or fallback: temporary keys (pfs_mode);
/// * MTP_LOG: debug, info, warning, error or off: what is logged to standard error. Errors are when
///   it is not set.
///
/// Errors: none; what is wrong is kept in `environment_error`, and the client that gets it refuses
/// to run.
MTP_API client_config config_from_env(std::string_view default_session);

}  // namespace mtp::MTP_ABI
