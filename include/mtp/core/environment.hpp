// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/byte_stream.hpp>
#include <mtp/core/clock.hpp>
#include <mtp/core/random.hpp>
#include <mtp/core/task.hpp>

#include <asio/ip/tcp.hpp>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace mtp::MTP_ABI {

/// A wait that can be ended early.
///
/// Threads: belongs to the strand it was made for.
class MTP_API wait_timer {
 public:
  virtual ~wait_timer() = default;

  /// Ends at `when`, or when cancel() is called. Any number of coroutines may wait at a time; all
  /// are woken at the earliest that one of them names.
  ///
  /// Cancellation: terminal; it ends without an error, as by cancel(), and the next co_await
  /// throws.
  /// Errors: none.
  virtual task<> wait_until(steady_time when) = 0;
  /// Ends every wait.
  virtual void cancel() = 0;
};

/// Everything that a client or data centre takes from the world around it: time, random numbers,
/// names, connections, threads. The real one is real_environment(); in a simulation all of it is
/// made up, and a seed replays every run.
///
/// Lifetime: outlives whoever uses it. Threads: its functions may be called from any thread; what
/// they return belongs to the strand named in the call.
class MTP_API environment {
 public:
  virtual ~environment() = default;

  virtual moment now() const noexcept = 0;
  virtual random_source& random() noexcept = 0;
  virtual std::unique_ptr<wait_timer> make_timer(asio::any_io_executor strand) = 0;

  /// The addresses of a host, which may be an address itself.
  ///
  /// Lifetime: takes its arguments by value. Cancellation: terminal; the lookup itself may go on in
  /// the background. Errors: those of the system.
  virtual task<std::vector<asio::ip::tcp::endpoint>> resolve(asio::any_io_executor strand,
                                                             std::string host,
                                                             std::uint16_t port) = 0;
  /// Connects to one address. Cancellation: terminal. Errors: those of the system.
  virtual task<std::unique_ptr<byte_stream>> connect(asio::any_io_executor strand,
                                                     asio::ip::tcp::endpoint to) = 0;
  /// Listens at an address; port 0 picks a free one. Errors: throws those of the system.
  virtual std::unique_ptr<byte_listener> listen(asio::any_io_executor strand,
                                                asio::ip::tcp::endpoint at) = 0;

  /// Runs `work`, which takes long or blocks (a key exchange, a full disk), where it holds up no
  /// strand, and ends on `strand` when it has run.
  ///
  /// Lifetime: what `work` refers to lives until this ends; where the loop itself is destroyed
  /// meanwhile, that waits for work that has begun. Cancellation: none, work is run to its end.
  /// Errors: what `work` throws.
  virtual task<> run_on_worker(asio::any_io_executor strand, std::function<void()> work) = 0;
};

/// The machine's own clocks, sockets, resolver and random generator, and two threads for work that
/// start with the first piece of it. Lives as long as the program.
MTP_API environment& real_environment();

/// Waits `span`. Lifetime: `world` outlives it. Cancellation: terminal.
/// Errors: none.
MTP_API task<> pause(environment& world, asio::any_io_executor strand, duration span);

}  // namespace mtp::MTP_ABI
