// SPDX-License-Identifier: MIT OR Apache-2.0
#include "api_stage.hpp"

#include <support/catch.hpp>

#include <core/wire.hpp>

using namespace mtp;
using namespace mtp::testing;
using test::api_client;
using test::api_stage;

namespace {

/// A layer that never was: what it has differs from ours in ids and fields.
constexpr char const* old_layer = R"(
nearestDc#11111111 country:string = NearestDc;
boolFalse#bc799737 = Bool;
boolTrue#997275b5 = Bool;
vector#1cb5c415 {t:Type} # [ t ] = Vector t;
userEmpty#d3bc4b7a id:long = User;
auth.authorization#22222222 user:User = auth.Authorization;
peerUser#59511722 user_id:long = Peer;
peerChat#36c6019a chat_id:long = Peer;
message#33333333 id:int message:string = Message;
inputPeerSelf#7da07ec9 = InputPeer;
updateNewMessage#44444444 message:Message pts:int pts_count:int = Update;
updates#55555555 updates:Vector<Update> = Updates;
---functions---
help.getNearestDc#1fb33026 = NearestDc;
help.goneInBetween#77777777 = Bool;
account.goneInBetween#88888888 = Bool;
messages.sendMessage#aaaaaaaa flags:# peer:InputPeer reply_to_msg_id:flags.0?int message:string random_id:long = Updates;
auth.importBotAuthorization#66666666 api_hash:string bot_auth_token:string = auth.Authorization;
// LAYER 100
)";

struct old_stage : api_stage {
  old_stage() { REQUIRE_FALSE(tl::schema::any_error(layers.add(old_layer, "old.tl"))); }
};

void put(bytes& to, std::uint32_t word) { wire::append_number(to, word); }

bytes in_layer(std::int32_t layer, bytes const& query) {
  tl::initConnection init;
  init.api_id = 1;
  init.query = tl::raw(query);
  tl::invokeWithLayer outer;
  outer.layer = layer;
  outer.query = tl::raw(encode_object(init));
  return encode_object(outer);
}

std::uint32_t id_of(bytes const& object) { return wire::constructor_of(object); }

bytes old_bot_login() {
  bytes call;
  put(call, 0x66666666);
  wire::append_text(call, {});
  wire::append_text(call, as_bytes("777000777:AAEchoBotOfTheOfflineDataCentre00001"));
  return call;
}

bytes bot_login() {
  return encode_object(tl::auth::importBotAuthorization{
      .api_id = 1,
      .api_hash = "h",
      .bot_auth_token = "777000777:AAEchoBotOfTheOfflineDataCentre00001"});
}

}  // namespace

TEST_CASE("each client is answered in its own layer", "[testing][api][layers]") {
  old_stage s;
  api_client old_one(s);
  auto const ask = encode_object(tl::help::getNearestDc{});
  auto const old_answer = old_one.call_bytes(in_layer(100, ask));
  CHECK(id_of(old_answer) == 0x11111111);
  CHECK(old_answer.size() == 8);  // the fields that this layer has no more
  CHECK(id_of(old_one.call_bytes(ask)) == 0x11111111);

  api_client new_one(s);
  CHECK(id_of(new_one.call_bytes(in_layer(tl::layer, ask))) == tl::nearestDc::tl_id);
  CHECK(id_of(new_one.call_bytes(in_layer(tl::layer + 1, ask))) == tl::nearestDc::tl_id);
}

TEST_CASE("the layers of the last months are spoken without a text being given",
          "[testing][api][layers]") {
  auto const ask = encode_object(tl::users::getFullUser{.id = tl::inputUserSelf{}});
  auto layers = older_layers();
  layers.push_back(tl::layer);
  for (int const layer : layers) {
    INFO(layer);
    api_stage s;
    s.layers.add_older();
    auto const schema = s.layers.choose(layer).schema;
    api_client bot(s);
    REQUIRE_FALSE(bot.call_bytes(in_layer(layer, bot_login())).empty());
    // users.userFull begins with a userFull.
    auto const answer = bot.call_bytes(ask);
    REQUIRE(answer.size() > 8);
    CHECK(id_of(answer) == schema->find_constructor("users.userFull")->id);
    CHECK(id_of(bytes(answer.begin() + 4, answer.end())) ==
          schema->find_constructor("userFull")->id);
  }
}

