// SPDX-License-Identifier: MIT OR Apache-2.0
#include "net/key_lifecycle.hpp"

#include "support/catch.hpp"

using namespace mtp;
using namespace std::chrono_literals;
using net::bind_outcome;
using net::key_lifecycle;
using state = key_lifecycle::state;

namespace {

steady_time const t0 = steady_time() + 1h;

/// Denied, tried as it is, and denied again: the next attempt proves it.
key_lifecycle suspect(key_options options = {}) {
  key_lifecycle key(options);
  key.on_unknown_key(t0);
  key.on_unknown_key(t0);
  return key;
}

}  // namespace

TEST_CASE("a fresh key is good and is used at once", "[net][key]") {
  key_lifecycle const key({});
  CHECK(key.current() == state::good);
  CHECK(!key.needs_proof());
  CHECK(key.not_before() <= t0);
}

TEST_CASE("no number of 404s takes a key away", "[net][key]") {
  key_lifecycle key({});
  steady_time now = t0;
  duration longest = {};
  for (int i = 0; i < 10'000; ++i) {
    key.on_unknown_key(now);
    REQUIRE(key.current() == state::suspect);
    REQUIRE(key.needs_proof() == (i > 0));  // the first time it is used again as it is
    REQUIRE(key.not_before() > now);
    longest = std::max(longest, key.not_before() - now);
    now = key.not_before();
  }
  CHECK(longest == 30s);
}

TEST_CASE("a suspect key is tried ever more rarely", "[net][key]") {
  key_lifecycle key({});
  for (duration wait : {1s, 2s, 4s, 8s, 16s, 30s, 30s}) {
    key.on_unknown_key(t0);
    CHECK(key.not_before() == t0 + wait);
  }
}

TEST_CASE("a packet under the key ends the doubt", "[net][key]") {
  auto key = suspect();
  key.on_heard();
  CHECK(key.current() == state::good);
  CHECK(key.not_before() <= t0);
  key.on_unknown_key(t0);
  CHECK(key.not_before() == t0 + 1s);
}

TEST_CASE("a temporary key that was bound ends the doubt", "[net][key]") {
  auto key = suspect();
  key.on_bind(bind_outcome::bound, 1h, t0);
  CHECK(key.current() == state::good);
  CHECK(!key.needs_proof());
  CHECK(key.not_before() <= t0);
  // Who denies it all the same is on the way: that does not begin the waits anew.
  key.on_unknown_key(t0);
  CHECK(!key.needs_proof());
  CHECK(key.not_before() == t0 + 4s);
}

TEST_CASE("only a proved server that does not know a settled key ends it", "[net][key]") {
  auto key = suspect();
  key.on_bind(bind_outcome::key_unknown, 60s, t0);
  CHECK(key.current() == state::dead);
  // Nothing brings it back.
  key.on_heard();
  key.on_unknown_key(t0);
  key.on_bind(bind_outcome::bound, 1h, t0);
  CHECK(key.current() == state::dead);
}

TEST_CASE("a young key that the server does not know is asked about again once it is settled",
          "[net][key]") {
  auto key = suspect();
  key.on_bind(bind_outcome::key_unknown, 59s, t0);
  CHECK(key.current() == state::suspect);
  CHECK(key.needs_proof());
  CHECK(key.not_before() == t0 + 1s);  // it is not so young then
  key.on_bind(bind_outcome::key_unknown, 60s, t0 + 1s);
  CHECK(key.current() == state::dead);
}

TEST_CASE("a server that cannot bind leaves the key as it is", "[net][key]") {
  auto key = suspect();
  key.on_bind(bind_outcome::not_supported, 1h, t0);
  CHECK(key.current() == state::suspect);
  CHECK(!key.needs_proof());  // first the key itself again
  CHECK(key.not_before() > t0);
  key.on_unknown_key(t0 + 10s);
  CHECK(key.needs_proof());
}

TEST_CASE("a doubt that cannot be settled keeps the key, whatever the program wants of others",
          "[net][key]") {
  key_options options;
  options.unprovable = GENERATE(unprovable_key::keep, unprovable_key::replace);
  auto key = suspect(options);
  steady_time now = t0;
  for (duration wait : {4s, 16s, 30s}) {  // between them the key itself is tried, and denied
    key.on_bind(bind_outcome::not_made, 1h, now);
    CHECK(key.current() == state::suspect);
    CHECK(!key.needs_proof());
    CHECK(key.not_before() == now + wait);
    key.on_unknown_key(now);
    CHECK(key.needs_proof());
  }
}

TEST_CASE("a suspect key of a server that cannot bind is replaced where that is wanted",
          "[net][key]") {
  key_options options;
  options.unprovable = unprovable_key::replace;
  auto key = suspect(options);
  key.on_bind(bind_outcome::not_supported, 0s, t0);
  CHECK(key.current() == state::dead);
  // One that nobody doubted is not.
  key_lifecycle good(options);
  good.on_bind(bind_outcome::not_supported, 1h, t0);
  CHECK(good.current() == state::good);
}

TEST_CASE("trouble that passes decides nothing", "[net][key]") {
  auto key = suspect();
  key.on_bind(bind_outcome::inconclusive, 1h, t0);
  CHECK(key.current() == state::suspect);
  CHECK(key.needs_proof());
  CHECK(key.not_before() == t0 + 4s);
}

TEST_CASE("refusals of a binding are told apart", "[net][key]") {
  auto const of = [](int code, char const* text) {
    return net::bind_outcome_of(parse_rpc_error(code, text, "auth.bindTempAuthKey"));
  };
  CHECK(of(400, "ENCRYPTED_MESSAGE_INVALID") == bind_outcome::key_unknown);
  CHECK(of(400, "TEMP_AUTH_KEY_ALREADY_BOUND") == bind_outcome::bound);
  for (auto const* name : {"EXPIRES_AT_INVALID", "TEMP_AUTH_KEY_EMPTY", "CONNECTION_NOT_INITED"})
    CHECK(of(400, name) == bind_outcome::inconclusive);
  for (int code : {500, -503, 420}) CHECK(of(code, "SOMETHING") == bind_outcome::inconclusive);
  CHECK(of(400, "METHOD_INVALID") == bind_outcome::not_supported);
  CHECK(of(404, "METHOD_NOT_FOUND") == bind_outcome::not_supported);
  CHECK(of(501, "NOT_IMPLEMENTED") == bind_outcome::not_supported);
}
