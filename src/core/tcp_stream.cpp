// SPDX-License-Identifier: MIT OR Apache-2.0
#include "core/tcp_stream.hpp"

#include <asio/associated_cancellation_slot.hpp>
#include <asio/associated_executor.hpp>
#include <asio/async_result.hpp>
#include <asio/buffer.hpp>
#include <asio/detail/socket_option.hpp>
#include <asio/error.hpp>
#include <asio/post.hpp>
#include <asio/use_awaitable.hpp>

#include <algorithm>
#include <array>
#include <utility>

#if __has_include(<fcntl.h>)
#include <fcntl.h>
#endif
#if __has_include(<linux/sockios.h>)
#include <linux/sockios.h>
#include <sys/ioctl.h>
#endif
#if __has_include(<netinet/tcp.h>)
#include <netinet/tcp.h>
#endif

namespace mtp::MTP_ABI::detail {
namespace {

using asio::ip::tcp;

/// Beyond this, the kernel takes no more until the network took some: an urgent packet stands
/// behind that much at most, and a fast link is still kept busy.
[[maybe_unused]] constexpr int max_unsent = 128 * 1024;

/// A program that is started must not inherit the socket: it would hold the port.
template <class Socket>
void close_on_exec(Socket& socket) {
#ifdef FD_CLOEXEC
  ::fcntl(socket.native_handle(), F_SETFD, FD_CLOEXEC);
#else
  (void)socket;
#endif
}

/// What the kernel still holds because the other side has not said that it came.
std::size_t unconfirmed_of([[maybe_unused]] tcp::socket& socket) noexcept {
  int count = 0;
#if defined(SIOCOUTQ)
  if (::ioctl(socket.native_handle(), SIOCOUTQ, &count) != 0) return 0;
#elif defined(SO_NWRITE)
  socklen_t size = sizeof(count);
  if (::getsockopt(socket.native_handle(), SOL_SOCKET, SO_NWRITE, &count, &size) != 0) return 0;
#endif
  return count > 0 ? static_cast<std::size_t>(count) : 0;
}

/// Who had room for so much more expects the rest of a long packet, and is woken when all of it has
/// come: each time costs more than reading what came. The end of the connection wakes, too, and the
/// system when it cannot hold so much.
constexpr std::size_t much = std::size_t{64} << 10;

void tune(tcp::socket& socket) {
  std::error_code unimportant;
  socket.set_option(tcp::no_delay(true), unimportant);
#ifdef TCP_NOTSENT_LOWAT
  using unsent = asio::detail::socket_option::integer<IPPROTO_TCP, TCP_NOTSENT_LOWAT>;
  socket.set_option(unsent(max_unsent), unimportant);
#endif
  close_on_exec(socket);
}

class tcp_stream final : public byte_stream {
 public:
  explicit tcp_stream(tcp::socket socket) : socket_(std::move(socket)) {
    tune(socket_);
    socket_.non_blocking(true);
  }

