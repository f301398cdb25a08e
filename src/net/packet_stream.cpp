// SPDX-License-Identifier: MIT OR Apache-2.0
#include "net/packet_stream.hpp"

#include <asio/error.hpp>

#include <array>
#include <utility>

namespace mtp::net {

packet_stream::packet_stream(environment& world, asio::any_io_executor strand,
                             std::unique_ptr<transport::framing> framing)
    : world_(world), strand_(std::move(strand)), framing_(std::move(framing)) {}

/// A name may stand for several addresses: the first that lets itself be connected to is taken.
task<> packet_stream::connect(dc_endpoint to) {
  auto const found = co_await world_.resolve(strand_, std::move(to.host), to.port);
  std::error_code failed = asio::error::host_not_found;
  for (auto const& address : found) {
    try {
      connection_ = co_await world_.connect(strand_, address);
      co_return;
    } catch (std::system_error const& e) {
      failed = e.code();
    }
  }
  throw error(failed);
}

task<> packet_stream::write(bytes_view packet) {
  framing_->encode(packet, writing_);
  co_await write_all(*connection_, writing_);
  writing_ = {};  // a connection that is idle holds no buffer
}

task<transport::frame> packet_stream::receive() {
  for (;;) {
    auto frame = framing_->next();
    if (!frame) throw error(frame.error());
    if (*frame) co_return *std::move(*frame);
    co_await connection_->readable();
    read_available();
  }
}

/// Reads into the stack, for the same reason.
std::size_t packet_stream::read_available() {
  std::array<std::uint8_t, 32768> part;
  std::error_code failed;
  std::size_t const got = connection_->read_some(part, failed);
  if (failed == asio::error::would_block) return 0;
  if (failed) throw error(failed);
  framing_->feed(bytes_view(part.data(), got));
  return got;
}

void packet_stream::close() noexcept {
  if (connection_) connection_->close();
}

}  // namespace mtp::net
