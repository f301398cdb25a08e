// SPDX-License-Identifier: MIT OR Apache-2.0
// What a small call costs the client's process: one in turn, and sixty-four under way at a time;
// beside a bare ping-pong of Asio coroutines with as many bytes each way. Both servers are other
// processes. Everything is timed in turn, and of many rounds the least counts. The last line is
// JSON.
#include "bench_process.hpp"
#include "counting_environment.hpp"

#include <mtp/core/task_scope.hpp>
#include <mtp/tl/functions/help.hpp>
#include <mtp/tl/types/NearestDc.hpp>

#include <asio/buffer.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/read.hpp>
#include <asio/redirect_error.hpp>
#include <asio/this_coro.hpp>
#include <asio/use_awaitable.hpp>
#include <asio/write.hpp>

#include <array>
#include <functional>
#include <memory>

namespace {

using namespace mtp;
using asio::ip::tcp;
using sizes = std::array<std::uint32_t, 2>;  // of what the client writes, and of the answer

constexpr int at_a_time = 64;
constexpr int rounds = 60;
constexpr int calls_in_turn = 300;     // a round
constexpr int calls_each = 20;         // of those at a time, a round
constexpr int ping_pongs = 1000;       // a round
constexpr int ping_pong_warm_up = 20;  // rounds
constexpr double time_limit = 60;      // seconds

// --- The calls ------------------------------------------------------------------------------

task<> call_in_turn(client& with, int count) {
  tl::help::getNearestDc const request;
  for (int i = 0; i < count; ++i) {
    auto const answer = co_await with.invoke(request);
    if (answer->this_dc != 2) std::abort();
  }
}

task<> call_at_a_time(client& with, int each) {
  auto const executor = co_await asio::this_coro::executor;
  auto const start = [&](task_scope& scope) {
    for (int i = 0; i < at_a_time; ++i) scope.spawn(call_in_turn(with, each));
  };
  co_await task_scope::run(executor, start);
}

/// A client that runs on a loop of its own.
class caller {
 public:
  explicit caller(client_config config) : client_(loop_.get_executor(), std::move(config)) {
    asio::co_spawn(client_.get_executor(), client_.run(), bench::rethrow);
    in_turn(calls_in_turn);
  }

  void in_turn(int count) {
    bench::drive(loop_, client_.get_executor(), call_in_turn(client_, count));
  }
  void at_a_time(int each) {
    bench::drive(loop_, client_.get_executor(), call_at_a_time(client_, each));
  }

 private:
  asio::io_context loop_{1};
  client client_;
};

/// The bytes of one call in turn, with what belongs to it: acknowledgements, for example.
sizes size_of_call(bench::server_process const& server) {
  auto const counting = std::make_shared<bench::counting_environment>();
  auto config = bench::config_for(server);
  config.surroundings = counting;
  caller with(std::move(config));
  auto const before = counting->count();
  with.in_turn(calls_in_turn);
  auto const& after = counting->count();
  return {static_cast<std::uint32_t>((after.out - before.out) / calls_in_turn),
          static_cast<std::uint32_t>((after.in - before.in) / calls_in_turn)};
}

// --- The ping-pong --------------------------------------------------------------------------

/// Begins with the sizes that it is told.
task<> pong(tcp::socket& with) {
  sizes told = {};
  co_await asio::async_read(with, asio::buffer(told), asio::use_awaitable);
  bytes in(told[0]);
  bytes const out(told[1]);
  std::error_code ended;
  while (!ended) {
    co_await asio::async_read(with, asio::buffer(in),
                              asio::redirect_error(asio::use_awaitable, ended));
    if (!ended) co_await asio::async_write(with, asio::buffer(out), asio::use_awaitable);
  }
}

task<> ping(tcp::socket& with, sizes size, int count) {
  bytes const out(size[0]);
  bytes in(size[1]);
  for (int i = 0; i < count; ++i) {
    co_await asio::async_write(with, asio::buffer(out), asio::use_awaitable);
    co_await asio::async_read(with, asio::buffer(in), asio::use_awaitable);
  }
}

void serve_pongs(bench::server_process::tell_port const& tell) {
  asio::io_context loop(1);
  tcp::acceptor acceptor(loop, {asio::ip::address_v4::loopback(), 0});
  tell(acceptor.local_endpoint().port());
  auto socket = acceptor.accept();
  socket.set_option(tcp::no_delay(true));
  bench::drive(loop, loop.get_executor(), pong(socket));
}

class pinger {
 public:
  pinger(bench::server_process const& server, sizes size) : size_(size), socket_(loop_) {
    socket_.connect({asio::ip::address_v4::loopback(), server.port()});
    socket_.set_option(tcp::no_delay(true));
    asio::write(socket_, asio::buffer(size_));
  }

  void in_turn(int count) {
    bench::drive(loop_, loop_.get_executor(), ping(socket_, size_, count));
  }

 private:
  sizes size_;
  asio::io_context loop_{1};
  tcp::socket socket_;
};

// --- Both -----------------------------------------------------------------------------------

struct costs {
  bench::cost sequential;
  bench::cost pipelined;
  bench::cost ping_pong;
};

costs measure(caller& calls, pinger& bare, std::function<void(bool)> const& place) {
  costs out;
  for (int i = 0; i < ping_pong_warm_up; ++i) bare.in_turn(calls_in_turn);
  calls.at_a_time(calls_each);
  double const end = bench::wall_seconds() + time_limit;
  for (int i = 0; i < rounds && bench::wall_seconds() < end; ++i) {
    place(i % 2 == 0);
    out.sequential.measure(calls_in_turn, [&] { calls.in_turn(calls_in_turn); });
    out.ping_pong.measure(ping_pongs, [&] { bare.in_turn(ping_pongs); });
    out.pipelined.measure(at_a_time * calls_each, [&] { calls.at_a_time(calls_each); });
  }
  return out;
}

void show(costs const& found, sizes size) {
  bench::figures all;
  all.add("sequential_of_ping_pong", found.sequential.cpu / found.ping_pong.cpu);
  all.add("pipelined_of_ping_pong", found.pipelined.cpu / found.ping_pong.cpu);
  all.add("round_trip_of_ping_pong", found.sequential.wall / found.ping_pong.wall);
  all.add("sequential_us", found.sequential.cpu * 1e6);
  all.add("pipelined_us", found.pipelined.cpu * 1e6);
  all.add("ping_pong_us", found.ping_pong.cpu * 1e6);
  all.add("round_trip_us", found.sequential.wall * 1e6);
  all.add("ping_pong_round_trip_us", found.ping_pong.wall * 1e6);
  all.add("pipelined_wall_us", found.pipelined.wall * 1e6);
  all.add("bytes_out", size[0]);
  all.add("bytes_in", size[1]);
  all.show();
}

}  // namespace

int main() {
  bench::server_process const dc(bench::data_centre_server());
  bench::server_process const pongs(serve_pongs);
  auto const size = size_of_call(dc);
  caller calls(bench::config_for(dc));
  pinger bare(pongs, size);
  auto const place = [&](bool together) {
    dc.share_processor(together);
    pongs.share_processor(together);
  };
  show(measure(calls, bare, place), size);
}
