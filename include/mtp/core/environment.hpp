// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/core/clock.hpp>
#include <mtp/core/random.hpp>
#include <mtp/core/task.hpp>

#include <asio/ip/tcp.hpp>

#include <functional>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

namespace mtp {

/// One connection as a stream of bytes: a socket, or an end of a connection in memory.
///
/// Reading and writing never wait; who finds nothing to do waits with readable() or writable(). One
/// coroutine reads, one writes. Threads: belongs to the strand it was made for.
class byte_stream {
 public:
  virtual ~byte_stream() = default;

  /// Takes bytes that have arrived and returns how many; 0 together with an error.
  ///
  /// Errors: asio::error::would_block when there are none now, asio::error::eof when the other side
  /// has ended, those of the system.
  virtual std::size_t read_some(mutable_bytes to, std::error_code& failed) noexcept = 0;
  /// Hands bytes over and returns how many were taken. Errors: as read_some().
  virtual std::size_t write_some(bytes_view from, std::error_code& failed) noexcept = 0;

  /// Ends when read_some() has something to say. Cancellation: terminal. Errors: those of the
  /// system.
  virtual task<> readable() = 0;
  /// Ends when write_some() takes more. Little is kept unsent below it, so that what is urgent does
  /// not stand behind what was written earlier. Cancellation and errors: as readable().
  virtual task<> writable() = 0;

  /// Breaks the connection: who waits gets an error.
  virtual void close() noexcept = 0;
};

/// A wait that can be ended early.
///
/// Threads: belongs to the strand it was made for.
class wait_timer {
 public:
  virtual ~wait_timer() = default;

  /// Ends at `when`, or when cancel() is called; any number of coroutines may wait at a time, all
  /// until the time that was named last. Cancellation: terminal.
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
class environment {
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

  /// Runs `work`, which takes long or blocks (a key exchange, a full disk), where it holds up no
  /// strand, and ends on `strand` when it has run. Work that was begun is finished.
  ///
  /// Lifetime: takes its arguments by value. Errors: what `work` throws.
  virtual task<> run_on_worker(asio::any_io_executor strand, std::function<void()> work) = 0;
};

/// The machine's own clocks, sockets, resolver and random generator, and a few threads of its own
/// that start with the first use. Lives as long as the program.
environment& real_environment();

}  // namespace mtp
