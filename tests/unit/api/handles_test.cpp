// SPDX-License-Identifier: MIT OR Apache-2.0
#include "support/catch.hpp"
#include "support/hex.hpp"

#include <mtp/tl/api.hpp>
#include <mtp/tl/names.hpp>

#include <limits>

namespace {

namespace tl = mtp::tl;

template <class T>
mtp::bytes encoded(T const& value) {
  auto out = tl::encode(value);
  REQUIRE(out);
  return *out;
}

template <class T>
std::string problem(T const& value) {
  auto const out = tl::encode(value);
  return out ? "" : out.error().text();
}

}  // namespace

TEST_CASE("names are TL's own, but for C++'s words", "[tl][api]") {
  tl::updates_ const all;
  CHECK(std::string_view(all.tl_name) == "updates");
  tl::updateShort const one{.update = tl::updateConfig{}, .date = 7};
  tl::Updates const held = one;
  CHECK(held.tag() == tl::Updates::tags::updateShort);
  CHECK(tl::name_of(tl::messages::getHistory::tl_id) == "messages.getHistory");
  CHECK(tl::name_of(0x7abe77ec) == "ping");
  CHECK(tl::name_of(1).empty());
}

TEST_CASE("a required handle that is empty is an error that names the field", "[tl][api]") {
  CHECK(problem(tl::messages::getHistory{}) == "messages.getHistory: peer is required but empty");
  tl::messages::sendMedia request{.peer = tl::inputPeerSelf{}, .media = tl::inputMediaPhoto{}};
  CHECK(problem(request) == "inputMediaPhoto: id is required but empty");
}

TEST_CASE("part of a flag group is an error that names both", "[tl][api]") {
  tl::user someone{.id = 1};
  someone.bot = true;
  CHECK(problem(someone) == "user: bot shares a bit with bot_info_version: set both or none");
  someone.bot = false;
  someone.bot_info_version = 3;
  CHECK(problem(someone) == "user: bot_info_version shares a bit with bot: set both or none");
  someone.bot = true;
  CHECK(problem(someone).empty());
}

TEST_CASE("absent and empty differ", "[tl][api]") {
  tl::user absent{.id = 1};
  tl::user empty{.id = 1, .first_name = ""};
  CHECK(!(absent == empty));
  CHECK(encoded(absent).size() + 4 == encoded(empty).size());
  auto const back = tl::decode<tl::user>(encoded(empty));
  REQUIRE(back);
  auto const value = *back;
  REQUIRE(value->first_name);
  CHECK(value->first_name->empty());
  CHECK(!value->last_name);
}

TEST_CASE("unknown flag bits are ignored and not kept", "[tl][api]") {
  auto data = encoded(tl::peerNotifySettings{});
  data[7] = 0x80;  // bit 31 of flags
  auto const back = tl::decode<tl::PeerNotifySettings>(data);
  REQUIRE(back);
  auto const value = *back;
  CHECK(encoded(*value) == encoded(tl::peerNotifySettings{}));
}

TEST_CASE("handles share accessors for what their constructors share", "[tl][api]") {
  tl::Message message = tl::messageEmpty{.id = 5};
  REQUIRE(message.id());
  CHECK(*message.id() == 5);
  CHECK(message.peer_id() == nullptr);
  CHECK(!message.out());
  message = tl::message{.out = true, .id = 6, .peer_id = tl::peerUser{.user_id = 7}};
  CHECK(*message.id() == 6);
  CHECK(message.out());
  REQUIRE(message.peer_id());
  CHECK(message.from_id() == nullptr);
  CHECK(tl::Message().id() == nullptr);
}

TEST_CASE("doubles are equal when their bits are", "[tl][api]") {
  tl::geoPoint a{.lat = std::numeric_limits<double>::quiet_NaN()};
  CHECK(a == a);
  tl::geoPoint zero{.lat = 0.0};
  tl::geoPoint minus{.lat = -0.0};
  CHECK(!(zero == minus));
}

