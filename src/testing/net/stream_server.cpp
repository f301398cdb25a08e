// SPDX-License-Identifier: MIT OR Apache-2.0
#include "stream_server.hpp"

#include <asio/error.hpp>
#include <fmt/format.h>

#include <array>
#include <system_error>
#include <utility>

namespace mtp::MTP_ABI::testing {
namespace {

using asio::ip::tcp;

constexpr std::size_t max_peers = 50'000;
constexpr duration idle_tick = std::chrono::seconds(30);
constexpr duration retry_delay = std::chrono::milliseconds(100);
constexpr int low_port_tries = 16;
constexpr int first_low_port = 20'000;
constexpr int low_ports = 12'000;

[[noreturn]] void throw_cannot_listen(dc_address const& where, std::error_code problem) {
  throw std::system_error(problem, fmt::format("cannot listen on {}:{}", where.host, where.port));
}

asio::ip::address address_of(dc_address const& where) {
  std::error_code problem;
  auto const numeric = where.host == "localhost" ? "127.0.0.1" : where.host.c_str();
  auto const address = asio::ip::make_address(numeric, problem);
  if (problem) throw_cannot_listen(where, problem);
  return address;
}

}  // namespace

stream_server::stream_server(environment& around, asio::any_io_executor strand, hub& core,
                             log_sink log)
    : around_(around),
      strand_(strand),
      hub_(core),
      log_(std::move(log)),
      scope_(strand),
      clock_(around, strand) {}

/// Does something for one connection, or for the clock. False when that threw: the rest of the
/// server must go on.
template <class Work>
bool stream_server::attempt(std::string_view what, Work work) {
  try {
    work();
    return true;
  } catch (std::exception const& mistake) {
    log_mistake(what, mistake.what());
  } catch (...) {
    log_mistake(what, "an exception of an unknown kind");
  }
  return false;
}

void stream_server::log_mistake(std::string_view what, std::string_view mistake) const {
  if (log_) log_(log_level::error, fmt::format("{}: {}", what, mistake));
}

/// The session strings of GramJS hold no port above 32767, where systems pick theirs.
std::unique_ptr<byte_listener> stream_server::bind(dc_address const& where) {
  auto const address = address_of(where);
  for (int i = 0; where.port == 0 && i < low_port_tries; ++i) {
    auto const port = around_.random().make<std::uint16_t>() % low_ports + first_low_port;
    try {
      return around_.listen(strand_, {address, static_cast<std::uint16_t>(port)});
    } catch (std::system_error const&) {
      continue;  // somebody has it
    }
  }
  return around_.listen(strand_, {address, where.port});
}

std::uint16_t stream_server::listen(dc_address const& where) {
  try {
    listeners_.push_back(std::make_unique<listener>(listener{where, bind(where)}));
  } catch (std::system_error const& problem) {
    throw_cannot_listen(where, problem.code());
  }
  return listeners_.back()->source->address().port();
}

void stream_server::start() {
  for (auto& one : listeners_) {
    if (one->where.options.service == address_service::closed)
      one->source->close();
    else
      scope_.spawn(accept_all(*one));
  }
  scope_.spawn(run_ticks());
}

void stream_server::stop() {
  stopped_ = true;
  for (auto& one : listeners_) one->source->close();
  auto const all = std::exchange(peers_, {});
  for (auto const& [id, one] : all) {
    one->gone = true;
    one->stream->close();
    one->news.notify();
    hub_.disconnected(id, around_.now());
  }
  scope_.cancel();
  clock_.notify();
}

task<> stream_server::accept_all(listener& from) {
  while (!stopped_) {
    std::error_code const problem = co_await accept_one(from);
    if (stopped_ || problem == asio::error::operation_aborted) co_return;
    if (problem) co_await pause(around_, strand_, retry_delay);  // no more files, for example
  }
}

task<std::error_code> stream_server::accept_one(listener& from) {
  std::unique_ptr<byte_stream> accepted;
  try {
    accepted = co_await from.source->accept();
  } catch (std::system_error const& problem) {
    co_return problem.code();
  }
  if (!stopped_) attempt("a new connection", [&] { admit(std::move(accepted), from.where); });
  co_return std::error_code();
}

void stream_server::admit(std::unique_ptr<byte_stream> accepted, dc_address const& where) {
  if (peers_.size() >= max_peers) return;
  auto const id = hub_.open(where, around_.now());
  auto const fresh = std::make_shared<peer>(around_, strand_, std::move(accepted), id);
  peers_[id] = fresh;
  scope_.spawn(read_all(fresh));
  scope_.spawn(write_all(fresh));
  wake();
}

task<> stream_server::read_all(shared_peer from) {
  try {
    co_await read_until_broken(*from);
  } catch (std::system_error const&) {
    // Nothing more comes from there.
  }
  forget(*from);
}

task<> stream_server::read_until_broken(peer& from) {
  bool more = !from.gone;
  while (more) {
    co_await from.stream->readable();
    more = !from.gone && read_some(from);
    while (more && hub_.is_flooded(from.id)) {
      co_await pause(around_, strand_, retry_delay);
      more = !from.gone;
    }
  }
}

/// Reads into the stack: a connection that is idle holds no buffer. False at its end.
bool stream_server::read_some(peer& from) {
  std::array<std::uint8_t, 16 * 1024> buffer;
  std::error_code problem;
  auto const size = from.stream->read_some(buffer, problem);
  if (problem) return problem == asio::error::would_block;
  return attempt("a connection is given up", [&] {
    hub_.receive(from.id, bytes_view(buffer).first(size), around_.now());
    wake();
  });
}

task<> stream_server::write_all(shared_peer to) {
  try {
    co_await write_until_broken(*to);
  } catch (std::system_error const&) {
    // Nobody is there any more.
  }
  forget(*to);
}

task<> stream_server::write_until_broken(peer& to) {
  while (!to.gone) {
    while (!write_some(to)) co_await to.stream->writable();
    auto const closing = hub_.is_closing(to.id);
    if (!take_output(to)) break;
    if (!to.output.empty()) continue;
    if (closing) {
      co_await close_lingering(to);
      break;
    }
    to.waits_for_news = true;
    co_await to.news.wait();
    to.waits_for_news = false;
  }
}

/// What the hub has to say is to be written next. False when the connection is given up.
bool stream_server::take_output(peer& to) {
  to.written = 0;
  to.output.clear();
  return attempt("a connection is given up",
                 [&] { to.output = hub_.take_output(to.id, around_.now()); });
}

/// True when everything has been written. Errors: those of the system.
bool stream_server::write_some(peer& to) {
  std::error_code problem;
  while (!problem && to.written < to.output.size())
    to.written += to.stream->write_some(bytes_view(to.output).subspan(to.written), problem);
  if (problem && problem != asio::error::would_block) throw std::system_error(problem);
  return to.written == to.output.size();
}

/// An answer need not wait for the writer's turn when that has nothing else to do. False when it
/// has to go on.
bool stream_server::write_at_once(peer& to) {
  if (hub_.is_closing(to.id) || !std::exchange(to.waits_for_news, false)) return false;
  try {
    do {
      if (!take_output(to)) return false;
    } while (write_some(to) && !to.output.empty());
  } catch (std::system_error const&) {
    return false;  // the writer finds that out for itself
  }
  to.waits_for_news = to.output.empty();
  return to.waits_for_news;
}

/// Says goodbye and reads on until the hub has waited long enough: closing at once could take away
/// what was just written.
task<> stream_server::close_lingering(peer& leaving) {
  leaving.stream->end_writing();
  while (!leaving.gone) co_await leaving.news.wait();
}

void stream_server::forget(peer& lost) {
  if (lost.gone) return;
  lost.gone = true;
  lost.stream->close();
  lost.news.notify();
  hub_.disconnected(lost.id, around_.now());
  peers_.erase(lost.id);
}

void stream_server::wake() {
  for (auto const id : hub_.take_ready()) {
    auto const at = peers_.find(id);
    if (at == peers_.end()) continue;
    auto const one = at->second;
    if (hub_.is_over(id)) {
      forget(*one);
    } else if (!write_at_once(*one)) {
      one->news.notify();
    }
  }
  auto const deadline = hub_.next_deadline();
  if (deadline && *deadline < next_tick_) clock_.notify();
}

task<> stream_server::run_ticks() {
  while (!stopped_) {
    auto const now = around_.now();
    bool const fine = attempt("the clock", [&] {
      hub_.tick(now);
      wake();
    });
    next_tick_ =
        fine ? hub_.next_deadline().value_or(now.steady + idle_tick) : now.steady + retry_delay;
    co_await clock_.wait_until(next_tick_);
  }
}

}  // namespace mtp::MTP_ABI::testing
