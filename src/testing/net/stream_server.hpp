// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "../hub/hub.hpp"

#include <mtp/core/async_event.hpp>
#include <mtp/core/environment.hpp>
#include <mtp/core/log.hpp>
#include <mtp/core/task_scope.hpp>
#include <mtp/testing/dc_address.hpp>

#include <map>
#include <memory>
#include <vector>

namespace mtp::MTP_ABI::testing {

/// Moves bytes between connections and the hub, and tells it the time.
///
/// Threads: everything on one strand.
class stream_server {
 public:
  /// Lifetime: `around` and `core` outlive the server.
  stream_server(environment& around, asio::any_io_executor strand, hub& core, log_sink log = {});

  /// Listens at one address of a data centre and returns the port. Of a closed address it only
  /// finds out a free port.
  ///
  /// Errors: throws std::system_error naming the address.
  std::uint16_t listen(dc_address const& where);
  /// Begins to serve what listens.
  void start();
  /// Breaks everything off; join() then ends soon.
  void stop();
  task<> join() { return scope_.join(); }
  /// Something happened in the hub: writes what it has to say.
  void wake();

 private:
  struct listener {
    dc_address where = {};
    std::unique_ptr<byte_listener> source;
  };
  struct peer {
    peer(environment& around, asio::any_io_executor strand, std::unique_ptr<byte_stream> accepted,
         connection_id number)
        : stream(std::move(accepted)), id(number), news(around, std::move(strand)) {}
    std::unique_ptr<byte_stream> stream;
    connection_id id;
    async_event news;             ///< there is something to do
    bytes output = {};            ///< what is being written
    std::size_t written = 0;      ///< of it
    bool waits_for_news = false;  ///< nothing is being written
    bool gone = false;
  };
  using shared_peer = std::shared_ptr<peer>;

  std::unique_ptr<byte_listener> bind(dc_address const& where);
  task<> accept_all(listener& from);
  task<std::error_code> accept_one(listener& from);
  void admit(std::unique_ptr<byte_stream> accepted, dc_address const& where);
  task<> read_all(shared_peer from);
  task<> read_until_broken(peer& from);
  bool read_some(peer& from);
  task<> write_all(shared_peer to);
  task<> write_until_broken(peer& to);
  bool take_output(peer& to);
  bool write_some(peer& to);
  bool write_at_once(peer& to);
  task<> close_lingering(peer& leaving);
  task<> run_ticks();
  void forget(peer& lost);
  template <class Work>
  bool attempt(std::string_view what, Work work);
  void log_mistake(std::string_view what, std::string_view mistake) const;

  environment& around_;
  asio::any_io_executor strand_;
  hub& hub_;
  log_sink log_;
  task_scope scope_;
  async_event clock_;
  steady_time next_tick_ = {};
  std::vector<std::unique_ptr<listener>> listeners_;
  std::map<connection_id, shared_peer> peers_;
  bool stopped_ = false;
};

}  // namespace mtp::MTP_ABI::testing