TEST_CASE("small trivial constructors stand inside their handle", "[tl][api]") {
  tl::Peer const peer = tl::peerUser{.user_id = 7};
  auto const* const inside = reinterpret_cast<char const*>(peer.get_if<tl::peerUser>());
  auto const* const begin = reinterpret_cast<char const*>(&peer);
  CHECK(inside >= begin);
  CHECK(inside < begin + sizeof peer);
  CHECK(sizeof(tl::Peer) == 16);
}

TEST_CASE("values nested beyond the limit are refused, a hundred levels are not", "[tl][api]") {
  auto const nested = [](int levels) {
    tl::RichText text = tl::textEmpty{};
    for (int i = 0; i < levels; ++i) text = tl::textBold{.text = text};
    return encoded(text);
  };
  CHECK(tl::decode<tl::RichText>(nested(100)));
  auto const refused = tl::decode<tl::RichText>(nested(5000));
  REQUIRE(!refused);
  CHECK(refused.error().code == tl::decode_errc::too_deep);
}

TEST_CASE("a call wrapped in others keeps its bytes", "[tl][api]") {
  auto const inner = encoded(tl::help::getConfig{});
  tl::initConnection init{
      .api_id = 1, .device_model = "d", .system_version = "s", .app_version = "a"};
  init.query = inner;
  tl::invokeWithLayer const outer{.layer = tl::layer, .query = encoded(init)};
  auto const back = tl::decode<tl::invokeWithLayer>(encoded(outer));
  REQUIRE(back);
  auto const whole = *back;
  auto const connection = tl::decode<tl::initConnection>(whole->query.view());
  REQUIRE(connection);
  auto const opened = *connection;
  CHECK(opened->query.data == tl::bytes(inner));
  STATIC_REQUIRE(std::is_same_v<tl::invokeWithLayer::response, tl::raw>);
}

TEST_CASE("responses have the types of the schema", "[tl][api]") {
  STATIC_REQUIRE(std::is_same_v<tl::answer<tl::account::updateStatus>, bool>);
  STATIC_REQUIRE(
      std::is_same_v<tl::answer<tl::users::getUsers>, mtp::received<tl::list<tl::User>>>);
  STATIC_REQUIRE(
      std::is_same_v<tl::answer<tl::messages::getHistory>, mtp::received<tl::messages::Messages>>);
  STATIC_REQUIRE(std::is_same_v<tl::help::getConfig::response, tl::Config>);
}

TEST_CASE("the path of an error leads to the place", "[tl][api]") {
  tl::messages::messages page;
  page.users = {tl::user{.id = 1},
                tl::user{.id = 2, .photo = tl::userProfilePhoto{.photo_id = 1, .dc_id = 2}}};
  auto data = encoded(tl::messages::Messages(page));
  data.resize(data.size() - 6);
  auto const refused = tl::decode<tl::messages::Messages>(data);
  REQUIRE(!refused);
  CHECK(refused.error().path == "messages.messages.users[1].photo.photo_id");
}

TEST_CASE("moving out of a value leaves it empty", "[tl][api]") {
  tl::Message message = tl::message{.id = 6, .peer_id = tl::peerUser{.user_id = 7}};
  tl::Message const taken = std::move(message);
  CHECK(!message);
  CHECK(message.tag() == tl::Message::tags::none);
  CHECK(*taken.id() == 6);
  tl::Message again = taken;
  tl::Message const& itself = again;
  again = itself;
  CHECK(again == taken);
}

TEST_CASE("assigning a part of a handle to the handle is legal", "[tl][api]") {
  tl::RichText text = tl::textBold{.text = tl::textPlain{.text = std::string(100, 'a')}};
  text = text.get_if<tl::textBold>()->text;
  REQUIRE(text.get_if<tl::textPlain>());
  CHECK(text.get_if<tl::textPlain>()->text == std::string(100, 'a'));
}
