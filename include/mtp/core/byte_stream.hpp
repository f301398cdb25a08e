// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/core/task.hpp>

#include <asio/ip/tcp.hpp>

#include <memory>
#include <system_error>

namespace mtp::MTP_ABI {

/// One connection as a stream of bytes: a socket, or an end of a connection in memory.
///
/// Reading and writing never wait; who finds nothing to do waits with readable() or writable(). One
/// coroutine reads, one writes. Threads: belongs to the strand it was made for.
class MTP_API byte_stream {
 public:
  virtual ~byte_stream() = default;

  /// Takes bytes that have arrived and returns how many; 0 together with an error.
  /// Whoever offers room for 64 KiB more than came expects all of it: readable() may wait for that,
  /// or for the end.
  ///
  /// Errors: asio::error::would_block when there are none now, asio::error::eof when the other side
  /// has ended, those of the system.
  virtual std::size_t read_some(mutable_bytes to, std::error_code& failed) noexcept = 0;
  /// How many bytes have arrived and wait to be read.
  virtual std::size_t unread() const noexcept = 0;
  /// How many bytes were written that the other side has not confirmed, as far as the system tells.
  virtual std::size_t unconfirmed() noexcept = 0;
  /// Hands bytes over and returns how many were taken. Errors: as read_some().
  virtual std::size_t write_some(bytes_view from, std::error_code& failed) noexcept = 0;

  /// Ends when read_some() has something to say. Cancellation: terminal. Errors: those of the
  /// system.
  virtual task<> readable() = 0;
  /// Ends when write_some() takes more. Little is kept unsent below it, so that what is urgent does
  /// not stand behind what was written earlier. Cancellation and errors: as readable().
  /// Errors: those of the system.
  virtual task<> writable() = 0;

  /// Says that no more will be written: the other side reads the end, and may still write.
  virtual void end_writing() noexcept = 0;
  /// Breaks the connection: who waits gets an error.
  virtual void close() noexcept = 0;
};

/// Where connections arrive. Threads: belongs to the strand it was made for.
class MTP_API byte_listener {
 public:
  virtual ~byte_listener() = default;

  virtual asio::ip::tcp::endpoint address() const = 0;
  /// The next connection. Cancellation: terminal. Errors: those of the system, as when there are no
  /// more files; asio::error::operation_aborted after close().
  virtual task<std::unique_ptr<byte_stream>> accept() = 0;
  /// Listens no more: who waits gets an error.
  virtual void close() noexcept = 0;
};

/// Writes all of `from`, and waits where that is necessary.
///
/// Lifetime: both outlive it. Cancellation: terminal. Errors: those of the system.
MTP_API task<> write_all(byte_stream& to, bytes_view from);

}  // namespace mtp::MTP_ABI
