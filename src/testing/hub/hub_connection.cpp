// SPDX-License-Identifier: MIT OR Apache-2.0
#include "hub_connection.hpp"

#include <mtp/core/error.hpp>

namespace mtp::MTP_ABI::testing {
namespace {

constexpr int test_offset = 10'000;

transport::detector_options fitted(transport::detector_options options, dc_address const& where) {
  if (!where.options.secret) return options;
  options.secrets = {*where.options.secret};
  options.accept_without_secret = false;
  return options;
}

mtproto::server_handshake_options fitted(mtproto::server_handshake_options options,
                                         dc_address const& where) {
  if (!where.options.media_only) return options;
  int const offset = options.serves ? test_offset : 0;  // only test servers look at all numbers
  options.serves = [id = -where.id - offset](std::int32_t named) { return named == id; };
  return options;
}

}  // namespace

hub_connection::hub_connection(dc_address where, crypto::rsa_private_key const& key,
                               random_source& random, transport::detector_options transports,
                               mtproto::server_handshake_options exchange, moment now)
    : began(now.steady),
      last_heard(now.steady),
      where_(std::move(where)),
      detector_(random, fitted(std::move(transports), where_)),
      exchange_(key, random, fitted(std::move(exchange), where_)) {}

result<std::vector<transport::packet>> hub_connection::receive(bytes_view data) {
  if (codec_) {
    codec_->feed(data);
  } else {
    auto found = detector_.feed(data);
    if (!found) return failure{found.error()};
    if (!*found) return std::vector<transport::packet>{};
    if (where_.options.tcpo_only && !(*found)->obfuscated)
      return failure{make_error_code(protocol_errc::unknown_transport)};
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

void hub_connection::send_packet(bytes_view packet) {
  if (codec_) codec_->encode(packet, output_);
}

void hub_connection::send_error(std::int32_t code) {
  if (codec_) codec_->encode_error(code, output_);
}

void hub_connection::send_quick_ack(std::uint32_t token) {
  if (codec_) codec_->encode_quick_ack(token, output_);
}

}  // namespace mtp::MTP_ABI::testing