TEST_CASE("a new session is answered in the layer that its key spoke before",
          "[testing][api][layers]") {
  old_stage s;
  api_client client(s);
  auto const ask = encode_object(tl::help::getNearestDc{});
  CHECK(id_of(client.call_bytes(ask)) == tl::nearestDc::tl_id);
  client.call_bytes(in_layer(100, ask));
  s.core.forget_sessions();
  client.wait(std::chrono::seconds(1));  // ids of the new session are new
  CHECK(id_of(client.call_bytes(ask)) == 0x11111111);
}

TEST_CASE("a fresh temporary key inherits the layer of the one before it",
          "[testing][api][layers]") {
  old_stage s;
  api_client permanent(s);
  api_client first(s);
  api_client second(s);
  auto const key_of = [&](api_client& client) { return s.keys.find(2, client.key().id(), 0); };
  auto const become_temporary = [&](api_client& client) {
    auto& key = *key_of(client);
    key.temporary = true;
    key.expires_at = INT32_MAX;
    s.keys.bind(key, *key_of(permanent));
  };
  auto const ask = encode_object(tl::help::getNearestDc{});
  bool const before_binding = GENERATE(false, true);
  if (before_binding) key_of(first)->layer = 100;
  become_temporary(first);
  if (!before_binding) first.call_bytes(in_layer(100, ask));
  become_temporary(second);
  CHECK(id_of(second.call_bytes(ask)) == 0x11111111);
}

TEST_CASE("a layer below all that are known gets the next higher one", "[testing][api][layers]") {
  old_stage s;
  api_client client(s);
  auto const ask = encode_object(tl::help::getNearestDc{});
  CHECK(id_of(client.call_bytes(in_layer(50, ask))) == 0x11111111);
  CHECK(id_of(client.call_bytes(in_layer(150, ask))) == 0x11111111);
}

TEST_CASE("calls and updates are carried in both directions", "[testing][api][layers]") {
  old_stage s;
  api_client bot(s);
  CHECK(id_of(bot.call_bytes(in_layer(100, old_bot_login()))) == 0x22222222);
  REQUIRE(s.population.send(42, peer::user(777000777), "hello", 1'800'000'000));
  s.core.deliver_events(bot.now);
  bot.run();
  auto const updates = bot.all<mtproto::session_events::pushed_object>();
  REQUIRE(updates.size() == 1);
  bytes wanted;
  for (std::uint32_t const word : {0x55555555u, 0x1cb5c415u, 1u, 0x44444444u, 0x33333333u, 1u})
    put(wanted, word);
  append(wanted, as_bytes(std::string_view("\x05hello\0\0", 8)));
  put(wanted, 2);
  put(wanted, 1);
  CHECK(updates[0].body == wanted);
}

TEST_CASE("a reply from before layer 160 stays a reply", "[testing][api][layers]") {
  old_stage s;
  api_client bot(s);
  bot.call_bytes(in_layer(100, old_bot_login()));
  auto const own = s.population.send(777000777, peer::user(777000777), "first", 1'800'000'000);
  REQUIRE(own);
  bytes call;
  for (std::uint32_t const word :
       {0xaaaaaaaau, 1u, 0x7da07ec9u, static_cast<std::uint32_t>(own->id)})
    put(call, word);
  append(call, as_bytes(std::string_view("\x02hi\0", 4)));
  put(call, 5);
  put(call, 0);
  CHECK(id_of(bot.call_bytes(call)) == 0x55555555);
  auto const& box = s.population.box(777000777);
  auto const* reply = box.find(own->id + 1);
  REQUIRE(reply);
  CHECK(reply->content->text == "hi");
  CHECK(reply->content->reply_to_uid == box.find(own->id)->content->uid);
  CHECK(reply->content->reply_to_uid != 0);
}

TEST_CASE("a method that a layer does not have is unknown in it", "[testing][api][layers]") {
  old_stage s;
  api_client client(s);
  client.call_bytes(in_layer(100, encode_object(tl::updates::getState{})));
  CHECK(client.last_refusal == "400 INPUT_METHOD_INVALID_3990128682_0");
}

TEST_CASE("a method that only the client's layer has is not served", "[testing][api][layers]") {
  old_stage s;
  api_client client(s);
  bytes gone;
  bytes open_to_all;
  put(gone, 0x88888888);
  put(open_to_all, 0x77777777);
  client.call_bytes(in_layer(100, gone));
  CHECK(client.last_refusal == "401 AUTH_KEY_UNREGISTERED");
  client.call_bytes(open_to_all);
  CHECK(client.last_refusal == "400 METHOD_NOT_SUPPORTED");
  client.call_bytes(old_bot_login());
  client.call_bytes(gone);
  CHECK(client.last_refusal == "400 METHOD_NOT_SUPPORTED");
}
