// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "hub_session.hpp"

#include <mtp/core/clock.hpp>
#include <mtp/mtproto/server_handshake.hpp>
#include <mtp/testing/dc_address.hpp>
#include <mtp/transport/detector.hpp>

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace mtp::MTP_ABI::testing {

/// One connection of a client, as bytes: which transport it speaks, what is to be written.
class hub_connection {
 public:
  hub_connection(dc_address where, crypto::rsa_private_key const& key, random_source& random,
                 transport::detector_options transports, mtproto::server_handshake_options exchange,
                 moment now);

  /// Cuts bytes into packets.
  ///
  /// Errors: garbage; the connection is to be closed.
  result<std::vector<transport::packet>> receive(bytes_view data);

  void send_packet(bytes_view packet);
  void send_error(std::int32_t code);
  void send_quick_ack(std::uint32_t token);
  /// No more is read; it ends when everything is written.
  void close() { closing_ = true; }

  int dc() const { return where_.id; }
  /// How the address serves at which the client connected.
  address_options const& address() const { return where_.options; }
  /// Nothing is ever said on it.
  bool silent() const { return where_.options.service == address_service::silent; }
  bool closing() const { return closing_; }
  bytes& output() { return output_; }
  mtproto::server_handshake& exchange() { return exchange_; }
  std::set<session_place>& sessions() { return sessions_; }
  std::set<session_place> const& sessions() const { return sessions_; }
  /// Bytes of a packet of which more is to come.
  std::size_t buffered() const { return codec_ ? codec_->buffered() : 0; }
  /// When it began, or last came a step nearer to a key.
  steady_time began = {};
  /// How many steps to keys it has come.
  int steps = 0;
  /// When it began, or last said something.
  steady_time last_heard = {};
  /// When a sweep first found it closing.
  std::optional<steady_time> closing_since = {};
  /// It was closing for too long.
  bool over = false;
  /// Something encrypted arrived: the peer is authenticated.
  bool proven = false;

 private:
  dc_address where_;
  transport::detector detector_;
  std::unique_ptr<transport::framing> codec_;
  mtproto::server_handshake exchange_;
  std::set<session_place> sessions_;
  bytes output_;
  bool closing_ = false;
};

}  // namespace mtp::MTP_ABI::testing
