// SPDX-License-Identifier: MIT OR Apache-2.0
#include "core/tcp_stream.hpp"

#include <asio/buffer.hpp>
#include <asio/detail/socket_option.hpp>
#include <asio/error.hpp>
#include <asio/use_awaitable.hpp>

#include <utility>

#if __has_include(<fcntl.h>)
#include <fcntl.h>
#endif
#if __has_include(<netinet/tcp.h>)
#include <netinet/tcp.h>
#endif

namespace mtp::detail {
namespace {

using asio::ip::tcp;

/// Beyond this, the kernel takes no more until the network took some: an urgent packet stands
/// behind that much at most, and a fast link is still kept busy.
[[maybe_unused]] constexpr int most_unsent = 128 * 1024;

/// A program that is started must not inherit the socket: it would hold the port.
template <class Socket>
void keep_from_children(Socket& socket) {
#ifdef FD_CLOEXEC
  ::fcntl(socket.native_handle(), F_SETFD, FD_CLOEXEC);
#else
  (void)socket;
#endif
}

void tune(tcp::socket& socket) {
  std::error_code unimportant;
  socket.set_option(tcp::no_delay(true), unimportant);
#ifdef TCP_NOTSENT_LOWAT
  using unsent = asio::detail::socket_option::integer<IPPROTO_TCP, TCP_NOTSENT_LOWAT>;
  socket.set_option(unsent(most_unsent), unimportant);
#endif
  keep_from_children(socket);
}

class tcp_stream final : public byte_stream {
 public:
  explicit tcp_stream(tcp::socket socket) : socket_(std::move(socket)) {
    tune(socket_);
    socket_.non_blocking(true);
  }

  std::size_t read_some(mutable_bytes to, std::error_code& failed) noexcept override {
    return socket_.read_some(asio::buffer(to.data(), to.size()), failed);
  }
  std::size_t write_some(bytes_view from, std::error_code& failed) noexcept override {
    return socket_.write_some(asio::buffer(from.data(), from.size()), failed);
  }
  task<> readable() override {
    return socket_.async_wait(tcp::socket::wait_read, asio::use_awaitable);
  }
  task<> writable() override {
    return socket_.async_wait(tcp::socket::wait_write, asio::use_awaitable);
  }
  void end_writing() noexcept override {
    std::error_code ignored;
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
  }
  void close() noexcept override {
    std::error_code ignored;
    socket_.close(ignored);
  }

 private:
  tcp::socket socket_;
};

class tcp_listener final : public byte_listener {
 public:
  tcp_listener(asio::any_io_executor strand, tcp::endpoint const& at)
      : strand_(strand), acceptor_(std::move(strand)) {
    acceptor_.open(at.protocol());
    keep_from_children(acceptor_);
    acceptor_.set_option(asio::socket_base::reuse_address(true));
    acceptor_.bind(at);
    acceptor_.listen(asio::socket_base::max_listen_connections);
  }

  tcp::endpoint address() const override { return acceptor_.local_endpoint(); }
  task<std::unique_ptr<byte_stream>> accept() override {
    tcp::socket accepted(strand_);
    co_await acceptor_.async_accept(accepted, asio::use_awaitable);
    co_return std::make_unique<tcp_stream>(std::move(accepted));
  }
  void close() noexcept override {
    std::error_code ignored;
    acceptor_.close(ignored);
  }

 private:
  asio::any_io_executor strand_;
  tcp::acceptor acceptor_;
};

}  // namespace

task<std::unique_ptr<byte_stream>> connect_tcp(asio::any_io_executor strand, tcp::endpoint to) {
  tcp::socket socket(std::move(strand));
  co_await socket.async_connect(to, asio::use_awaitable);
  co_return std::make_unique<tcp_stream>(std::move(socket));
}

std::unique_ptr<byte_listener> listen_tcp(asio::any_io_executor strand, tcp::endpoint at) {
  return std::make_unique<tcp_listener>(std::move(strand), at);
}

}  // namespace mtp::detail
