// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "net/link.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"
#include "support/scripted_server.hpp"

#include <asio/this_coro.hpp>

#include <functional>

namespace mtp::test {

using namespace std::chrono_literals;  // of the tests that use this

/// Remembers what a link tells.
struct listener final : net::link_listener {
  std::shared_ptr<mtproto::key_context> key;
  std::int32_t made_at = 0;
  int lost = 0;
  int doubts = 0;
  bool suspect = false;  // was told last
  int connections = 0;
  int created = 0;
  std::vector<bytes> updates;
  std::vector<dc_endpoint> good;
  std::vector<net::link_id> from;
  std::vector<std::error_code> ends;

  task<> store_key(net::link_id id, crypto::auth_key made, mtproto::client_session_state with,
                   std::int32_t at) override {
    from.push_back(id);
    key = std::make_shared<mtproto::key_context>(made, std::move(with));
    made_at = at;
    co_return;
  }
  void store_state(net::link_id id, mtproto::client_session_state) override { from.push_back(id); }
  void key_lost(net::link_id id) override { from.push_back(id), ++lost; }
  void key_suspect(net::link_id id, bool now) override {
    from.push_back(id), doubts += now;
    suspect = now;
  }
  void connecting(net::link_id) override {}
  void established(net::link_id id, dc_endpoint const& to) override {
    from.push_back(id);
    ++connections;
    good.push_back(to);
  }
  void disconnected(net::link_id, std::error_code why, bool) override { ends.push_back(why); }
  void session_created(net::link_id id) override { from.push_back(id), ++created; }
  void update(net::link_id id, slice body) override {
    from.push_back(id);
    updates.push_back(body.to_bytes());
  }
};

inline bytes word(std::uint32_t value) {
  bytes out(4);
  store_le(out.data(), value);
  return out;
}

/// Gives back what it gets, without the first four bytes.
inline scripted_server::reply echo(bytes const& body) {
  return bytes(body.begin() + 4, body.end());
}

inline bytes request(std::uint32_t value) {
  bytes out = word(0x11111111);
  append(out, word(value));
  return out;
}

inline std::shared_ptr<std::vector<crypto::rsa_public_key> const> trust_in(
    crypto::rsa_public_key key) {
  return std::make_shared<std::vector<crypto::rsa_public_key> const>(1, std::move(key));
}

inline net::link_options options_for(scripted_server const& server) {
  net::link_options options;
  options.endpoints = {server.address()};
  options.trusted = trust_in(scripted_server::key().public_key());
  options.connection.backoff = {.initial_delay = 5ms, .max_delay = 20ms};
  options.connection.keys.settled_after = 0s;
  options.connection.keys.doubt_delay = 1ms;
  options.connection.keys.max_doubt_delay = 5ms;
  return options;
}

/// The keys that links share; `known` is one of an earlier process.
inline std::shared_ptr<net::dc_key> key_for(asio::any_io_executor executor,
                                            net::link_options const& options,
                                            listener const* known = nullptr) {
  auto out = std::make_shared<net::dc_key>(real_environment(), executor, options.connection.keys);
  if (known && known->key) {
    out->set(std::make_shared<mtproto::key_context>(known->key->key), known->made_at);
  }
  return out;
}

using prepare = std::function<void(scripted_server&, net::link_options&)>;

/// A server, a link to it, and what the link tells.
struct stage {
  asio::any_io_executor executor;
  scripted_server server;
  listener told;
  net::link_options options;
  std::shared_ptr<net::dc_key> key;
  net::link link;

  stage(asio::any_io_executor where, scripted_server::handler on_call, prepare const& change = {})
      : executor(where),
        server(where, std::move(on_call)),
        options(changed(options_for(server), server, change)),
        key(key_for(where, options)),
        link(real_environment(), where, options, key, {}, told) {}

 private:
  static net::link_options changed(net::link_options out, scripted_server& of,
                                   prepare const& change) {
    if (change) change(of, out);
    return out;
  }
};

using script = std::function<task<>(stage&)>;

/// Runs `body` beside a running link. What the link throws ends the test.
inline void play(scripted_server::handler on_call, script body, prepare change = {}) {
  auto whole = [&]() -> task<> {
    auto executor = co_await asio::this_coro::executor;
    stage s(executor, on_call, change);
    task_scope scope(executor);
    auto then_stop = [&]() -> task<> {
      co_await body(s);
      scope.cancel();
    };
    scope.spawn(s.link.run());
    scope.spawn(then_stop());
    co_await serve_while(s.server, scope.join());
  };
  test::run(whole());
}

inline task<> expect_echo(stage& s, std::uint32_t value) {
  bytes const body = request(value);
  net::call_outcome const outcome = co_await s.link.call(body);
  REQUIRE(std::holds_alternative<slice>(outcome));
  CHECK(std::get<slice>(outcome) == word(value));
}

}  // namespace mtp::test
