// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "link_stage.hpp"

namespace mtp::test {

/// A call that may be executed twice, so that it outlives a key.
inline task<> expect_echo_again(stage& s, std::uint32_t value) {
  bytes const body = request(value);
  net::call_options options;
  options.request.repeatable = true;
  auto const outcome = co_await s.link.call(body, options);
  REQUIRE(std::holds_alternative<slice>(outcome));
  CHECK(std::get<slice>(outcome) == word(value));
}

/// Ends when the condition holds.
template <class Condition>
task<> until(Condition holds) {
  while (!holds()) co_await test::pause(1ms);
}

inline prepare with(pfs_mode mode) {
  return [mode](scripted_server&, net::link_options& o) { o.connection.keys.pfs = mode; };
}

inline int packets_under(stage& s, std::int64_t key) { return s.server.packets[key]; }

inline void short_lived(scripted_server&, net::link_options& o) {
  o.connection.keys.pfs = pfs_mode::on;
  o.connection.keys.temporary_lifetime = 101s;
  o.connection.keys.renew_before = 100s;
}

inline std::int64_t temporary_key_id(stage& s) {
  auto const* const found = s.key->temporary(link_purpose::main, real_environment().now());
  return found ? found->context->key.id() : 0;
}

/// A second link to the same data centre, while `body` lasts.
inline task<> beside(stage& s, link_purpose purpose, std::function<task<>(net::link&)> body) {
  auto options = s.options;
  options.purpose = purpose;
  net::link other(real_environment(), s.executor, options, s.key, {}, s.told);
  task_scope scope(s.executor);
  scope.spawn(other.run());
  co_await body(other);
  scope.cancel();
  co_await scope.join();
}

inline task<> expect_echo_on(net::link& on, std::uint32_t value) {
  bytes const body = request(value);
  auto const outcome = co_await on.call(body);
  REQUIRE(std::holds_alternative<slice>(outcome));
  CHECK(std::get<slice>(outcome) == word(value));
}

}  // namespace mtp::test
