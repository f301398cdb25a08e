// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/log.hpp>
#include <mtp/core/task_scope.hpp>
#include <mtp/testing/dc_address.hpp>

#include <asio/ip/tcp.hpp>
#include <asio/steady_timer.hpp>

#include <map>
#include <memory>
#include <vector>

#include "../hub/hub.hpp"

namespace mtp::testing {

/// Moves bytes between sockets and the hub, and tells it the time.
///
/// Threads: everything on one strand.
class tcp_server {
 public:
  /// Lifetime: `core` must outlive the server.
  tcp_server(asio::any_io_executor strand, hub& core, log_sink log = {});

  /// Listens for one data centre and returns the port.
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
  using socket = asio::ip::tcp::socket;
  struct listener {
    int dc = 0;
    asio::ip::tcp::acceptor acceptor;
  };
  struct peer_socket {
    peer_socket(socket accepted, connection_id number)
        : stream(std::move(accepted)), id(number), news(stream.get_executor()) {}
    socket stream;
    connection_id id;
    asio::steady_timer news;  ///< cancelled when there is something to do
    bool gone = false;
  };
  using shared_peer = std::shared_ptr<peer_socket>;

  task<> accept_all(listener& from);
  void admit(socket accepted, int dc);
  task<> read_all(shared_peer peer);
  task<> write_all(shared_peer peer);
  task<> part_from(shared_peer peer);
  task<> keep_time();
  void forget(peer_socket& peer);
  template <class Work>
  bool attempt(std::string_view what, Work work);
  void report(std::string_view what, std::string_view mistake) const;

  asio::any_io_executor strand_;
  hub& hub_;
  log_sink log_;
  task_scope scope_;
  asio::steady_timer clock_;
  std::vector<std::unique_ptr<listener>> listeners_;
  std::map<connection_id, shared_peer> peers_;
  bool stopped_ = false;
};

}  // namespace mtp::testing
