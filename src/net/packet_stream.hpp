// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/environment.hpp>
#include <mtp/net/address_book.hpp>
#include <mtp/transport/framing.hpp>

#include <memory>
#include <optional>

namespace mtp::MTP_ABI::net {

/// One connection that carries packets in one framing.
///
/// One coroutine receives, one writes. Lifetime: outlives both; `world` and `strand` outlive it.
/// After any error the connection is of no use.
class packet_stream {
 public:
  packet_stream(environment& world, asio::any_io_executor const& strand,
                std::unique_ptr<transport::framing> framing);
  packet_stream(environment& world, asio::any_io_executor&& strand,
                std::unique_ptr<transport::framing> framing) = delete;

  /// Connects, looking the name up when it is no address. Cancellation: terminal, also while the
  /// name is looked up. Errors: those of the system.
  task<> connect(dc_endpoint to);

  /// The next frame that arrives.
  ///
  /// Errors: those of the system (asio::error::eof when the other side ended), mtp::error with
  /// protocol_errc::bad_frame or frame_too_large.
  task<transport::frame> receive();
  /// The same, when it has arrived already; nothing otherwise, and then arrival() is to be awaited.
  std::optional<transport::frame> try_receive();
  /// Ends when try_receive() is worth another try. Cancellation: terminal. Errors: those of the
  /// system.
  task<> arrival() { return connection_->readable(); }

  /// How many bytes have gone so far, either way: what has arrived, whole packets or not, and what
  /// the other side has confirmed. Asks the system.
  std::uint64_t transferred() const noexcept {
    return read_ + connection_->unread() + written_ - connection_->unconfirmed();
  }

  /// Writes one packet; ends when the connection has taken all of it, and of a long one has sent
  /// most, so that whoever asks for the next one then decides what is most urgent.
  ///
  /// Lifetime: takes the packet by value. Cancellation: terminal. Errors: those of the system.
  task<> write(packet_buffer packet);
  /// The same, as far as it is possible without waiting: true when the connection has taken all,
  /// else finish_writing() is to be awaited. Errors: as write().
  bool try_write(packet_buffer packet);
  task<> finish_writing();
  /// What was written last, to be used again.
  packet_buffer take_written() { return std::move(outgoing_); }
  bool is_writing() const noexcept { return drain_ || !unwritten_.empty(); }

  /// Breaks the connection: who receives or writes gets an error.
  void close() noexcept;

 private:
  bool read_available();
  bool write_some();

  environment& world_;
  asio::any_io_executor const& strand_;
  std::unique_ptr<byte_stream> connection_;
  std::unique_ptr<transport::framing> framing_;
  std::uint64_t read_ = 0;     // bytes, in all
  std::uint64_t written_ = 0;  // bytes, in all
  bool more_to_read_ = false;  // the connection may have more
  packet_buffer outgoing_;     // stays until the next one, or until it is taken
  bytes_view unwritten_;       // what is left of it
  bool drain_ = false;         // it is long, and most of it is to be sent first
};

/// The packet of a frame; null for a quick acknowledgement, which nobody asked for.
///
/// Errors: what a transport error means.
transport::packet* packet_of(transport::frame& frame);

}  // namespace mtp::MTP_ABI::net
