// SPDX-License-Identifier: MIT OR Apache-2.0
#include "api_stage.hpp"

#include <support/catch.hpp>

using namespace mtp;
using namespace mtp::testing;
using test::api_client;
using test::api_stage;

namespace {

/// Calls with much inside, that damage can reach.
std::vector<bytes> rich_calls(api_client& client, tl::InputPeer const& to) {
  std::vector<bytes> out;
  auto message = client.message(to, "some text that is long enough to be hit");
  message.entities = tl::list<tl::MessageEntity>{
      tl::MessageEntity(tl::messageEntityBold{.offset = 0, .length = 4})};
  out.push_back(encode_object(message));
  tl::messages::getHistory history;
  history.peer = to;
  history.limit = 10;
  out.push_back(encode_object(history));
  tl::messages::getMessages some;
  some.id = {tl::InputMessage(tl::inputMessageID{.id = 1}),
             tl::InputMessage(tl::inputMessageID{.id = 2})};
  out.push_back(encode_object(some));
  tl::updates::getDifference difference;
  difference.pts = 1;
  out.push_back(encode_object(difference));
  tl::upload::saveFilePart part;
  part.file_id = 1;
  part.bytes = tl::bytes(bytes(64));
  out.push_back(encode_object(part));
  tl::messages::createChat chat;
  chat.users = {tl::InputUser(tl::inputUserSelf{})};
  chat.title = "group";
  out.push_back(encode_object(chat));
  tl::messages::getDialogs dialogs;
  dialogs.offset_peer = tl::inputPeerEmpty{};
  dialogs.limit = 5;
  out.push_back(encode_object(dialogs));
  out.push_back(api_client::initialised(history));
  return out;
}

}  // namespace

TEST_CASE("damaged calls are answered and harm nothing", "[testing][api]") {
  api_stage s;
  api_client client(s);
  client.sign_in("9996621001");
  auto const calls = rich_calls(client, client.peer_of("bob"));
  test::seeded_random random(20261121);
  auto const draw = [&](std::size_t below) {
    return static_cast<std::size_t>(random.make<std::uint32_t>()) % below;
  };
  for (int round = 0; round < 1500; ++round) {
    auto call = calls[draw(calls.size())];
    for (std::size_t hits = draw(4); hits > 0; --hits)
      call[draw(call.size())] = random.make<std::uint8_t>();
    if (draw(4) == 0) call.resize(std::max<std::size_t>(4, draw(call.size()) / 4 * 4));
    client.events.clear();
    client.call_bytes(call);
    auto const answered = client.all<mtproto::session_events::answer>().size() +
                          client.all<mtproto::session_events::refusal>().size() +
                          client.all<mtproto::session_events::abandoned>().size();
    REQUIRE(answered == 1);
    REQUIRE_FALSE(client.closed);
  }
  CHECK(client.refusal(tl::updates::getState{}).empty());
}
