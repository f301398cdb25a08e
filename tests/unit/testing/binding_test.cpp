// SPDX-License-Identifier: MIT OR Apache-2.0
// Temporary keys: core.telegram.org/api/pfs and core.telegram.org/method/auth.bindTempAuthKey
#include "raw_client.hpp"

#include <support/catch.hpp>

using namespace mtp;
using namespace mtp::testing;
using namespace std::chrono_literals;
using test::api_client;
using test::api_stage;
using test::bind_key;
using test::binding_call;
using test::claim_of;
using test::raw_client;

namespace {

/// Alice, signed in with a permanent key, and a client with a fresh temporary one.
struct bound_stage : api_stage {
  bound_stage() { alice.sign_in("9996621001"); }

  crypto::auth_key const& permanent() const { return alice.key(); }

  /// Sends the call that `change` made wrong.
  template <class Change>
  std::string bind_wrongly(raw_client& client, Change change) {
    auto const id = client.next_id();
    auto claim = claim_of(client, permanent(), id);
    change(claim);
    return client.send({id, encode_object(binding_call(permanent(), claim))});
  }

  api_client alice{*this};
};

}  // namespace

TEST_CASE("a temporary key acts for who signed in, once it is bound", "[testing][binding]") {
  bound_stage s;
  bool const names_dc = GENERATE(true, false);  // p_q_inner_data_temp_dc and p_q_inner_data_temp
  raw_client client(s, 3600s, names_dc);
  CHECK(client.call(tl::updates::getState{}) == "401 AUTH_KEY_PERM_EMPTY");
  CHECK(client.call(tl::help::getConfig{}) == "ok");
  CHECK(bind_key(client, s.permanent()) == "ok");
  CHECK(client.call(tl::updates::getState{}) == "ok");
  CHECK(s.keys.records().size() == 2);
}

TEST_CASE("a binding may come in initConnection", "[testing][binding]") {
  bound_stage s;
  raw_client client(s, 3600s);
  auto const id = client.next_id();
  auto const call = binding_call(s.permanent(), claim_of(client, s.permanent(), id));
  CHECK(client.send({id, api_client::initialised(call)}) == "ok");
  CHECK(client.call(tl::updates::getState{}) == "ok");
}

TEST_CASE("in a container the id of the message counts that carries the binding",
          "[testing][binding]") {
  bound_stage s;
  raw_client client(s, 3600s);
  auto const first = client.next_id();
  auto const second = client.next_id();
  auto const named = GENERATE_COPY(first, second);
  auto const call = binding_call(s.permanent(), claim_of(client, s.permanent(), named));
  client.send_together(
      {{first, encode_object(tl::help::getConfig{})}, {second, encode_object(call)}});
  CHECK(client.outcome_of(first) == "ok");
  CHECK(client.outcome_of(second) == (named == second ? "ok" : "400 ENCRYPTED_MESSAGE_INVALID"));
}

