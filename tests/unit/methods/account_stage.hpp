// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "simulation/log_in_stage.hpp"
#include "support/catch.hpp"

#include <mtp/methods/account.hpp>

#include <algorithm>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mtp::test {

inline constexpr std::string_view account_people = R"({
  "users": [
    {"id": 42, "first_name": "Alice", "phone": "+9996621001", "code": "12345"},
    {"id": 43, "first_name": "Bob", "phone": "+9996621002", "code": "12345"}
  ]
})";

/// What an operation is refused with; empty when it is not.
template <class T>
task<std::string> refusal_of(task<T> operation) {
  try {
    co_await std::move(operation);
  } catch (rpc_error const& refused) {
    co_return refused.name();
  } catch (error const& failed) {
    co_return failed.code().message();
  }
  co_return "";
}

/// Alice, signed in.
inline void as_alice(log_in_stage& s, log_in_stage::program const& body, visitor alice = {}) {
  s.live([&](client& c) -> task<> {
    co_await alice.sign_in(c);
    co_await body(c);
  });
}

/// Alice on two devices at a time.
using two_devices = std::function<task<>(account_methods here, client& other)>;
inline void on_two_devices(log_in_stage& s, two_devices const& body) {
  as_alice(s, [&](client& here) -> task<> {
    log_in_stage::program const second = [&](client& other) -> task<> {
      visitor alice;
      co_await alice.sign_in(other);
      co_await body(here.account(), other);
    };
    co_await log_in_stage::life(s, s.config(), second);
  });
}

/// The login on the other device.
inline account_session other_of(std::vector<account_session> const& all) {
  auto const at = std::ranges::find(all, false, &account_session::current);
  REQUIRE(at != all.end());
  return *at;
}

}  // namespace mtp::test
