// SPDX-License-Identifier: MIT OR Apache-2.0
//
// How a socket wakes who waits for much.
#include <mtp/core/environment.hpp>
#include <mtp/core/task_scope.hpp>
#include <support/catch.hpp>
#include <support/run.hpp>

#include <asio/error.hpp>
#include <asio/this_coro.hpp>

using namespace mtp;
using namespace std::chrono_literals;

namespace {

environment& real() { return real_environment(); }

/// Two ends of one connection over loopback.
struct ends {
  std::unique_ptr<byte_stream> near;
  std::unique_ptr<byte_stream> far;
};

task<ends> connected() {
  auto executor = co_await asio::this_coro::executor;
  auto listening = real().listen(executor, {asio::ip::address_v4::loopback(), 0});
  ends out;
  out.near = co_await real().connect(executor, listening->address());
  out.far = co_await listening->accept();
  co_return out;
}

}  // namespace

TEST_CASE("who has room for much gets all that comes, and the end", "[core][environment]") {
  constexpr std::size_t first = std::size_t{400} << 10;
  constexpr std::size_t second = std::size_t{10} << 10;
  auto send = [](byte_stream& to, byte_stream& from, std::size_t& got) -> task<> {
    bytes const much(first, 1);
    bytes const little(second, 2);
    co_await write_all(to, much);
    while (got + from.unread() < first) co_await test::pause(1ms);
    co_await write_all(to, little);
    while (got + from.unread() < first + second) co_await test::pause(1ms);
    to.end_writing();
  };
  auto receive = [](byte_stream& from, std::size_t& got) -> task<> {
    bytes room(std::size_t{1} << 20);
    std::error_code failed;
    while (failed != asio::error::eof) {
      got += from.read_some(room, failed);
      bool const none = failed == asio::error::would_block;
      if (failed && !none && failed != asio::error::eof) throw std::system_error(failed);
      if (none) co_await from.readable();
    }
  };
  auto body = [&]() -> task<> {
    auto executor = co_await asio::this_coro::executor;
    auto both = co_await connected();
    std::size_t got = 0;
    task_scope scope(executor);
    scope.spawn(receive(*both.near, got));
    scope.spawn(send(*both.far, *both.near, got));
    co_await scope.join();
    CHECK(got == first + second);
  };
  test::run(body());
}

TEST_CASE("who has room for much is woken once all of it has come", "[core][environment]") {
  constexpr std::size_t piece = std::size_t{50} << 10;
  constexpr int pieces = 9;
  auto send = [](byte_stream& to) -> task<> {
    bytes const some(piece, 1);
    for (int i = 0; i < pieces; ++i) {
      co_await write_all(to, some);
      co_await test::pause(1ms);
    }
  };
  auto receive = [](byte_stream& from, int& woken) -> task<> {
    bytes room(pieces * piece);
    mutable_bytes left = room;
    std::error_code failed;
    while (!left.empty()) {
      std::size_t const got = from.read_some(left, failed);
      left = left.subspan(got);
      if (got != 0) continue;
      co_await from.readable();
      ++woken;
    }
  };
  auto body = [&]() -> task<> {
    auto executor = co_await asio::this_coro::executor;
    auto both = co_await connected();
    int woken = 0;
    task_scope scope(executor);
    scope.spawn(receive(*both.near, woken));
    scope.spawn(send(*both.far));
    co_await scope.join();
    CHECK(woken <= 2);  // not by each piece
  };
  test::run(body());
}

TEST_CASE("what has arrived can be counted before it is read", "[core][environment]") {
  auto body = [&]() -> task<> {
    auto both = co_await connected();
    CHECK(both.near->unread() == 0);
    bytes const some(1000, 1);
    co_await write_all(*both.far, some);
    co_await both.near->readable();
    CHECK(both.near->unread() == some.size());
    while (both.far->unconfirmed() != 0) co_await test::pause(1ms);
    bytes room(300);
    std::error_code failed;
    CHECK(both.near->read_some(room, failed) == room.size());
    CHECK(both.near->unread() == some.size() - room.size());
  };
  test::run(body());
}
