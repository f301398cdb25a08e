// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/client/client.hpp>
#include <mtp/net/backoff_options.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace mtp::MTP_ABI {

/// Where an account of a client_set stands.
enum class account_phase : std::uint8_t {
  idle,     ///< the set does not run yet
  running,  ///< its client and its program run
  waiting,  ///< one of them failed; both begin again after a while
  ended,    ///< its program ended, or failed in a way that no repetition mends
};

/// "idle", "running", ...
MTP_API std::string_view name_of(account_phase phase) noexcept;

/// What is to be said about one account of a client_set.
struct account_health {
  std::string name = {};
  account_phase phase = account_phase::idle;
  client_status status = client_status::offline;  ///< of its client, while that runs
  int failures = 0;                               ///< since it was added or restarted
  std::error_code why = {};                       ///< the last of them
  std::string text = {};                          ///< that one in words, without secrets
};

/// How the accounts of a client_set are kept running.
struct client_set_options {
  /// How long an account that failed waits before it begins again. One that had run for
  /// `reset_after` begins again within `initial_delay`. What the server wants to be waited for
  /// comes on top.
  backoff_options restart = {.initial_delay = std::chrono::seconds(1),
                             .max_delay = std::chrono::minutes(5),
                             .reset_after = std::chrono::minutes(1)};
  /// How long a program may go on once its stream of updates has ended because the account stops.
  duration time_to_finish = std::chrono::seconds(3);
  /// Told when an account begins, fails or ends, on the strand of the set. What it throws is
  /// dropped.
  std::function<void(account_health const&)> on_change = {};
  log_sink log = {};  ///< empty: silent
  /// Where time and random numbers come from; empty: from this machine.
  std::shared_ptr<mtp::environment> surroundings = {};
};

/// Many accounts in one program, each with its client, its session and what it does. They come, go
/// and begin again while others run, and the failure of one never touches another.
///
/// Everything happens while run() runs; accounts that are added before wait for it. Destroying a
/// set stops it.
///
/// Threads: any, for every function; each account's program runs on the strand of its client.
class MTP_API client_set {
 public:
  /// What an account does with its client: the account ends when it ends, and begins again later
  /// when it throws. Its stream of updates ends when the account is to stop.
  using program = std::function<task<>(client&)>;

  /// Errors: mtp::error with client_errc::bad_config for times that cannot work.
  explicit client_set(asio::any_io_executor executor, client_set_options options = {});
  client_set(client_set&&) noexcept = default;
  client_set& operator=(client_set&&) noexcept;
  ~client_set();

  /// Runs the accounts until stop() was called and every one has ended and is saved. Once only.
  ///
  /// Cancellation: terminal; cancels the programs; everything is saved before it ends.
  /// Errors: std::logic_error the second time; none of an account's.
  task<> run();
  /// Asks every account to end, and run() with them. Nothing can be added from now on.
  void stop();

  /// Adds an account that does `what`, and starts it when the set runs. A configuration without a
  /// session, records or a store keeps all in memory, as long as the account is in the set.
  ///
  /// Errors: mtp::error with client_errc::bad_argument when there is an account of that name, or
  /// client_errc::closed after stop(). A configuration that is no good is a failure of the account.
  void add(std::string name, client_config config, program what);
  /// Ends an account and forgets it. Ends when that is saved. Does nothing when there is none.
  ///
  /// Lifetime: keeps `name`. Cancellation: terminal; the account goes all the same.
  /// Errors: none.
  task<> remove(std::string name);
  /// Has an account end, and begin again at once; also one that waits or has ended. False when
  /// there is no account of that name.
  bool restart(std::string_view name);

  /// The client of an account, while that runs; empty at any other time. It does not keep the
  /// account running.
  std::shared_ptr<client> find(std::string_view name) const;
  /// One account, or an empty name when there is none.
  account_health health(std::string_view name) const;
  /// All accounts, by name.
  std::vector<account_health> health() const;
  /// client::health() of every account, by name. Of one that does not run it says only that.
  ///
  /// Cancellation: terminal. Errors: none.
  task<std::vector<client_health>> client_healths() const;

 private:
  class impl;
  std::shared_ptr<impl> impl_;
};

}  // namespace mtp::MTP_ABI
