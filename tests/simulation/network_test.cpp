// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/core/async_event.hpp>
#include <mtp/core/environment.hpp>
#include <mtp/core/error.hpp>
#include <mtp/core/task_scope.hpp>
#include <mtp/core/timeout.hpp>
#include <mtp/testing/simulation.hpp>
#include <support/catch.hpp>

#include <asio/error.hpp>

using namespace mtp;
using namespace mtp::testing;
using namespace std::chrono_literals;

namespace {

asio::ip::tcp::endpoint const place{asio::ip::make_address("10.0.0.1"), 443};

/// A listener, and the two ends of a connection to it.
struct stage {
  simulation& sim;
  environment& around;
  asio::any_io_executor strand;
  std::unique_ptr<byte_listener> listening;
  std::unique_ptr<byte_stream> near = {};
  std::unique_ptr<byte_stream> far = {};

  explicit stage(simulation& in)
      : sim(in),
        around(*in.surroundings()),
        strand(in.get_executor()),
        listening(around.listen(strand, place)) {}
  task<> connect() {
    near = co_await around.connect(strand, place);
    far = co_await listening->accept();
  }
};

/// Reads everything; ends with what ended it.
task<std::error_code> read_all(byte_stream& from, bytes& into) {
  std::error_code failed;
  while (!failed) {
    co_await from.readable();
    std::uint8_t part[4096];
    auto const got = from.read_some(part, failed);
    into.insert(into.end(), part, part + got);
    if (failed == asio::error::would_block) failed = {};
  }
  co_return failed;
}

template <class T>
task<std::error_code> code_of(task<T> work) {
  std::error_code out;
  try {
    co_await std::move(work);
  } catch (std::system_error const& e) {
    out = e.code();
  }
  co_return out;
}

/// What the client's end reads when the server wrote twice, and `fault` met the second.
struct heard {
  bytes got = {};
  std::error_code failed = {};
};
heard hear(network_fault fault) {
  simulation sim(1);
  sim.network().faults = [&](std::size_t, asio::ip::tcp::endpoint const&) {
    return std::vector{planned_fault{.what = fault, .after = 5}};
  };
  stage s(sim);
  heard out;
  auto body = [](stage& on, heard& result) -> task<> {
    co_await on.connect();
    bytes const part(4, 1);
    co_await write_all(*on.far, part);
    co_await on.sim.sleep(1s);
    co_await write_all(*on.far, part);
    auto reading = with_timeout(on.around, read_all(*on.near, result.got), 1h);
    result.failed = co_await std::move(reading);
  };
  try {
    sim.run(body(s, out));
  } catch (std::system_error const& e) {
    out.failed = e.code();
  }
  CHECK(sim.faults()[static_cast<std::size_t>(fault)] == 1);
  return out;
}

}  // namespace

TEST_CASE("time passes only when there is nothing to do", "[simulation]") {
  simulation sim(1);
  auto const began = sim.now();
  auto body = [](simulation& in) -> task<> {
    for (int i = 0; i < 24; ++i) co_await in.sleep(1h);
  };
  sim.run(body(sim));
  CHECK(sim.now().steady == began.steady + 24h);
  CHECK(sim.now().wall == began.wall + 24h);
}

TEST_CASE("work that waits for nothing is found, and what takes too long", "[simulation]") {
  simulation sim(1);
  async_event never(*sim.surroundings(), sim.get_executor());
  CHECK_THROWS_AS(sim.run(never.wait()), std::runtime_error);
  CHECK_THROWS_AS(sim.run(sim.sleep(2h), 1h), std::runtime_error);
}

TEST_CASE("a time limit counts the simulation's time", "[simulation]") {
  simulation sim(1);
  auto const began = sim.now().steady;
  auto body = [](simulation& in) -> task<> {
    auto work = with_timeout(*in.surroundings(), in.sleep(1h), 1min);
    auto const failed = co_await code_of(std::move(work));
    CHECK(failed == client_errc::timed_out);
  };
  sim.run(body(sim));
  CHECK(sim.now().steady == began + 1min);
}

