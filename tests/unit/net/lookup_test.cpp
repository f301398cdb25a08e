// SPDX-License-Identifier: MIT OR Apache-2.0
#include "net/packet_stream.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"
#include "support/seeded_random.hpp"

#include <mtp/core/timeout.hpp>

#include <asio/error.hpp>
#include <asio/this_coro.hpp>
#include <dlfcn.h>
#include <netdb.h>

#include <atomic>
#include <thread>

using namespace mtp;
using namespace std::chrono_literals;
using asio::ip::tcp;
using mtp::net::packet_stream;

namespace {

std::atomic<int> lookups = 0;
std::atomic<int> answers = 0;           // to them
std::atomic<bool> is_released = false;  // the answer about slow.test

std::unique_ptr<transport::framing> some_framing() {
  static test::seeded_random random(1);
  return transport::make_framing(transport::kind::intermediate, transport::role::client, random);
}

task<std::error_code> connect(dc_endpoint to, duration limit) {
  auto executor = co_await asio::this_coro::executor;
  packet_stream stream(real_environment(), executor, some_framing());
  std::error_code out;
  try {
    auto attempt = stream.connect(std::move(to));
    co_await with_timeout(std::move(attempt), limit);
  } catch (std::system_error const& e) {
    out = e.code();
  }
  co_return out;
}

}  // namespace

/// Stands before that of the system: knows here.test and nothing of unknown.test, and of slow.test
/// only when it is released.
extern "C" int getaddrinfo(char const* node, char const* service, addrinfo const* hints,
                           addrinfo** out) {
  using function = decltype(&::getaddrinfo);
  static auto const real = reinterpret_cast<function>(::dlsym(RTLD_NEXT, "getaddrinfo"));
  ++lookups;
  std::string_view const name = node ? node : "";
  if (name == "here.test") return real("127.0.0.1", service, hints, out);
  if (name != "slow.test" && name != "unknown.test") return real(node, service, hints, out);
  if (name == "slow.test") is_released.wait(false);
  ++answers;
  return EAI_NONAME;
}

TEST_CASE("a name is looked up before the connection", "[net][stream]") {
  auto body = []() -> task<> {
    auto executor = co_await asio::this_coro::executor;
    tcp::acceptor acceptor(executor, tcp::endpoint(asio::ip::address_v4::loopback(), 0));
    dc_endpoint const here{"here.test", acceptor.local_endpoint().port()};
    auto const connected = co_await connect(here, 5s);
    CHECK(!connected);
    dc_endpoint const unknown{"unknown.test", 1};
    auto const refused = co_await connect(unknown, 5s);
    CHECK(refused == asio::error::host_not_found);
  };
  test::run(body());
}

TEST_CASE("a connection whose time is up does not wait for the lookup of its name",
          "[net][stream]") {
  lookups = answers = 0;
  auto body = []() -> task<> {
    dc_endpoint const to{"slow.test", 1};
    for (int i = 0; i < 3; ++i) {
      auto const failed = co_await connect(to, 20ms);
      CHECK(failed == client_errc::timed_out);
    }
    CHECK(answers == 0);  // nobody waited for one
    is_released = true;
    is_released.notify_all();
  };
  test::run(body());
  CHECK(lookups == 1);  // those that had not begun were dropped
}
