// SPDX-License-Identifier: MIT OR Apache-2.0
// A data centre forgets one thing at a time.
#include "raw_client.hpp"

#include <support/catch.hpp>

using namespace mtp;
using namespace mtp::testing;
using namespace std::chrono_literals;
using test::api_client;
using test::api_stage;
using test::bind_key;
using test::raw_client;

namespace {

/// Alice with a permanent key, and with two temporary ones that are bound to it.
struct key_stage : api_stage {
  key_stage() {
    alice.sign_in("9996621001");
    bind_key(one, alice.key());
    bind_key(two, alice.key());
  }

  std::size_t forget(remembered what, crypto::auth_key const& of) {
    return core.forget(what, {.key = of.id()}, alice.now);
  }

  api_client alice{*this};
  raw_client one{*this, 3600s};
  raw_client two{*this, 3600s};
};

tl::updates::getState const get_state;

}  // namespace

TEST_CASE("one key is forgotten, the others are not", "[testing][forget]") {
  key_stage s;
  CHECK(s.forget(remembered::key, s.one.key()) == 1);
  CHECK(s.one.call(get_state) == "");
  CHECK(s.one.errors == std::vector<std::int32_t>{-404});
  CHECK(s.two.call(get_state) == "ok");
  CHECK(s.alice.refusal(get_state).empty());
}

TEST_CASE("without its permanent key a temporary one is bound to nobody", "[testing][forget]") {
  key_stage s;
  CHECK(s.forget(remembered::key, s.alice.key()) == 1);
  CHECK(s.one.call(get_state) == "401 AUTH_KEY_PERM_EMPTY");
  CHECK(bind_key(s.one, s.alice.key()) == "400 ENCRYPTED_MESSAGE_INVALID");
}

TEST_CASE("one binding is forgotten, and made again", "[testing][forget]") {
  key_stage s;
  CHECK(s.forget(remembered::binding, s.one.key()) == 1);
  CHECK(s.one.call(get_state) == "401 AUTH_KEY_PERM_EMPTY");
  CHECK(s.two.call(get_state) == "ok");
  CHECK(bind_key(s.one, s.alice.key()) == "ok");
  CHECK(s.one.call(get_state) == "ok");
}

TEST_CASE("a log-in is forgotten with all keys that are bound to it", "[testing][forget]") {
  key_stage s;
  CHECK(s.core.forget(remembered::login, {.account = 42}, s.alice.now) == 3);
  CHECK(s.alice.refusal(get_state) == "401 AUTH_KEY_UNREGISTERED");
  CHECK(s.one.call(get_state) == "401 AUTH_KEY_UNREGISTERED");
}

TEST_CASE("one key must say initConnection again", "[testing][forget]") {
  key_stage s;
  CHECK(s.forget(remembered::initialisation, s.one.key()) == 1);
  CHECK(s.one.call(get_state) == "400 CONNECTION_NOT_INITED");
  CHECK(s.two.call(get_state) == "ok");
  CHECK(s.one.send({s.one.next_id(), api_client::initialised(get_state)}) == "ok");
  CHECK(s.one.call(get_state) == "ok");
}

TEST_CASE("the sessions of one key are forgotten", "[testing][forget]") {
  key_stage s;
  auto const before = s.core.sessions();
  CHECK(s.forget(remembered::session, s.one.key()) == 1);
  CHECK(s.core.sessions() == before - 1);
  CHECK(s.one.call(get_state) == "ok");  // in a new one
  CHECK(s.core.sessions() == before);
}

TEST_CASE("the salts of now are forgotten, those to come are not", "[testing][forget]") {
  key_stage s;
  auto const sessions_seen = s.alice.all<mtproto::session_events::session_created>().size();
  CHECK(s.core.forget(remembered::salt, {.dc = 2}, s.alice.now) == 3);
  CHECK(s.one.call(get_state) == "");  // bad_server_salt, which the raw client leaves alone
  CHECK(s.alice.refusal(get_state).empty());
  CHECK(s.alice.all<mtproto::session_events::session_created>().size() == sessions_seen);
}

TEST_CASE("what a step forgets it forgets behind its answer", "[testing][forget]") {
  key_stage s;
  s.api.faults().append({{.method = "updates.getState", .forget = remembered::session},
                         {.method = "updates.getState", .forget = remembered::initialisation},
                         {.method = "help.getConfig", .forget = remembered::key}});
  CHECK(s.one.call(get_state) == "ok");
  CHECK(s.one.call(get_state) == "ok");
  CHECK(s.one.call(tl::help::getConfig{}) == "400 CONNECTION_NOT_INITED");
  CHECK(s.api.faults().steps_left() == 1);
  CHECK(s.one.send({s.one.next_id(), api_client::initialised(tl::help::getConfig{})}) == "ok");
  CHECK(s.one.call(get_state) == "");
  CHECK(s.one.errors == std::vector<std::int32_t>{-404});
}
