// SPDX-License-Identifier: MIT OR Apache-2.0
#include <testing/net/stream_server.hpp>

#include <mtp/core/random.hpp>
#include <mtp/testing/data_centre.hpp>
#include <support/catch.hpp>

#include <asio/buffer.hpp>
#include <asio/co_spawn.hpp>
#include <asio/error.hpp>
#include <asio/io_context.hpp>
#include <asio/write.hpp>

#include <exception>
#include <stdexcept>
#include <string>
#include <utility>

using namespace mtp;
using namespace mtp::testing;
using namespace std::chrono_literals;
using asio::ip::tcp;

namespace {

crypto::rsa_private_key const& server_key() {
  static auto const key = crypto::rsa_private_key::generate();
  return key;
}

class silent final : public call_executor {
 public:
  call_answer execute(wrapped_call const&) override { return {}; }
  std::vector<account_event> take_events() override { return {}; }
  std::optional<bytes> render_push(account_event const&, std::optional<int>) override { return {}; }
};

/// Random bytes until it breaks.
class breakable_random final : public random_source {
 public:
  void fill(std::span<std::uint8_t> out) override {
    if (broken) throw std::runtime_error("out of dice");
    system_random().fill(out);
  }
  bool broken = false;
};

struct stage {
  explicit stage(log_sink hub_log = {}) : core(server_key(), keys, api, random, {}, hub_log) {
    core.options().handshake_timeout = 0s;
    port = server.listen({2, "127.0.0.1", 0});
    server.start();
  }
  ~stage() {
    server.stop();
    auto end = server.join();
    asio::co_spawn(loop, std::move(end), [](std::exception_ptr problem) { CHECK(!problem); });
    loop.run();
  }

  tcp::socket connect() {
    tcp::socket out(loop);
    out.connect({asio::ip::make_address("127.0.0.1"), port});
    out.non_blocking(true);
    return out;
  }

  /// What arrives; its end is marked.
  std::string read(tcp::socket& from) {
    std::string out;
    auto const end = std::chrono::steady_clock::now() + 10s;
    while (out.empty() && std::chrono::steady_clock::now() < end) {
      loop.run_for(10ms);
      char buffer[512];
      std::error_code problem;
      out.assign(buffer, from.read_some(asio::buffer(buffer), problem));
      if (problem == asio::error::eof || problem == asio::error::connection_reset) out = "<end>";
    }
    return out;
  }

  asio::io_context loop;
  key_ring keys;
  silent api;
  breakable_random random;
  std::vector<std::string> mistakes;
  hub core;
  stream_server server{real_environment(), loop.get_executor(), core,
                       [this](log_level, std::string_view line) { mistakes.emplace_back(line); }};
  std::uint16_t port = 0;
};

/// The first packet of a key exchange, req_pq_multi, over the abridged transport.
std::string opening() {
  std::string out("\xef\x0a", 2);
  out += std::string(8, '\0') + std::string("\x04\0\0\0\x01\0\0\x65", 8);  // key id, message id
  out += std::string("\x14\0\0\0\xf1\x8e\x7e\xbe", 8) + std::string(16, 'n');
  return out;
}

}  // namespace

TEST_CASE("what is thrown over one connection costs that connection only", "[testing][net]") {
  stage s;
  s.core.options().handshake_timeout = 10s;
  auto bystander = s.connect();
  auto unlucky = s.connect();
  s.loop.run_for(10ms);
  s.random.broken = true;
  asio::write(unlucky, asio::buffer(opening()));
  CHECK(s.read(unlucky) == "<end>");
  CHECK(s.mistakes == std::vector<std::string>{"a connection is given up: out of dice"});
  s.random.broken = false;
  asio::write(bystander, asio::buffer(opening()));
  CHECK(s.read(bystander).size() > 64);
  auto newcomer = s.connect();
  asio::write(newcomer, asio::buffer(opening()));
  CHECK(s.read(newcomer).size() > 64);
}

TEST_CASE("a connection that cannot be opened costs that connection only", "[testing][net]") {
  stage s;
  s.core.options().handshake_timeout = 10s;
  s.random.broken = true;
  auto unlucky = s.connect();
  asio::write(unlucky, asio::buffer(opening()));
  CHECK(s.read(unlucky) == "<end>");
  s.random.broken = false;
  auto newcomer = s.connect();
  asio::write(newcomer, asio::buffer(opening()));
  CHECK(s.read(newcomer).size() > 64);
}

TEST_CASE("the clock goes on after a tick that failed", "[testing][net]") {
  int failures = 0;
  stage s([&](log_level, std::string_view) {
    if (failures++ == 0) throw std::runtime_error("disk full");
  });
  auto stranger = s.connect();
  CHECK(s.read(stranger) == "<end>");
  CHECK(failures == 2);
  CHECK(s.mistakes == std::vector<std::string>{"the clock: disk full"});
}

TEST_CASE("who does not go when told to is broken off", "[testing][net]") {
  stage s;
  s.core.options().closing_timeout = 0s;
  auto stranger = s.connect();
  CHECK(s.read(stranger) == "<end>");
  auto const end = std::chrono::steady_clock::now() + 10s;
  while (s.core.connections() != 0 && std::chrono::steady_clock::now() < end) s.loop.run_for(10ms);
  CHECK(s.core.connections() == 0);
}
