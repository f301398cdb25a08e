// SPDX-License-Identifier: MIT OR Apache-2.0
#include "api_stage.hpp"

#include <support/catch.hpp>

using namespace mtp;
using namespace mtp::testing;
using test::api_client;
using test::api_stage;

TEST_CASE("a call is answered before initConnection too, in the newest layer", "[testing][api]") {
  api_stage s;
  api_client client(s);
  auto const bare = client.call_bytes(encode_object(tl::help::getNearestDc{}));
  CHECK(tl::decode<tl::NearestDc>(bytes_view(bare)));
  client.call_bytes(encode_object(tl::updates::getState{}));
  CHECK(client.last_refusal == "401 AUTH_KEY_UNREGISTERED");
  auto const config = client.call(tl::help::getConfig{});
  REQUIRE(config);
  CHECK(config->this_dc == 2);
  REQUIRE(config->dc_options.size() == 1);
  CHECK(config->dc_options[0].port == 4430);
  CHECK(config->dc_options[0].static_);
}

TEST_CASE("before log-in most methods are refused with 401", "[testing][api]") {
  api_stage s;
  api_client client(s);
  CHECK(client.refusal(tl::updates::getState{}) == "401 AUTH_KEY_UNREGISTERED");
  CHECK(client.refusal(tl::help::getConfig{}).empty());
  CHECK(client.refusal(tl::help::getNearestDc{}).empty());
  client.sign_in_bot();
  CHECK(client.refusal(tl::updates::getState{}).empty());
}

TEST_CASE("who may call does not depend on what is served", "[testing][api]") {
  api_stage s;
  api_client client(s);
  CHECK(client.refusal(tl::account::getThemes{}) == "401 AUTH_KEY_UNREGISTERED");
  CHECK(client.refusal(tl::help::getDeepLinkInfo{}) == "400 METHOD_NOT_SUPPORTED");
  client.call_bytes({0x78, 0x56, 0x34, 0x12});
  CHECK(client.last_refusal == "400 INPUT_METHOD_INVALID_305419896_0");
  client.sign_in_bot();
  CHECK(client.refusal(tl::account::getThemes{}) == "400 METHOD_NOT_SUPPORTED");
}

TEST_CASE("an unbound temporary key may do next to nothing", "[testing][api]") {
  api_stage s;
  api_client client(s);
  auto& key = *s.keys.find(2, client.key().id(), 0);
  key.temporary = true;
  key.expires_at = INT32_MAX;
  CHECK(client.refusal(tl::updates::getState{}) == "401 AUTH_KEY_PERM_EMPTY");
  CHECK(client.refusal(tl::langpack::getLanguages{}) == "401 AUTH_KEY_PERM_EMPTY");
  CHECK(client.refusal(tl::account::getThemes{}) == "401 AUTH_KEY_PERM_EMPTY");
  CHECK(client.refusal(tl::auth::initPasskeyLogin{}) == "401 AUTH_KEY_PERM_EMPTY");
}

TEST_CASE("an unknown method is refused, never met with silence", "[testing][api]") {
  api_stage s;
  api_client client(s);
  client.sign_in_bot();
  client.call_bytes({0x78, 0x56, 0x34, 0x12});
  CHECK(client.last_refusal == "400 INPUT_METHOD_INVALID_305419896_0");
  client.call_bytes({1, 2, 3, 4, 5, 6, 7, 8});
  CHECK(client.last_refusal == "400 INPUT_METHOD_INVALID_67305985_0");
  CHECK(client.refusal(tl::account::getThemes{}) == "400 METHOD_NOT_SUPPORTED");
  auto cut = encode_object(tl::contacts::resolveUsername{.username = "echo_bot"});
  cut.resize(cut.size() - 4);
  client.call_bytes(cut);
  CHECK(client.last_refusal == "400 INPUT_FETCH_ERROR");
}

TEST_CASE("a wrong layer is refused", "[testing][api]") {
  api_stage s;
  api_client client(s);
  client.call_bytes(api_client::initialised(tl::help::getConfig{}, 0));
  CHECK(client.last_refusal == "400 CONNECTION_LAYER_INVALID");
  client.call_bytes(api_client::initialised(tl::help::getConfig{}, tl::layer - 1));
  CHECK(client.last_refusal.empty());
}

TEST_CASE("a bot signs in by token, a person by code", "[testing][api]") {
  api_stage s;
  api_client bot(s);
  tl::auth::importBotAuthorization wrong;
  wrong.bot_auth_token = "1:wrong";
  CHECK(bot.refusal(wrong) == "400 ACCESS_TOKEN_INVALID");
  bot.sign_in_bot();
  tl::users::getUsers q;
  q.id = {tl::InputUser(tl::inputUserSelf{})};
  auto const self = bot.call(q);
  REQUIRE(self);
  REQUIRE(self->size() == 1);
  CHECK((*self)[0].get_if<tl::user>()->bot);
  CHECK((*self)[0].get_if<tl::user>()->self);

  api_client alice(s);
  alice.sign_in("+9996621001");
  auto const me = alice.call(q);
  CHECK((*me)[0].get_if<tl::user>()->id == 42);
  CHECK((*me)[0].get_if<tl::user>()->phone == tl::string("9996621001"));
  REQUIRE(alice.call(tl::auth::logOut{}));
  CHECK(alice.refusal(q) == "401 AUTH_KEY_UNREGISTERED");
}

