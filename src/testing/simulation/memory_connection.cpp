// SPDX-License-Identifier: MIT OR Apache-2.0
#include "memory_connection.hpp"

#include <asio/error.hpp>

#include <algorithm>

namespace mtp::MTP_ABI::testing {
namespace {

std::vector<planned_fault> of_direction(std::vector<planned_fault> all, bool to_client) {
  std::erase_if(all, [&](planned_fault const& one) { return one.to_client != to_client; });
  return all;
}

class memory_stream final : public byte_stream {
 public:
  memory_stream(std::shared_ptr<memory_connection> of, side who) : of_(std::move(of)), who_(who) {}
  ~memory_stream() override { of_->close(who_); }

  std::size_t read_some(mutable_bytes to, std::error_code& failed) noexcept override {
    return of_->read_some(who_, to, failed);
  }
  std::size_t unread() const noexcept override { return of_->unread(who_); }
  std::size_t unconfirmed() noexcept override { return of_->unconfirmed(who_); }
  std::size_t write_some(bytes_view from, std::error_code& failed) noexcept override {
    return of_->write_some(who_, from, failed);
  }
  task<> readable() override { return of_->readable(who_); }
  task<> writable() override { return of_->writable(who_); }
  void end_writing() noexcept override { of_->end_writing(who_); }
  void close() noexcept override { of_->close(who_); }

 private:
  std::shared_ptr<memory_connection> of_;
  side who_;
};

}  // namespace

std::unique_ptr<byte_stream> make_memory_stream(std::shared_ptr<memory_connection> of, side who) {
  return std::make_unique<memory_stream>(std::move(of), who);
}

memory_connection::memory_connection(memory_network& net, random_source& dice, std::size_t number,
                                     std::vector<planned_fault> const& faults)
    : net_(net),
      number_(number),
      ends_{end_point(net.plan().to_server, of_direction(faults, false), dice),
            end_point(net.plan().to_client, of_direction(faults, true), dice)} {}

void memory_connection::attach(side who, environment& around, asio::any_io_executor strand) {
  at(who).readable = std::make_unique<async_event>(around, strand);
  at(who).writable = std::make_unique<async_event>(around, std::move(strand));
}

void memory_connection::wake(side who) {
  if (at(who).readable) at(who).readable->notify();
  if (at(who).writable) at(who).writable->notify();
}

// --- Reading ------------------------------------------------------------------------------------

bool memory_connection::can_read(side who) {
  auto const now = net_.now().steady;
  auto const& in = at(other(who)).out;
  return at(who).broken || in.has_bytes(now) || in.has_ended(now);
}

std::size_t memory_connection::read_some(side who, mutable_bytes to, std::error_code& failed) {
  auto const now = net_.now().steady;
  auto& from = at(other(who));
  failed = at(who).broken;
  if (failed) return 0;
  std::size_t const got = from.out.read(to, now);
  if (got == 0) {
    failed = asio::error::would_block;
    if (from.out.has_ended(now)) failed = asio::error::eof;
    return 0;
  }
  net_.note(number_, who == side::client ? "client read" : "server read", to.first(got));
  if (from.writable) from.writable->notify();
  return got;
}

std::size_t memory_connection::unread(side who) const {
  return at(other(who)).out.unread(net_.now().steady);
}

std::size_t memory_connection::unconfirmed(side who) const {
  return at(who).out.on_its_way(net_.now().steady);
}

task<> memory_connection::readable(side who) {
  while (!can_read(who)) {
    auto const next = at(other(who)).out.next_arrival().value_or(steady_time::max());
    co_await at(who).readable->wait_until(next);
  }
  if (at(who).broken == asio::error::operation_aborted)
    throw std::system_error(asio::error::operation_aborted);
}

// --- Writing ------------------------------------------------------------------------------------

bool memory_connection::can_write(side who) {
  return at(who).broken || at(who).out.room(net_.now().steady) > 0;
}

std::size_t memory_connection::write_some(side who, bytes_view from, std::error_code& failed) {
  auto const now = net_.now().steady;
  auto& here = at(who);
  failed = here.broken;
  if (failed == asio::error::eof) failed = asio::error::broken_pipe;
  if (failed || from.empty()) return 0;
  std::size_t const size = std::min(from.size(), here.out.room(now));
  if (size == 0) failed = asio::error::would_block;
  if (failed) return 0;
  auto const fault = here.line.send(here.out, from.first(size), now);
  net_.note(number_, who == side::client ? "client wrote" : "server wrote", from.first(size));
  if (fault) net_.note(number_, name_of(fault->what));
  if (fault) net_.count(fault->what);
  if (fault && breaks_connection(fault->what)) break_by(*fault, who);
  if (at(other(who)).readable) at(other(who)).readable->notify();
  return size;
}

task<> memory_connection::writable(side who) {
  while (!can_write(who)) {
    auto const later = at(who).out.more_room(net_.now().steady).value_or(steady_time::max());
    co_await at(who).writable->wait_until(later);
  }
  if (at(who).broken == asio::error::operation_aborted)
    throw std::system_error(asio::error::operation_aborted);
}

// --- Ends ---------------------------------------------------------------------------------------

void memory_connection::fail(std::error_code why) {
  for (auto who : {side::client, side::server}) {
    at(who).out.clear();
    if (!at(who).broken) at(who).broken = why;
    wake(who);
  }
}

void memory_connection::break_by(planned_fault const& fault, side writer) {
  switch (fault.what) {
    case network_fault::drop: return fail(asio::error::eof);
    case network_fault::reset: return fail(asio::error::connection_reset);
    case network_fault::half_close: return at(writer).out.end(net_.now().steady);
    default: break;
  }
  for (auto& each : ends_) each.out.silence();
}

void memory_connection::end_writing(side who) {
  at(who).out.end(net_.now().steady);
  wake(other(who));
}

void memory_connection::close(side who) {
  if (at(who).broken == asio::error::operation_aborted) return;
  net_.note(number_, who == side::client ? "client closed" : "server closed");
  at(who).broken = asio::error::operation_aborted;
  wake(who);
  end_writing(who);
}

}  // namespace mtp::MTP_ABI::testing
