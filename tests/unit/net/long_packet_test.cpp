// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Whoever writes a long packet hears of its end when most of it has been sent, so that what becomes
// urgent meanwhile is written next.
#include "net/packet_stream.hpp"
#include "support/catch.hpp"
#include "support/forwarding_environment.hpp"
#include "support/run.hpp"
#include "support/seeded_random.hpp"

#include <mtp/core/task_scope.hpp>
#include <mtp/core/waiting_room.hpp>

#include <asio/error.hpp>
#include <asio/post.hpp>
#include <asio/this_coro.hpp>
#include <asio/use_awaitable.hpp>

#include <algorithm>

using namespace mtp;
using mtp::net::packet_stream;

namespace {

constexpr std::size_t long_size = 512 * 1024;

/// A connection of a test, which says how much is taken and when it wants more.
struct scripted_connection {
  explicit scripted_connection(asio::any_io_executor on) : strand(on), wants_more(strand) {}

  asio::any_io_executor strand;
  detail::waiting_room wants_more;
  std::size_t room = std::size_t{1} << 30;
  std::size_t taken = 0;
  int waits = 0;
};

class scripted_stream final : public byte_stream {
 public:
  explicit scripted_stream(scripted_connection& of) : of_(of) {}

  std::size_t read_some(mutable_bytes, std::error_code&) noexcept override { return 0; }
  std::size_t unread() const noexcept override { return 0; }
  std::size_t unconfirmed() noexcept override { return 0; }
  std::size_t write_some(bytes_view from, std::error_code& failed) noexcept override {
    std::size_t const count = std::min(from.size(), of_.room);
    if (count == 0) failed = asio::error::would_block;
    of_.room -= count;
    of_.taken += count;
    return count;
  }
  task<> readable() override { return of_.wants_more.wait(); }
  task<> writable() override {
    ++of_.waits;
    return of_.wants_more.wait();
  }
  void end_writing() noexcept override {}
  void close() noexcept override {}

 private:
  scripted_connection& of_;
};

/// The real environment, whose connections are the test's.
class scripted_environment final : public test::forwarding_environment {
 public:
  explicit scripted_environment(scripted_connection& of) : of_(of) {}

  task<std::unique_ptr<byte_stream>> connect(asio::any_io_executor,
                                             asio::ip::tcp::endpoint) override {
    co_return std::make_unique<scripted_stream>(of_);
  }

 private:
  scripted_connection& of_;
};

using test_body = task<> (*)(packet_stream&, scripted_connection&);

void with_stream(test_body body) {
  auto whole = [body]() -> task<> {
    auto executor = co_await asio::this_coro::executor;
    scripted_connection connection(executor);
    scripted_environment world(connection);
    test::seeded_random random(1);
    packet_stream stream(
        world, executor,
        transport::make_framing(transport::kind::intermediate, transport::role::client, random));
    dc_endpoint const somewhere{"127.0.0.1", 1};
    co_await stream.connect(somewhere);
    co_await body(stream, connection);
  };
  test::run(whole());
}

task<> finish(packet_stream& stream, bool& ended) {
  co_await stream.finish_writing();
  ended = true;
}

/// Lets everything run that can.
task<> settle() {
  auto executor = co_await asio::this_coro::executor;
  for (int i = 0; i < 10; ++i) co_await asio::post(executor, asio::use_awaitable);
}

packet_buffer packet_of(std::size_t size) { return packet_buffer::copy_of(bytes(size, 7)); }

}  // namespace

TEST_CASE("a short packet that is taken is written", "[net][stream]") {
  with_stream([](packet_stream& stream, scripted_connection& connection) -> task<> {
    CHECK(stream.try_write(packet_of(1000)));
    CHECK(!stream.is_writing());
    CHECK(connection.waits == 0);
    co_return;
  });
}

TEST_CASE("a long packet that is taken whole is written once the connection wants more",
          "[net][stream]") {
  with_stream([](packet_stream& stream, scripted_connection& connection) -> task<> {
    auto executor = co_await asio::this_coro::executor;
    CHECK(!stream.try_write(packet_of(long_size)));
    CHECK(connection.taken > long_size);  // all of it, and its length
    CHECK(stream.is_writing());
    bool ended = false;
    task_scope scope(executor);
    scope.spawn(finish(stream, ended));
    co_await settle();
    CHECK(!ended);
    CHECK(connection.waits == 1);
    connection.wants_more.wake();
    co_await scope.join();
    CHECK(ended);
    CHECK(!stream.is_writing());
    CHECK(stream.try_write(packet_of(1000)));  // the wait belonged to the long one
  });
}

TEST_CASE("a long packet that is taken in parts is waited for after the last of them",
          "[net][stream]") {
  with_stream([](packet_stream& stream, scripted_connection& connection) -> task<> {
    auto executor = co_await asio::this_coro::executor;
    connection.room = long_size / 2;
    CHECK(!stream.try_write(packet_of(long_size)));
    bool ended = false;
    task_scope scope(executor);
    scope.spawn(finish(stream, ended));
    co_await settle();
    connection.room = long_size;
    connection.wants_more.wake();
    co_await settle();
    CHECK(connection.taken > long_size);
    CHECK(!ended);
    connection.wants_more.wake();
    co_await scope.join();
    CHECK(ended);
    CHECK(connection.waits == 2);
  });
}
