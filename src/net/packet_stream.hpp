// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/environment.hpp>
#include <mtp/core/event.hpp>
#include <mtp/net/address_book.hpp>
#include <mtp/transport/framing.hpp>

#include <memory>

namespace mtp::net {

/// One connection that carries packets in one framing.
///
/// One coroutine receives, one runs the writer; anyone on the strand sends. Lifetime: outlives
/// both; `world` outlives it. After any error the connection is of no use.
class packet_stream {
 public:
  packet_stream(environment& world, asio::any_io_executor strand,
                std::unique_ptr<transport::framing> framing);

  /// Connects, looking the name up when it is no address. Cancellation: terminal, also while the
  /// name is looked up. Errors: those of the system.
  task<> connect(dc_endpoint to);

  /// Puts one packet into the queue of the writer.
  void send(bytes_view packet);

  /// The next frame that arrives.
  ///
  /// Errors: those of the system (asio::error::eof when the other side ended), mtp::error with
  /// protocol_errc::bad_frame or frame_too_large.
  task<transport::frame> receive();

  /// Writes what is sent until it is cancelled or the connection breaks.
  task<> run_writer();

  /// Breaks the connection: who receives or writes gets an error.
  void close() noexcept;

 private:
  std::size_t read_available();

  environment& world_;
  asio::any_io_executor strand_;
  std::unique_ptr<byte_stream> connection_;
  std::unique_ptr<transport::framing> framing_;
  event something_to_write_;
  bytes queued_;
  bytes writing_;
};

}  // namespace mtp::net