TEST_CASE("who waits for an earlier time is not held up by a later one", "[simulation]") {
  simulation sim(1);
  auto const timer = sim.surroundings()->make_timer(sim.get_executor());
  auto const began = sim.now().steady;
  std::vector<duration> woken;
  auto body = [&](simulation& in) -> task<> {
    task_scope scope(in.get_executor());
    auto waiting = [](simulation& of, wait_timer& on, steady_time until,
                      std::vector<duration>& out) -> task<> {
      auto const from = of.now().steady;
      while (of.now().steady < until) co_await on.wait_until(until);
      out.push_back(of.now().steady - from);
    };
    scope.spawn(waiting(in, *timer, began + 1s, woken));
    scope.spawn(waiting(in, *timer, began + 3s, woken));
    co_await scope.join();
  };
  sim.run(body(sim));
  CHECK(woken == std::vector<duration>{1s, 3s});
}

TEST_CASE("a connection takes a round trip, and bytes half of one", "[simulation][network]") {
  simulation sim(1);
  sim.network().to_server.delay = 30ms;
  sim.network().to_client.delay = 20ms;
  stage s(sim);
  auto const began = sim.now().steady;
  auto body = [](stage& on) -> task<> {
    co_await on.connect();
    auto const connected = on.sim.now().steady;
    bytes const hello(3, 1);
    co_await write_all(*on.near, hello);
    co_await on.far->readable();
    CHECK(on.sim.now().steady - connected == 30ms);
  };
  sim.run(body(s));
  CHECK(sim.now().steady - began == 80ms);
}

TEST_CASE("a link with a rate carries that much", "[simulation][network]") {
  simulation sim(1);
  sim.network().to_client = {.rate = 400'000, .delay = 50ms};
  stage s(sim);
  auto body = [](stage& on) -> task<> {
    co_await on.connect();
    auto const began = on.sim.now().steady;
    bytes const large(4'000'000, 7);
    bytes got;
    auto const start = [&](task_scope& scope) {
      auto sending = [](byte_stream& to, bytes const& what) -> task<> {
        co_await write_all(to, what);
        to.end_writing();
      };
      auto reading = [](byte_stream& from, bytes& into) -> task<> {
        auto const end = co_await read_all(from, into);
        CHECK(end == asio::error::eof);
      };
      scope.spawn(sending(*on.far, large));
      scope.spawn(reading(*on.near, got));
    };
    co_await task_scope::run(on.strand, start);
    CHECK(got == large);
    auto const took = on.sim.now().steady - began;
    CHECK(took >= 10s);
    CHECK(took < 10s + 100ms);
  };
  sim.run(body(s));
}

TEST_CASE("names are what the plan says; nobody there is a refusal; a filter says nothing",
          "[simulation][network]") {
  simulation sim(1);
  sim.network().names["dc.test"] = {place.address()};
  stage s(sim);
  auto body = [](stage& on) -> task<> {
    auto const found = co_await on.around.resolve(on.strand, "dc.test", 443);
    CHECK(found == std::vector{place});
    auto const unknown = co_await code_of(on.around.resolve(on.strand, "other.test", 443));
    CHECK(unknown == asio::error::host_not_found);
    asio::ip::tcp::endpoint const elsewhere(place.address(), 80);
    auto const refused = co_await code_of(on.around.connect(on.strand, elsewhere));
    CHECK(refused == asio::error::connection_refused);
    on.sim.network().filtered = [](auto const&) { return true; };
    auto attempt = with_timeout(on.around, on.around.connect(on.strand, place), 10s);
    auto const filtered = co_await code_of(std::move(attempt));
    CHECK(filtered == client_errc::timed_out);
  };
  sim.run(body(s));
}

TEST_CASE("what breaks a connection is heard as it should be", "[simulation][network]") {
  bytes const first(4, 1);
  auto const dropped = hear(network_fault::drop);
  CHECK(dropped.failed == asio::error::eof);
  auto const reset = hear(network_fault::reset);
  CHECK(reset.failed == asio::error::connection_reset);
  auto const half = hear(network_fault::half_close);
  CHECK(half.got == first);
  CHECK(half.failed == asio::error::eof);
  auto const hole = hear(network_fault::black_hole);
  CHECK(hole.got == first);
  CHECK(hole.failed == client_errc::timed_out);
}

TEST_CASE("who closes is done at once; the other reads the rest, then the end",
          "[simulation][network]") {
  simulation sim(1);
  stage s(sim);
  auto body = [](stage& on) -> task<> {
    co_await on.connect();
    bytes const last(100, 9);
    co_await write_all(*on.far, last);
    on.far->close();
    bytes got;
    auto const end = co_await read_all(*on.near, got);
    CHECK(got == last);
    CHECK(end == asio::error::eof);
    auto const closed = co_await code_of(on.far->readable());
    CHECK(closed == asio::error::operation_aborted);
  };
  sim.run(body(s));
}
