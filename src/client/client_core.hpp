// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "client/account.hpp"
#include "client/address_refresher.hpp"
#include "client/client_context.hpp"
#include "client/client_run.hpp"
#include "client/dc_addresses.hpp"
#include "client/dc_keys.hpp"
#include "client/dc_logins.hpp"
#include "client/home_link.hpp"
#include "client/link_factory.hpp"
#include "client/link_reports.hpp"
#include "client/request_runner.hpp"
#include "client/side_links.hpp"
#include "client/status_board.hpp"
#include "client/stream_names.hpp"
#include "client/transfer_board.hpp"
#include "client/transfer_slots.hpp"
#include "client/update_driver.hpp"

#include <exception>
#include <memory>

namespace mtp::MTP_ABI::detail {

/// What a client is made of. Operations under way share it, so it outlives the client's handle.
///
/// Threads: everything but the constructor happens on its strand, unless it says otherwise.
class client_core final : public std::enable_shared_from_this<client_core> {
 public:
  /// Errors: mtp::error with client_errc::bad_config.
  client_core(asio::any_io_executor executor, client_config config);

  // --- Its life
  /// Everything from opening the store to closing it. Once only. Threads: any.
  task<> run();
  /// Asks run() to end. Threads: any.
  void close();
  /// Ends when the store was read. Errors: as request_runner::exchange().
  task<> opened();
  client_run& running() noexcept { return run_; }
  status_board& status() noexcept { return status_; }

  // --- What it stands on
  client_config const& config() const noexcept { return context_.config(); }
  environment& world() const noexcept { return context_.world(); }
  asio::any_io_executor const& strand() const noexcept { return context_.strand(); }
  steady_time now() const { return context_.now(); }
  state_keeper& keeper() noexcept { return context_.keeper(); }
  session_state const& state() const noexcept { return context_.state(); }
  void log(log_level level, std::string_view text) const { context_.log(level, text); }

  // --- Its data centres
  dc_addresses& addresses() noexcept { return addresses_; }
  dc_keys& keys() noexcept { return keys_; }
  link_factory& links() noexcept { return links_; }
  home_link& home() noexcept { return home_; }
  side_links& sides() noexcept { return sides_; }
  transfer_slots& transfers() noexcept { return transfers_; }
  transfer_board& jobs() noexcept { return jobs_; }
  detail::dc_logins& dc_logins() noexcept { return dc_logins_; }
  address_refresher& refresher() noexcept { return refresher_; }
  /// The account is at home in another data centre.
  void move_home(int dc);
  /// The program knows that the network is back.
  void network_restored();

  // --- What it does
  request_runner& requests() noexcept { return requests_; }
  detail::account& account() noexcept { return account_; }
  update_driver& updates() noexcept { return updates_; }

  // --- The streams of updates. Threads: any.
  /// The one without a name, or one of those with names. Errors: std::logic_error when another is
  /// open that excludes it.
  void open_updates(stream_options options);
  void open_updates(consumer_options what);
  void close_updates(std::string const& name) noexcept { streams_.close(name); }
  bool has_stream() const noexcept { return !streams_.empty(); }
  stream_names const& streams() const noexcept { return streams_; }
  /// Lets the stream end while everything else goes on.
  void end_updates();

 private:
  task<> run_here(std::shared_ptr<client_core> keep);
  task<> work();
  void start_parts();
  task<> finish(std::exception_ptr why);
  task<> finish_step(task<> step);
  void end_operations();

  client_context context_;
  client_run run_;
  status_board status_;
  dc_addresses addresses_;
  dc_keys keys_;
  link_reports reports_;
  link_factory links_;
  home_link home_;
  side_links sides_;
  transfer_slots transfers_;
  transfer_board jobs_;
  detail::dc_logins dc_logins_;
  address_refresher refresher_;
  request_runner requests_;
  detail::account account_;
  update_driver updates_;
  stream_names streams_;  // only marks: a stream may end while the loop itself is being destroyed
};

}  // namespace mtp::MTP_ABI::detail
