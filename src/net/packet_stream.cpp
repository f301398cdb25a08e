// SPDX-License-Identifier: MIT OR Apache-2.0
#include "net/packet_stream.hpp"

#include <asio/bind_executor.hpp>
#include <asio/connect.hpp>
#include <asio/error.hpp>
#include <asio/use_awaitable.hpp>
#include <asio/write.hpp>

#include <fcntl.h>

#include <array>
#include <utility>

namespace mtp::net {

using asio::ip::tcp;

packet_stream::packet_stream(asio::any_io_executor strand,
                             std::unique_ptr<transport::framing> framing)
    : socket_(strand), framing_(std::move(framing)), something_to_write_(strand) {}

namespace {

/// What a lookup found, for who asked if he still waits.
struct lookup {
  explicit lookup(asio::any_io_executor strand) : ended(std::move(strand)) {}

  event ended;
  std::error_code failed;
  tcp::resolver::results_type found;
};

std::shared_ptr<lookup> start_lookup(tcp::resolver& resolver, dc_endpoint const& to,
                                     asio::any_io_executor strand) {
  auto const out = std::make_shared<lookup>(strand);
  auto store = [out](std::error_code failed, tcp::resolver::results_type found) {
    out->failed = failed;
    out->found = std::move(found);
    out->ended.notify();
  };
  resolver.async_resolve(to.host, std::to_string(to.port),
                         asio::bind_executor(strand, std::move(store)));
  return out;
}

}  // namespace

/// A lookup that has begun cannot be taken back: getaddrinfo() goes on in Asio's own thread after
/// nobody waits for it any more, and the end of the io_context waits for that thread. One that has
/// not begun is dropped with the resolver.
task<tcp::resolver::results_type> packet_stream::look_up(dc_endpoint to) {
  std::error_code not_an_address;
  auto const address = asio::ip::make_address(to.host, not_an_address);
  if (!not_an_address) {
    tcp::endpoint const endpoint(address, to.port);
    co_return tcp::resolver::results_type::create(endpoint, to.host, std::to_string(to.port));
  }
  tcp::resolver resolver(socket_.get_executor());
  auto const asked = start_lookup(resolver, to, socket_.get_executor());
  co_await asked->ended.wait();
  if (asked->failed) throw error(asked->failed);
  co_return asked->found;
}

task<> packet_stream::connect(dc_endpoint to) {
  auto const found = co_await look_up(std::move(to));
  co_await asio::async_connect(socket_, found, asio::use_awaitable);
  std::error_code unimportant;
  socket_.set_option(tcp::no_delay(true), unimportant);
  socket_.non_blocking(true);
  ::fcntl(socket_.native_handle(), F_SETFD, FD_CLOEXEC);  // programs that are started do not get it
}

void packet_stream::send(bytes_view packet) {
  framing_->encode(packet, queued_);
  something_to_write_.notify();
}

task<transport::frame> packet_stream::receive() {
  for (;;) {
    auto frame = framing_->next();
    if (!frame) throw error(frame.error());
    if (*frame) co_return *std::move(*frame);
    co_await socket_.async_wait(tcp::socket::wait_read, asio::use_awaitable);
    read_available();
  }
}

/// Reads into the stack: a connection that is idle holds no buffer.
std::size_t packet_stream::read_available() {
  std::array<std::uint8_t, 32768> part;
  std::error_code failed;
  std::size_t const got = socket_.read_some(asio::buffer(part), failed);
  if (failed == asio::error::would_block) return 0;
  if (failed) throw error(failed);
  framing_->feed(bytes_view(part.data(), got));
  return got;
}

task<> packet_stream::run_writer() {
  for (;;) {
    co_await something_to_write_.wait();
    while (!queued_.empty()) {
      writing_ = std::exchange(queued_, {});
      auto const buffer = asio::buffer(writing_);
      co_await asio::async_write(socket_, buffer, asio::use_awaitable);
    }
    writing_ = {};
  }
}

void packet_stream::close() noexcept {
  std::error_code ignored;
  socket_.close(ignored);
}

}  // namespace mtp::net
