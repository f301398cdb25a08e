// SPDX-License-Identifier: MIT OR Apache-2.0
#include "net/packet_stream.hpp"

#include "support/catch.hpp"
#include "support/run.hpp"
#include "support/seeded_random.hpp"

#include <mtp/core/task_scope.hpp>
#include <mtp/core/timeout.hpp>

#include <asio/error.hpp>
#include <asio/read.hpp>
#include <asio/this_coro.hpp>
#include <asio/use_awaitable.hpp>
#include <asio/write.hpp>

using namespace mtp;
using namespace std::chrono_literals;
using asio::ip::tcp;
using mtp::net::packet_stream;

namespace {

std::unique_ptr<transport::framing> framing_of(transport::role role) {
  static test::seeded_random random(1);
  return transport::make_framing(transport::kind::intermediate, role, random);
}

/// A server for one connection, which a test plays byte by byte.
struct peer {
  tcp::acceptor acceptor;
  tcp::socket socket;

  explicit peer(asio::any_io_executor executor)
      : acceptor(executor, tcp::endpoint(asio::ip::address_v4::loopback(), 0)), socket(executor) {}
  dc_endpoint address() const { return {"127.0.0.1", acceptor.local_endpoint().port()}; }
};

using test_body = task<> (*)(packet_stream&, peer&);

/// Runs `body` with a stream that is connected to a peer, and the stream's writer beside it.
void with_connection(test_body body) {
  auto whole = [body]() -> task<> {
    auto executor = co_await asio::this_coro::executor;
    peer server(executor);
    packet_stream stream(real_environment(), executor, framing_of(transport::role::client));
    co_await stream.connect(server.address());
    server.socket = co_await server.acceptor.async_accept(asio::use_awaitable);
    co_await body(stream, server);
  };
  test::run(whole());
}

bytes payload(std::size_t size, std::uint8_t fill) { return bytes(size, fill); }

}  // namespace

TEST_CASE("packets sent arrive in order, as one stream", "[net][stream]") {
  with_connection([](packet_stream& stream, peer& server) -> task<> {
    for (std::uint8_t i = 0; i < 100; ++i) {
      auto packet = packet_buffer::copy_of(payload(400, i));
      co_await stream.write(std::move(packet));
    }
    bytes got(4 + 100 * 404);
    auto buffer = asio::buffer(got);
    co_await asio::async_read(server.socket, buffer, asio::use_awaitable);
    auto other = framing_of(transport::role::server);
    other->feed(bytes_view(got).subspan(4));
    for (std::uint8_t i = 0; i < 100; ++i) {
      auto frame = other->next();
      REQUIRE((frame && *frame));
      CHECK(std::get<transport::packet>(**frame).payload == payload(400, i));
    }
  });
}

TEST_CASE("a frame that comes byte by byte is received whole", "[net][stream]") {
  with_connection([](packet_stream& stream, peer& server) -> task<> {
    bytes out;
    framing_of(transport::role::server)->encode(payload(64, 7), out);
    for (std::uint8_t byte : out) {
      auto buffer = asio::buffer(&byte, 1);
      co_await asio::async_write(server.socket, buffer, asio::use_awaitable);
    }
    auto const frame = co_await stream.receive();
    CHECK(std::get<transport::packet>(frame).payload == payload(64, 7));
  });
}

TEST_CASE("several frames that come at once are received one by one", "[net][stream]") {
  with_connection([](packet_stream& stream, peer& server) -> task<> {
    bytes out;
    auto framing = framing_of(transport::role::server);
    framing->encode(payload(64, 1), out);
    framing->encode_error(-404, out);
    auto buffer = asio::buffer(out);
    co_await asio::async_write(server.socket, buffer, asio::use_awaitable);
    auto const first = co_await stream.receive();
    auto const second = co_await stream.receive();
    CHECK(std::get<transport::packet>(first).payload == payload(64, 1));
    CHECK(std::get<transport::transport_error>(second).code == -404);
  });
}

TEST_CASE("the end of the connection is an error", "[net][stream]") {
  with_connection([](packet_stream& stream, peer& server) -> task<> {
    server.socket.close();
    std::error_code failed;
    try {
      co_await stream.receive();
    } catch (std::system_error const& e) {
      failed = e.code();
    }
    CHECK(failed == asio::error::eof);
  });
}

TEST_CASE("a frame that is too large is an error, not memory", "[net][stream]") {
  with_connection([](packet_stream& stream, peer& server) -> task<> {
    bytes const out{0xfc, 0xff, 0xff, 0x7f};
    auto buffer = asio::buffer(out);
    co_await asio::async_write(server.socket, buffer, asio::use_awaitable);
    std::error_code failed;
    try {
      co_await stream.receive();
    } catch (std::system_error const& e) {
      failed = e.code();
    }
    CHECK(failed == protocol_errc::frame_too_large);
  });
}

TEST_CASE("nobody at the address is an error at once", "[net][stream]") {
  auto whole = []() -> task<> {
    auto executor = co_await asio::this_coro::executor;
    std::uint16_t port = 0;
    {
      peer const gone(executor);
      port = gone.address().port;
    }
    std::error_code failed;
    packet_stream stream(real_environment(), executor, framing_of(transport::role::client));
    try {
      dc_endpoint nobody{"127.0.0.1", port};
      co_await stream.connect(nobody);
    } catch (std::system_error const& e) {
      failed = e.code();
    }
    CHECK(failed == asio::error::connection_refused);
  };
  test::run(whole());
}