TEST_CASE("a binding in which anything is wrong is refused", "[testing][binding]") {
  bound_stage s;
  raw_client client(s, 3600s);
  auto const wrong = [&](auto change) { return s.bind_wrongly(client, change); };
  std::string const forged = "400 ENCRYPTED_MESSAGE_INVALID";
  CHECK(wrong([](auto& claim) { claim.message_id += 4; }) == forged);
  CHECK(wrong([](auto& claim) { claim.session += 1; }) == forged);
  CHECK(wrong([](auto& claim) { claim.temporary_key += 1; }) == forged);
  CHECK(wrong([](auto& claim) { claim.permanent_key += 1; }) == forged);
  std::string const expiry = "400 EXPIRES_AT_INVALID";
  CHECK(wrong([](auto& claim) { claim.expires_at = 1'800'000'000; }) == expiry);
  CHECK(wrong([](auto& claim) { claim.expires_at += 301; }) == expiry);
  CHECK(client.call(tl::updates::getState{}) == "401 AUTH_KEY_PERM_EMPTY");
  CHECK(bind_key(client, s.permanent()) == "ok");
}

TEST_CASE("what stands outside a binding must be what stands inside", "[testing][binding]") {
  bound_stage s;
  raw_client client(s, 3600s);
  auto const id = client.next_id();
  auto call = binding_call(s.permanent(), claim_of(client, s.permanent(), id));
  SECTION("the nonce") { call.nonce += 1; }
  SECTION("the time") { call.expires_at -= 1; }
  SECTION("all of it") { call.encrypted_message = tl::bytes(bytes(104)); }
  CHECK(client.send({id, encode_object(call)}) == "400 ENCRYPTED_MESSAGE_INVALID");
}

TEST_CASE("a permanent key is not bound", "[testing][binding]") {
  bound_stage s;
  raw_client client(s);
  CHECK(bind_key(client, s.permanent()) == "400 TEMP_AUTH_KEY_EMPTY");
}

TEST_CASE("a key is bound to an unknown key, or to a temporary one, by nobody",
          "[testing][binding]") {
  bound_stage s;
  raw_client client(s, 3600s);
  raw_client other(s, 3600s);
  CHECK(bind_key(client, other.key()) == "400 ENCRYPTED_MESSAGE_INVALID");
  s.keys.drop(2, s.permanent().id());
  CHECK(bind_key(client, s.permanent()) == "400 ENCRYPTED_MESSAGE_INVALID");
}

TEST_CASE("a bound key is bound again, but to no other", "[testing][binding]") {
  bound_stage s;
  raw_client client(s, 3600s);
  raw_client stranger(s);
  CHECK(bind_key(client, s.permanent()) == "ok");
  CHECK(bind_key(client, s.permanent()) == "ok");
  CHECK(bind_key(client, stranger.key()) == "400 TEMP_AUTH_KEY_ALREADY_BOUND");
  CHECK(client.call(tl::updates::getState{}) == "ok");
}

TEST_CASE("an expired temporary key is unknown", "[testing][binding]") {
  bound_stage s;
  raw_client client(s, 600s);
  REQUIRE(bind_key(client, s.permanent(), 600) == "ok");
  client.wait(590s);
  CHECK(client.call(tl::updates::getState{}) == "ok");
  client.wait(20s);
  CHECK(client.call(tl::updates::getState{}) == "");
  CHECK(client.errors == std::vector<std::int32_t>{-404});
}

TEST_CASE("auth.dropTempAuthKeys ends the others, but for those that it names",
          "[testing][binding]") {
  bound_stage s;
  raw_client one(s, 3600s);
  raw_client two(s, 3600s);
  raw_client three(s, 3600s);
  for (auto* each : {&one, &two, &three}) REQUIRE(bind_key(*each, s.permanent()) == "ok");
  tl::auth::dropTempAuthKeys q;
  q.except_auth_keys = {three.key().id()};
  CHECK(one.call(q) == "ok");
  CHECK(one.call(tl::updates::getState{}) == "ok");
  CHECK(two.call(tl::updates::getState{}) == "");
  CHECK(two.errors == std::vector<std::int32_t>{-404});
  CHECK(three.call(tl::updates::getState{}) == "ok");
}

TEST_CASE("each temporary key must say initConnection, again after it was bound",
          "[testing][binding]") {
  bound_stage s;
  s.api.require_initialisation(true);
  raw_client client(s, 3600s);
  auto const initialise = [&] {
    return client.send({client.next_id(), api_client::initialised(tl::help::getConfig{})});
  };
  CHECK(client.call(tl::help::getConfig{}) == "400 CONNECTION_NOT_INITED");
  CHECK(initialise() == "ok");
  CHECK(client.call(tl::help::getConfig{}) == "ok");
  CHECK(bind_key(client, s.permanent()) == "ok");
  CHECK(client.call(tl::updates::getState{}) == "400 CONNECTION_NOT_INITED");
  CHECK(initialise() == "ok");
  CHECK(client.call(tl::updates::getState{}) == "ok");
}

TEST_CASE("a refused binding binds nothing", "[testing][binding]") {
  bound_stage s;
  raw_client client(s, 3600s);
  s.api.faults().add(
      {.method = "auth.bindTempAuthKey", .refusal = rpc_fault{400, "ENCRYPTED_MESSAGE_INVALID"}});
  CHECK(bind_key(client, s.permanent()) == "400 ENCRYPTED_MESSAGE_INVALID");
  CHECK(client.call(tl::updates::getState{}) == "401 AUTH_KEY_PERM_EMPTY");
  CHECK(bind_key(client, s.permanent()) == "ok");
}
