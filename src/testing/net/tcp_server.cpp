// SPDX-License-Identifier: MIT OR Apache-2.0
#include "tcp_server.hpp"

#include <mtp/core/random.hpp>

#include <fmt/format.h>
#include <asio/error.hpp>
#include <asio/redirect_error.hpp>
#include <asio/use_awaitable.hpp>
#include <asio/write.hpp>

#include <system_error>

#if __has_include(<fcntl.h>)
#include <fcntl.h>
#endif

namespace mtp::testing {
namespace {

constexpr std::size_t peers_max = 50'000;
constexpr duration idle_tick = std::chrono::seconds(30);
constexpr duration breath = std::chrono::milliseconds(100);
constexpr int low_port_tries = 16;
constexpr int first_low_port = 20'000;
constexpr int low_ports = 12'000;

[[noreturn]] void throw_cannot_listen(dc_address const& where, std::error_code problem) {
  throw std::system_error(problem, fmt::format("cannot listen on {}:{}", where.host, where.port));
}

/// A program that a test starts must not inherit the socket: it would hold the port.
template <class Socket>
void keep_from_children(Socket& socket) {
#ifdef FD_CLOEXEC
  ::fcntl(socket.native_handle(), F_SETFD, FD_CLOEXEC);
#else
  (void)socket;
#endif
}

std::error_code bind_to(asio::ip::tcp::acceptor& acceptor, asio::ip::tcp::endpoint const& place) {
  std::error_code problem;
  std::error_code ignored;
  acceptor.close(ignored);
  acceptor.open(place.protocol(), problem);
  if (!problem) keep_from_children(acceptor);
  if (!problem) acceptor.set_option(asio::socket_base::reuse_address(true), problem);
  if (!problem) acceptor.bind(place, problem);
  if (!problem) acceptor.listen(asio::socket_base::max_listen_connections, problem);
  return problem;
}

}  // namespace

tcp_server::tcp_server(asio::any_io_executor strand, hub& core, log_sink log)
    : strand_(strand), hub_(core), log_(std::move(log)), scope_(strand), clock_(strand) {}

/// Does something for one connection, or for the clock. False when that threw: the rest of the
/// server must go on.
template <class Work>
bool tcp_server::attempt(std::string_view what, Work work) {
  try {
    work();
    return true;
  } catch (std::exception const& mistake) {
    report(what, mistake.what());
  } catch (...) {
    report(what, "an exception of an unknown kind");
  }
  return false;
}

void tcp_server::report(std::string_view what, std::string_view mistake) const {
  if (log_) log_(log_level::error, fmt::format("{}: {}", what, mistake));
}

std::uint16_t tcp_server::listen(dc_address const& where) {
  std::error_code problem;
  auto const numeric = where.host == "localhost" ? "127.0.0.1" : where.host.c_str();
  auto const address = asio::ip::make_address(numeric, problem);
  if (problem) throw_cannot_listen(where, problem);
  auto fresh = std::make_unique<listener>(listener{where.id, asio::ip::tcp::acceptor(strand_)});
  // The session strings of GramJS hold no port above 32767, where systems pick theirs.
  for (int i = 0; where.port == 0 && i < low_port_tries; ++i) {
    auto const port = system_random().make<std::uint16_t>() % low_ports + first_low_port;
    problem = bind_to(fresh->acceptor, {address, static_cast<std::uint16_t>(port)});
    if (!problem) break;
  }
  bool const bound = where.port == 0 && !problem;
  if (!bound) problem = bind_to(fresh->acceptor, {address, where.port});
  if (problem) throw_cannot_listen(where, problem);
  auto const port = fresh->acceptor.local_endpoint().port();
  listeners_.push_back(std::move(fresh));
  return port;
}

void tcp_server::start() {
  for (auto& one : listeners_) scope_.spawn(accept_all(*one));
  scope_.spawn(keep_time());
}

void tcp_server::stop() {
  stopped_ = true;
  std::error_code ignored;
  for (auto& one : listeners_) one->acceptor.close(ignored);
  auto const all = std::exchange(peers_, {});
  for (auto const& [id, peer] : all) {
    peer->gone = true;
    peer->stream.close(ignored);
    peer->news.cancel();
    hub_.disconnected(id, current_moment());
  }
  scope_.cancel();
  clock_.cancel();
}

task<> tcp_server::accept_all(listener& from) {
  while (!stopped_) {
    socket accepted(strand_);
    std::error_code problem;
    co_await from.acceptor.async_accept(accepted,
                                        asio::redirect_error(asio::use_awaitable, problem));
    if (stopped_ || problem == asio::error::operation_aborted) co_return;
    if (problem) {  // no more files, for example
      asio::steady_timer rest(strand_, breath);
      co_await rest.async_wait(asio::redirect_error(asio::use_awaitable, problem));
      continue;
    }
    attempt("a new connection", [&] { admit(std::move(accepted), from.dc); });
  }
}

void tcp_server::admit(socket accepted, int dc) {
  if (peers_.size() >= peers_max) return;
  std::error_code ignored;
  accepted.set_option(asio::ip::tcp::no_delay(true), ignored);
  keep_from_children(accepted);
  auto const id = hub_.open(dc, current_moment());
  auto const peer = std::make_shared<peer_socket>(std::move(accepted), id);
  peers_[id] = peer;
  scope_.spawn(read_all(peer));
  scope_.spawn(write_all(peer));
  wake();
}

task<> tcp_server::read_all(shared_peer peer) {
  bytes buffer(16 * 1024);
  std::error_code problem;
  while (!problem && !peer->gone) {
    auto const size = co_await peer->stream.async_read_some(
        asio::buffer(buffer), asio::redirect_error(asio::use_awaitable, problem));
    if (problem || peer->gone) break;
    bool const fine = attempt("a connection is given up", [&] {
      hub_.receive(peer->id, bytes_view(buffer).first(size), current_moment());
      wake();
    });
    if (!fine) break;
    while (hub_.is_flooded(peer->id) && !peer->gone) {
      asio::steady_timer rest(strand_, breath);
      co_await rest.async_wait(asio::redirect_error(asio::use_awaitable, problem));
      if (problem) break;
    }
  }
  forget(*peer);
}

task<> tcp_server::write_all(shared_peer peer) {
  std::error_code problem;
  while (!problem && !peer->gone) {
    auto const closing = hub_.is_closing(peer->id);
    bytes output;
    bool const fine = attempt("a connection is given up",
                              [&] { output = hub_.take_output(peer->id, current_moment()); });
    if (!fine) break;
    if (!output.empty()) {
      co_await asio::async_write(peer->stream, asio::buffer(output),
                                 asio::redirect_error(asio::use_awaitable, problem));
    } else if (closing) {
      co_await part_from(peer);
      break;
    } else {
      peer->news.expires_at(asio::steady_timer::time_point::max());
      std::error_code woken;
      co_await peer->news.async_wait(asio::redirect_error(asio::use_awaitable, woken));
    }
  }
  forget(*peer);
}

/// Says goodbye and reads on until the hub has no more patience: closing at once could take away
/// what was just written.
task<> tcp_server::part_from(shared_peer peer) {
  std::error_code ignored;
  peer->stream.shutdown(asio::socket_base::shutdown_send, ignored);
  while (!peer->gone) {
    peer->news.expires_at(asio::steady_timer::time_point::max());
    co_await peer->news.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }
}

void tcp_server::forget(peer_socket& peer) {
  if (peer.gone) return;
  peer.gone = true;
  std::error_code ignored;
  peer.stream.close(ignored);
  peer.news.cancel();
  hub_.disconnected(peer.id, current_moment());
  peers_.erase(peer.id);
}

void tcp_server::wake() {
  for (auto const id : hub_.take_ready()) {
    auto const at = peers_.find(id);
    if (at == peers_.end()) continue;
    auto const peer = at->second;
    if (hub_.is_over(id)) {
      forget(*peer);
    } else {
      peer->news.cancel();
    }
  }
  auto const deadline = hub_.next_deadline();
  if (deadline && *deadline < clock_.expiry()) clock_.cancel();
}

task<> tcp_server::keep_time() {
  std::error_code ignored;
  while (!stopped_) {
    auto const now = current_moment();
    bool const fine = attempt("the clock", [&] {
      hub_.tick(now);
      wake();
    });
    auto const deadline = hub_.next_deadline().value_or(now.steady + idle_tick);
    clock_.expires_at(fine ? deadline : now.steady + breath);
    co_await clock_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }
}

}  // namespace mtp::testing
