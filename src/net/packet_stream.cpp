// SPDX-License-Identifier: MIT OR Apache-2.0
#include "net/packet_stream.hpp"

#include <asio/error.hpp>

#include <utility>

namespace mtp::MTP_ABI::net {
namespace {

constexpr std::size_t long_packet = 64 * 1024;

}  // namespace

packet_stream::packet_stream(environment& world, asio::any_io_executor const& strand,
                             std::unique_ptr<transport::framing> framing)
    : world_(world), strand_(strand), framing_(std::move(framing)) {}

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

task<> packet_stream::write(packet_buffer packet) {
  bool const all = try_write(std::move(packet));
  if (!all) co_await finish_writing();
}

bool packet_stream::try_write(packet_buffer packet) {
  framing_->wrap(packet);
  outgoing_ = std::move(packet);
  unwritten_ = outgoing_.view();
  bool const is_long = unwritten_.size() >= long_packet;
  drain_ = is_long;
  return write_some() && !is_long;
}

/// The system takes the end of a long packet while up to 128 KiB before it are unsent
/// (tcp_stream.cpp). Waiting until it wants more, below half of that, lets an urgent call pass what
/// would follow.
task<> packet_stream::finish_writing() {
  while (!unwritten_.empty()) {
    co_await connection_->writable();
    write_some();
  }
  if (std::exchange(drain_, false)) co_await connection_->writable();
}

/// True when nothing is left to be written.
bool packet_stream::write_some() {
  std::error_code failed;
  while (!failed && !unwritten_.empty()) {
    std::size_t const taken = connection_->write_some(unwritten_, failed);
    unwritten_ = unwritten_.subspan(taken);
    written_ += taken;
  }
  if (failed && failed != asio::error::would_block) throw error(failed);
  return unwritten_.empty();
}

task<transport::frame> packet_stream::receive() {
  auto frame = try_receive();
  while (!frame) {
    co_await arrival();
    frame = try_receive();
  }
  co_return *std::move(frame);
}

std::optional<transport::frame> packet_stream::try_receive() {
  for (;;) {
    auto frame = framing_->next();
    if (!frame) throw error(frame.error());
    if (*frame) return *std::move(frame);
    if (!std::exchange(more_to_read_, true)) return std::nullopt;
    more_to_read_ = read_available();
  }
}

/// Reads to where the framing wants it. Whether there may be more already: not when what came does
/// not fill the room.
bool packet_stream::read_available() {
  auto const room = framing_->prepare();
  std::error_code failed;
  std::size_t const got = connection_->read_some(room, failed);
  framing_->commit(got);
  read_ += got;
  if (failed && failed != asio::error::would_block) throw error(failed);
  return got == room.size();
}

transport::packet* packet_of(transport::frame& frame) {
  if (auto const* failed = std::get_if<transport::transport_error>(&frame))
    throw error(make_error_code(transport::meaning_of(*failed)));
  return std::get_if<transport::packet>(&frame);
}

void packet_stream::close() noexcept {
  if (connection_) connection_->close();
}

}  // namespace mtp::MTP_ABI::net
