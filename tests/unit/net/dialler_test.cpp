// SPDX-License-Identifier: MIT OR Apache-2.0
#include "net/dialler.hpp"

#include "support/catch.hpp"
#include "support/run.hpp"

#include <mtp/core/error.hpp>

#include <asio/error.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/redirect_error.hpp>
#include <asio/this_coro.hpp>
#include <asio/use_awaitable.hpp>

#include <list>

using namespace mtp;
using namespace std::chrono_literals;
using asio::ip::tcp;
using net::dialler;

namespace {

/// What somebody who listens does with those who connect.
enum class manner { answers, silent, hangs_up };

/// Listens on loopback. Takes everything in; answers with what it got, if it answers.
class listener {
 public:
  listener(asio::any_io_executor executor, task_scope& scope, manner how)
      : scope_(scope),
        acceptor_(executor, tcp::endpoint(asio::ip::address_v4::loopback(), 0)),
        how_(how) {
    scope_.spawn(accept());
  }
  dc_endpoint address() const {
    return {.host = "127.0.0.1", .port = acceptor_.local_endpoint().port()};
  }

  int connections = 0;
  int ended = 0;  ///< by the other side

 private:
  task<> accept() {
    for (;;) {
      auto socket = co_await acceptor_.async_accept(asio::use_awaitable);
      ++connections;
      if (how_ != manner::hangs_up) scope_.spawn(serve(std::move(socket)));
    }
  }
  task<> serve(tcp::socket socket) {
    std::array<std::uint8_t, 1024> part;
    std::error_code failed;
    std::size_t skip = 4;  // the tag of the framing
    for (;;) {
      auto const into = asio::buffer(part);
      auto const got =
          co_await socket.async_read_some(into, asio::redirect_error(asio::use_awaitable, failed));
      if (failed) break;
      if (how_ == manner::silent) continue;
      auto const out = asio::buffer(part.data() + skip, got - skip);
      socket.write_some(out);
      skip = 0;
    }
    ++ended;
  }

  task_scope& scope_;
  tcp::acceptor acceptor_;
  manner how_;
};

struct stage {
  asio::any_io_executor executor;
  task_scope scope{executor};
  std::list<listener> listeners = {};
  net::race_options race = {.stagger = 20ms, .attempt_timeout = 10s};
  std::vector<dc_endpoint> won = {};
  net::ran_out_of_time ran_out = net::ran_out_of_time::no;  ///< in the last race

  dc_endpoint listen(manner how) { return listeners.emplace_back(executor, scope, how).address(); }

  /// Says something, and wins when it comes back.
  task<> talk(dialler::attempt& over) {
    auto words = packet_buffer::copy_of(bytes(64, 1));
    co_await over.stream().write(std::move(words));
    auto const heard = co_await over.stream().receive();
    (void)heard;
    if (!over.win()) FAIL("two won");
    co_await over.others_ended();
    won.push_back(over.address());
  }

  task<std::error_code> dial(std::vector<dc_endpoint> to) {
    auto make = [](dc_endpoint const&) {
      return transport::make_framing(transport::kind::intermediate, transport::role::client,
                                     system_random());
    };
    dialler d(real_environment(), executor, race, make,
              [this](dialler::attempt& over) { return talk(over); });
    std::error_code out;
    try {
      co_await d.run(std::move(to));
    } catch (std::system_error const& e) {
      out = e.code();
    }
    ran_out = d.ran_out();
    co_return out;
  }
};

void play(std::function<task<>(stage&)> body) {
  auto whole = [&]() -> task<> {
    auto executor = co_await asio::this_coro::executor;
    stage s{.executor = executor};
    co_await body(s);
    s.scope.cancel();
    co_await s.scope.join();
  };
  test::run(whole());
}

}  // namespace

TEST_CASE("an address that accepts and says nothing loses to the next", "[net][dial]") {
  play([](stage& s) -> task<> {
    auto const silent = s.listen(manner::silent);
    auto const good = s.listen(manner::answers);
    std::vector<dc_endpoint> const to{silent, good};
    auto const failed = co_await s.dial(to);
    CHECK(failed == std::error_code());
    CHECK(s.won == std::vector<dc_endpoint>{good});
    CHECK(s.listeners.front().connections == 1);
    while (s.listeners.front().ended == 0) co_await test::pause(1ms);  // it was cancelled
  });
}

TEST_CASE("the first address wins when it answers in time, and no other is tried", "[net][dial]") {
  play([](stage& s) -> task<> {
    auto const good = s.listen(manner::answers);
    auto const other = s.listen(manner::answers);
    s.race.stagger = 5s;
    std::vector<dc_endpoint> const to{good, other};
    auto const failed = co_await s.dial(to);
    CHECK(failed == std::error_code());
    CHECK(s.won == std::vector<dc_endpoint>{good});
    CHECK(s.listeners.back().connections == 0);
  });
}

TEST_CASE("an address that refuses or hangs up costs no wait", "[net][dial]") {
  play([](stage& s) -> task<> {
    auto const hanging_up = s.listen(manner::hangs_up);
    auto const good = s.listen(manner::answers);
    s.race.stagger = 1h;
    std::vector<dc_endpoint> const to{{.host = "127.0.0.1", .port = 1}, hanging_up, good};
    auto const failed = co_await s.dial(to);
    CHECK(failed == std::error_code());
    CHECK(s.won == std::vector<dc_endpoint>{good});
  });
}

TEST_CASE("a race that nobody wins ends with what is most telling", "[net][dial]") {
  play([](stage& s) -> task<> {
    std::vector<dc_endpoint> const nobody{{.host = "127.0.0.1", .port = 1}};
    auto failed = co_await s.dial(nobody);
    CHECK(failed == asio::error::connection_refused);
    CHECK(s.ran_out == net::ran_out_of_time::no);
    s.race.attempt_timeout = 50ms;
    std::vector<dc_endpoint> const silent{s.listen(manner::silent)};
    failed = co_await s.dial(silent);
    CHECK(failed == client_errc::timed_out);
    CHECK(s.ran_out == net::ran_out_of_time::talking);
    CHECK(s.won.empty());
  });
}

TEST_CASE("a name joins the race with all its addresses and keeps its name", "[net][dial]") {
  play([](stage& s) -> task<> {
    auto const silent = s.listen(manner::silent);
    auto named = s.listen(manner::answers);
    named.host = "localhost";
    std::vector<dc_endpoint> const to{silent, named};
    auto const failed = co_await s.dial(to);
    CHECK(failed == std::error_code());
    CHECK(s.won == std::vector<dc_endpoint>{named});
  });
}

TEST_CASE("a race may be cancelled at any moment", "[net][dial]") {
  play([](stage& s) -> task<> {
    auto const silent = s.listen(manner::silent);
    auto const good = s.listen(manner::answers);
    std::vector<dc_endpoint> const to{silent, good};
    s.race.stagger = 1ms;
    for (int turns = 0; turns <= 60; ++turns) {
      task_scope scope(s.executor);
      scope.spawn([](stage& t, std::vector<dc_endpoint> where) -> task<> {
        co_await t.dial(std::move(where));
      }(s, to));
      for (int i = 0; i < turns; ++i) co_await asio::post(s.executor, asio::use_awaitable);
      scope.cancel();
      co_await scope.join();
    }
  });
}
