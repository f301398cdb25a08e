// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/testing/data_centre.hpp>

#include <support/catch.hpp>

#include <asio/buffer.hpp>
#include <asio/error.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/write.hpp>

#include <string_view>

using namespace mtp::testing;
using asio::ip::tcp;

namespace {

tcp::socket connect_to(asio::io_context& context, data_centre const& dc) {
  tcp::socket out(context);
  out.connect({asio::ip::make_address(dc.address().host), dc.address().port});
  return out;
}

/// Everything that the server writes until it closes the connection.
std::string read_to_end(tcp::socket& from) {
  std::string out;
  char buffer[256];
  std::error_code problem;
  while (!problem) {
    auto const size = from.read_some(asio::buffer(buffer), problem);
    out.append(buffer, size);
  }
  CHECK(problem == asio::error::eof);
  return out;
}

}  // namespace

TEST_CASE("a data centre comes back on its port with its world", "[testing][dc]") {
  data_centre dc;
  dc.start();
  auto const first = dc.address();
  CHECK(first.port != 0);
  CHECK(dc.say(42, peer::user(43), "before") == 1);
  dc.stop();
  CHECK_FALSE(dc.is_running());
  CHECK(dc.say(42, peer::user(43), "meanwhile") == 2);
  dc.start();
  CHECK(dc.address() == first);
  CHECK(dc.say(42, peer::user(43), "after") == 3);
}

TEST_CASE("each data centre has a port of its own", "[testing][dc]") {
  data_centre_config config;
  config.dcs = {{1, 0}, {2, 0}};
  data_centre dc(config);
  dc.start();
  auto const all = dc.addresses();
  REQUIRE(all.size() == 2);
  CHECK(all[0].id == 1);
  CHECK(all[0].port != all[1].port);
}

TEST_CASE("a port in use is named in the error", "[testing][dc]") {
  data_centre one;
  one.start();
  data_centre_config config;
  config.dcs = {{2, one.address().port}};
  data_centre two(config);
  try {
    two.start();
    FAIL("two data centres on one port");
  } catch (std::system_error const& problem) {
    std::string_view const text = problem.what();
    CHECK(text.find(std::to_string(one.address().port)) != std::string_view::npos);
  }
  CHECK_FALSE(two.is_running());
}

TEST_CASE("garbage gets a closed connection and harms nobody", "[testing][dc]") {
  data_centre dc;
  dc.start();
  asio::io_context context;
  for (std::string_view const text : {std::string_view("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                                      std::string_view("\x16\x03\x01\x02\x00\x01", 6),
                                      std::string_view("\xef\x7f\xff\xff\xff\xff\xff\xff\xff", 9),
                                      std::string_view("\xee\xee\xee\xee\xff\xff\xff\x7f", 8)}) {
    auto socket = connect_to(context, dc);
    asio::write(socket, asio::buffer(text));
    CHECK(read_to_end(socket).empty());
  }
  CHECK(dc.say(42, peer::user(43), "fine") == 1);
}

TEST_CASE("an unknown key is answered before the connection closes", "[testing][dc]") {
  data_centre dc;
  dc.start();
  asio::io_context context;
  auto socket = connect_to(context, dc);
  std::string packet("\xef\x10", 2);
  packet += std::string(64, '\x55');
  asio::write(socket, asio::buffer(packet));
  CHECK(read_to_end(socket) == std::string("\x01\x6c\xfe\xff\xff", 5));  // -404
}

TEST_CASE("stopping ends connections that say nothing", "[testing][dc]") {
  data_centre dc;
  dc.start();
  asio::io_context context;
  auto socket = connect_to(context, dc);
  asio::write(socket, asio::buffer("\xef", 1));
  dc.stop();
  std::error_code problem;
  char byte;
  socket.read_some(asio::buffer(&byte, 1), problem);
  CHECK(problem);
}

TEST_CASE("a data centre runs on the caller's loop too", "[testing][dc]") {
  asio::io_context loop;
  data_centre dc;
  dc.start(loop.get_executor());
  asio::io_context context;
  auto socket = connect_to(context, dc);
  loop.poll();
  loop.poll();
  CHECK(dc.connections() == 1);
  dc.stop();
  loop.run();
  CHECK_FALSE(dc.is_running());
}

TEST_CASE("a schema that cannot be read is refused by name", "[testing][dc]") {
  data_centre_config config;
  config.schemas.push_back({"// LAYER 200\nboolFalse#bc799737 = Boo l;\n", "broken.tl"});
  try {
    data_centre dc(config);
    FAIL("a broken schema was taken");
  } catch (std::invalid_argument const& problem) {
    CHECK(std::string_view(problem.what()).find("broken.tl:2") != std::string_view::npos);
  }
}