TEST_CASE("what was to come after a refused call is refused", "[testing][api]") {
  api_stage s;
  api_client client(s);
  client.sign_in_bot();
  bool const refused = GENERATE(true, false);
  tl::contacts::resolveUsername someone;
  someone.username = refused ? "nobody_at_all" : "alice";
  auto const handle = client.session().submit(encode_object(someone));
  auto const packet = client.next_packet();
  auto const id = client.session().message_id_of(handle);
  REQUIRE(id);
  client.send_packet(packet);
  CHECK(client.all<mtproto::session_events::refusal>().size() == (refused ? 1 : 0));
  tl::invokeAfterMsg after;
  after.msg_id = *id;
  after.query = tl::raw(encode_object(tl::updates::getState{}));
  client.call_bytes(encode_object(after));
  CHECK(client.last_refusal == (refused ? "400 MSG_WAIT_FAILED" : ""));
}

TEST_CASE("a fault is met as often as it was asked for", "[testing][api]") {
  api_stage s;
  api_client client(s);
  client.sign_in_bot();
  s.api.faults().add(
      {.method = "updates.getState", .times = 2, .refusal = rpc_fault{420, "FLOOD_WAIT_3"}});
  CHECK(client.refusal(tl::help::getConfig{}).empty());
  CHECK(client.refusal(tl::updates::getState{}) == "420 FLOOD_WAIT_3");
  CHECK(client.refusal(tl::updates::getState{}) == "420 FLOOD_WAIT_3");
  CHECK(client.refusal(tl::updates::getState{}).empty());
  CHECK(s.api.calls("updates.getState") == 3);
  CHECK(s.api.calls("updates.getDifference") == 0);
}

TEST_CASE("a test's handler takes the place of ours", "[testing][api]") {
  api_stage s;
  api_client client(s);
  auto const handler = [](call& c, tl::help::getNearestDc const&) -> outcome<tl::NearestDc> {
    return tl::NearestDc{.country = "DE", .this_dc = c.dc, .nearest_dc = 4};
  };
  s.api.handlers().replace(tl::help::getNearestDc::tl_id, tl::help::getNearestDc::tl_name,
                           typed_handler<tl::help::getNearestDc, call>(handler));
  auto const nearest = client.call(tl::help::getNearestDc{});
  REQUIRE(nearest);
  CHECK(nearest->country == "DE");
  CHECK(nearest->nearest_dc == 4);
}

TEST_CASE("a handler that throws is an error of the server", "[testing][api]") {
  api_stage s;
  api_client client(s);
  auto const handler = [](call&, tl::help::getNearestDc const&) -> outcome<tl::NearestDc> {
    throw std::runtime_error("oh");
  };
  s.api.handlers().replace(tl::help::getNearestDc::tl_id, tl::help::getNearestDc::tl_name,
                           typed_handler<tl::help::getNearestDc, call>(handler));
  CHECK(client.refusal(tl::help::getNearestDc{}) == "500 INTERNAL_SERVER_ERROR");
}

TEST_CASE("even one that throws what is no exception", "[testing][api]") {
  api_stage s;
  api_client client(s);
  auto const handler = [](call&, tl::help::getNearestDc const&) -> outcome<tl::NearestDc> {
    throw 42;
  };
  s.api.handlers().replace(tl::help::getNearestDc::tl_id, tl::help::getNearestDc::tl_name,
                           typed_handler<tl::help::getNearestDc, call>(handler));
  CHECK(client.refusal(tl::help::getNearestDc{}) == "500 INTERNAL_SERVER_ERROR");
}

TEST_CASE("an InputPeer passes for an InputUser, as live servers let it", "[testing][api]") {
  api_stage s;
  api_client client(s);
  client.sign_in_bot();
  tl::users::getUsers q;
  q.id = {tl::InputUser(tl::inputUserSelf{}), tl::InputUser(tl::inputUserSelf{})};
  auto call = encode_object(q);
  store_le(call.data() + 12, tl::inputPeerSelf::tl_id);
  store_le(call.data() + 16, tl::inputPeerSelf::tl_id);
  auto const body = client.call_bytes(call);
  CHECK(client.last_refusal.empty());
  auto const users = tl::decode<tl::list<tl::User>>(bytes_view(body));
  REQUIRE(users);
  CHECK((*users)->size() == 2);
  store_le(call.data() + 16, std::uint32_t{0x12345678});
  client.call_bytes(call);
  CHECK(client.last_refusal == "400 INPUT_FETCH_ERROR");
}
