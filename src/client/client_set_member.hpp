// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "client/account_restarts.hpp"
#include "client/client_program.hpp"

#include <mtp/client/client_set.hpp>
#include <mtp/core/as_result.hpp>

#include <mutex>

namespace mtp::MTP_ABI::detail {

/// What the accounts of a set share. Lifetime: outlives them.
struct client_set_surroundings {
  asio::any_io_executor executor;  ///< of the clients
  asio::any_io_executor strand;    ///< of the set
  client_set_options options;
  environment& world;
};

/// One account of a set: keeps its client and its program running as long as it is wanted.
///
/// Threads: belongs to the strand of the set, except for find() and health().
class client_set_member {
 public:
  client_set_member(client_set_surroundings const& around, std::string name, client_config config,
                    client_set::program what);

  /// Runs the account until leave() was called and it is saved. Cancellation: terminal; it leaves.
  /// Errors: none.
  static task<> supervise(std::shared_ptr<client_set_member> one);
  /// It ends for good.
  void leave();
  /// It ends, and begins again.
  void restart();
  bool is_leaving() const noexcept { return leaving_; }
  /// It ends for good, and the set is to know it no more then, whoever waits for that.
  void leave_forgotten();
  bool is_to_be_forgotten() const noexcept { return to_be_forgotten_; }
  /// Threads: any.
  std::string const& name() const noexcept { return health_.name; }

  /// Threads: any.
  std::shared_ptr<client> find() const;
  /// Threads: any.
  account_health health() const;

 private:
  void ask_to_end();
  task<std::optional<error_info>> run_once();
  std::optional<duration> after(std::optional<error_info> const& failed);
  task<> wait(std::optional<duration> span);
  bool is_wanted_anew() const noexcept { return leaving_ || again_; }
  void set_running(std::shared_ptr<client_program> one);
  void set_phase(account_phase phase);
  void set_failure(error_info const& failed);
  void tell() const;
  void log_failure(error_info const& failed, std::optional<duration> next) const;

  client_set_surroundings const& around_;
  client_config config_;
  client_set::program what_;
  account_restarts restarts_;
  async_event wish_;
  bool leaving_ = false;
  bool to_be_forgotten_ = false;
  bool again_ = false;
  mutable std::mutex mutex_;
  account_health health_;
  std::shared_ptr<client_program> running_;
};

}  // namespace mtp::MTP_ABI::detail