  /// What readable() took comes first; the socket is asked for more only where there may be more.
  std::size_t read_some(mutable_bytes to, std::error_code& failed) noexcept override {
    if (taken_ == 0) {
      failed = std::exchange(failed_, {});
      return failed ? 0 : read_socket(to, failed);
    }
    std::size_t const got = take(to);
    if (got < early_.size() || got == to.size()) return got;
    std::size_t const more = read_socket(to.subspan(got), failed_);
    if (failed_ == asio::error::would_block) failed_ = {};
    return got + more;
  }
  std::size_t unread() const noexcept override {
    std::error_code ignored;
    return taken_ + socket_.available(ignored);
  }
  std::size_t unconfirmed() noexcept override { return unconfirmed_of(socket_); }
  std::size_t write_some(bytes_view from, std::error_code& failed) noexcept override {
    return socket_.write_some(asio::buffer(from.data(), from.size()), failed);
  }
  /// Reads into a few bytes of its own: who only waits for a socket makes Asio register it anew
  /// each time, and the kernel say again that it is writable. The end and errors, which the system
  /// tells once, are kept for read_some().
  task<> readable() override {
    return asio::async_initiate<asio::use_awaitable_t<> const, void(std::exception_ptr)>(
        read_early{}, asio::use_awaitable, this);
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
  /// Goes on where, and is cancelled as, the handler that it calls in the end.
  template <class Handler>
  struct before_handler {
    using executor_type = asio::associated_executor_t<Handler, tcp::socket::executor_type>;
    using cancellation_slot_type = asio::associated_cancellation_slot_t<Handler>;
    executor_type get_executor() const noexcept {
      return asio::get_associated_executor(then, executor);
    }
    cancellation_slot_type get_cancellation_slot() const noexcept {
      return asio::get_associated_cancellation_slot(then);
    }
    void end(std::error_code failed = {}) {
      std::move(then)(failed ? std::make_exception_ptr(std::system_error(failed))
                             : std::exception_ptr());
    }

    Handler then;
    tcp::socket::executor_type executor;
  };
  /// Takes what was read early, and wakes who waited for it.
  template <class Handler>
  struct on_early : before_handler<Handler> {
    void operator()(std::error_code failed, std::size_t got) {
      if (failed == asio::error::operation_aborted) return this->end(failed);
      of->taken_ = got;
      of->failed_ = failed;
      this->end();
    }

    tcp_stream* of;
  };
  /// Wakes who waited for a large part of a packet.
  template <class Handler>
  struct on_arrival : before_handler<Handler> {
    void operator()(std::error_code failed) { this->end(failed); }
  };
  struct read_early {
    template <class Handler>
    void operator()(Handler then, tcp_stream* of) const {
      auto const strand = of->socket_.get_executor();
      bool const idle = of->taken_ == 0 && !of->failed_;
      of->wake_at(idle && of->expected_ >= much ? of->expected_ : 1);
      if (of->woken_at_ != 1) {
        on_arrival<Handler> arrival{{std::move(then), strand}};
        return of->socket_.async_wait(tcp::socket::wait_read, std::move(arrival));
      }
      if (of->taken_ != 0 || of->failed_) {
        auto const executor = asio::get_associated_executor(then, strand);
        auto wake = [then = std::move(then)]() mutable { std::move(then)(std::exception_ptr()); };
        return asio::post(executor, std::move(wake));
      }
      on_early<Handler> early{{std::move(then), strand}, of};
      of->socket_.async_read_some(asio::buffer(of->early_), std::move(early));
    }
  };

  std::size_t read_socket(mutable_bytes to, std::error_code& failed) noexcept {
    std::size_t const got = socket_.read_some(asio::buffer(to.data(), to.size()), failed);
    expected_ = to.size() - got;
    return got;
  }

  void wake_at(std::size_t count) {
    if (count == std::exchange(woken_at_, count)) return;
    std::error_code unimportant;
    socket_.set_option(asio::socket_base::receive_low_watermark(static_cast<int>(count)),
                       unimportant);
  }

  /// Moves bytes that were read early, the rest to the front.
  std::size_t take(mutable_bytes to) noexcept {
    std::size_t const count = std::min(taken_, to.size());
    std::copy_n(early_.begin(), count, to.begin());
    std::copy(early_.begin() + count, early_.begin() + taken_, early_.begin());
    taken_ -= count;
    return count;
  }

  tcp::socket socket_;
  std::size_t expected_ = 0;             // what the last read had room for and did not get
  std::size_t woken_at_ = 1;             // so many bytes have to arrive before the loop is woken
  std::array<std::uint8_t, 512> early_;  // a connection that is idle holds no more
  std::size_t taken_ = 0;                // of these, so many have been read
  std::error_code failed_;               // what reading them said
};

class tcp_listener final : public byte_listener {
 public:
  tcp_listener(asio::any_io_executor strand, tcp::endpoint const& at)
      : strand_(strand), acceptor_(std::move(strand)) {
    acceptor_.open(at.protocol());
    close_on_exec(acceptor_);
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

}  // namespace mtp::MTP_ABI::detail
