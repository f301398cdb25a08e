// SPDX-License-Identifier: MIT OR Apache-2.0
#include "connection.hpp"

namespace mtp::testing {

connection::connection(int dc, crypto::rsa_private_key const& key, random_source& random,
                       transport::detector_options transports,
                       mtproto::server_handshake_options exchange, moment now)
    : began(now.steady),
      last_heard(now.steady),
      dc_(dc),
      detector_(random, std::move(transports)),
      exchange_(key, random, std::move(exchange)) {}

result<std::vector<transport::packet>> connection::receive(bytes_view data) {
  if (codec_) {
    codec_->feed(data);
  } else {
    auto found = detector_.feed(data);
    if (!found) return failure{found.error()};
    if (!*found) return std::vector<transport::packet>{};
    codec_ = std::move((*found)->codec);
  }
  std::vector<transport::packet> packets;
  while (true) {
    auto next = codec_->next();
    if (!next) return failure{next.error()};
    if (!*next) return packets;
    if (auto* packet = std::get_if<transport::packet>(&**next))
      packets.push_back(std::move(*packet));
  }
}

void connection::send_packet(bytes_view packet) {
  if (codec_) codec_->encode(packet, output_);
}

void connection::send_error(std::int32_t code) {
  if (codec_) codec_->encode_error(code, output_);
}

void connection::send_quick_ack(std::uint32_t token) {
  if (codec_) codec_->encode_quick_ack(token, output_);
}

}  // namespace mtp::testing
