// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The echo bot of the README survives everybody.
#include "support/catch.hpp"
#include "support/client_stage.hpp"

#include <mtp/core/timeout.hpp>
#include <mtp/mtp.hpp>
#include <mtp/tl/types/Document.hpp>
#include <mtp/tl/types/DocumentAttribute.hpp>
#include <mtp/tl/types/InputStickerSet.hpp>
#include <mtp/tl/types/MessageAction.hpp>
#include <mtp/tl/types/MessageEntity.hpp>
#include <mtp/tl/types/MessageMedia.hpp>
#include <mtp/tl/types/Poll.hpp>
#include <mtp/tl/types/PollResults.hpp>

#include <algorithm>
#include <cstdlib>
#include <vector>

#define main echo_bot_main
#include "../../../examples/01_echo_bot.cpp"
#undef main

using namespace mtp;
using namespace std::chrono_literals;
using mtp::test::client_stage;
using mtp::test::play_on;
using mtp::test::scripted_api;
using mtp::test::scripted_server;

namespace {

/// A stage with the echo bot, whose log is read.
struct echo_stage : client_stage {
  std::vector<std::string> errors;

  using client_stage::client_stage;

  /// What servers do with messages that say nothing or too much.
  static std::optional<scripted_api::reply> refuse_unfit(std::uint32_t id, bytes_view query) {
    if (id != tl::messages::sendMessage::tl_id) return {};
    auto const call = *tl::decode<tl::messages::sendMessage>(query);
    bool const blank = call->message.view().find_first_not_of(' ') == std::string_view::npos;
    if (blank) return scripted_server::refusal{400, "MESSAGE_EMPTY"};
    if (call->message.size() > 4096) return scripted_server::refusal{400, "MESSAGE_TOO_LONG"};
    return {};
  }

  client_config config() {
    auto out = client_stage::config();
    out.log = [this](log_level level, std::string_view line) {
      if (level == log_level::error) errors.emplace_back(line);
    };
    return out;
  }

  void push(tl::Updates const& news) {
    bytes const body = test::to_bytes(news);
    server.push(body);
  }

  /// Alice writes, and the bot answers.
  task<> hear(std::string text) {
    push(api.alice_writes(text));
    auto const give_up = std::chrono::steady_clock::now() + 10s;
    auto const said = [&] { return std::ranges::count(api.sent, text) > 0; };
    while (!said() && std::chrono::steady_clock::now() < give_up) co_await test::pause(1ms);
    CHECK(said());
  }

  /// One life of the bot.
  task<> live(std::function<task<>(echo_stage&)> body) {
    client bot(executor, config());
    task_scope scope(executor);
    scope.spawn(bot.run());
    scope.spawn(echo(bot));
    while (!api.signed_in) co_await test::pause(1ms);
    co_await hear("first");
    co_await body(*this);
    bot.close();
    co_await scope.join();
  }
};

void play_echo(std::function<task<>(echo_stage&)> body) {
  ::setenv("BOT_TOKEN", std::string(scripted_api::token).c_str(), 1);
  play_on<echo_stage>([body](echo_stage& s) -> task<> { co_await s.live(body); });
}

tl::message from_alice(echo_stage& s) {
  tl::message out;
  out.id = s.api.next_id();
  out.peer_id = tl::peerUser{.user_id = scripted_api::alice_id};
  out.date = 1'700'000'000;
  return out;
}

tl::messageMediaDocument document(bool sticker) {
  tl::document file;
  file.id = 5;
  file.mime_type = tl::string(sticker ? "image/webp" : "application/pdf");
  tl::documentAttributeSticker mark;
  mark.alt = tl::string("?");
  mark.stickerset = tl::inputStickerSetEmpty{};
  if (sticker) file.attributes.push_back(mark);
  tl::messageMediaDocument out;
  out.document = file;
  return out;
}

/// Every kind of message that has nothing to echo, or more than may be said.
std::vector<tl::Message> odd_messages(echo_stage& s) {
  std::vector<tl::Message> out;
  tl::messageService pinned;
  pinned.id = s.api.next_id();
  pinned.peer_id = tl::peerUser{.user_id = scripted_api::alice_id};
  pinned.action = tl::messageActionPinMessage{};
  out.push_back(pinned);
  for (bool const sticker : {false, true}) {
    auto one = from_alice(s);
    one.media = document(sticker);
    out.push_back(one);
  }
  auto poll = from_alice(s);
  tl::messageMediaPoll media;
  media.poll.question.text = tl::string("why?");
  poll.media = media;
  out.push_back(poll);
  auto unsupported = from_alice(s);
  unsupported.media = tl::messageMediaUnsupported{};
  out.push_back(unsupported);
  out.push_back(from_alice(s));  // no text, no media
  auto entities = from_alice(s);
  entities.entities.emplace();
  entities.entities->push_back(tl::messageEntityBold{.offset = 0, .length = 5});
  out.push_back(entities);
  out.push_back(tl::messageEmpty{.id = s.api.next_id()});
  auto blank = from_alice(s);
  blank.message = tl::string(" ");
  out.push_back(blank);
  return out;
}

void refuse_once(echo_stage& s, std::int32_t code, std::string_view text) {
  auto left = std::make_shared<int>(1);
  s.api.first = [=](std::uint32_t id, bytes_view) -> std::optional<scripted_api::reply> {
    if (id != tl::messages::sendMessage::tl_id || (*left)-- <= 0) return {};
    return scripted_server::refusal{code, text};
  };
}

}  // namespace

TEST_CASE("no kind of message ends the echo bot", "[client][echo]") {
  play_echo([](echo_stage& s) -> task<> {
    s.api.first = echo_stage::refuse_unfit;
    auto const count = odd_messages(s).size();
    for (std::size_t i = 0; i < count; ++i) {
      s.push(s.api.alice_sends(odd_messages(s).at(i)));
      co_await s.hear("after " + std::to_string(i));
    }
    std::string const longest(4096, 'x');
    co_await s.hear(longest);
    s.push(s.api.alice_writes(longest + "x"));
    co_await s.hear("last");
  });
}

TEST_CASE("whoever blocks the bot, or throws it out, ends nothing", "[client][echo]") {
  struct refusal {
    std::int32_t code;
    char const* text;
  };
  for (auto const no : {refusal{403, "USER_IS_BLOCKED"}, refusal{400, "PEER_ID_INVALID"},
                        refusal{403, "CHAT_WRITE_FORBIDDEN"}, refusal{400, "CHANNEL_PRIVATE"},
                        refusal{400, "INPUT_USER_DEACTIVATED"}, refusal{420, "SLOWMODE_WAIT_3600"},
                        refusal{420, "FLOOD_WAIT_3600"}, refusal{406, "CHAT_RESTRICTED"}}) {
    play_echo([no](echo_stage& s) -> task<> {
      refuse_once(s, no.code, no.text);
      s.push(s.api.alice_writes("refused"));
      co_await s.hear("next");
      REQUIRE(s.errors.size() == 1);
      CHECK(s.errors.front().find("message 3 in user 42") != std::string::npos);
      CHECK(std::ranges::count(s.api.sent, "refused") == 0);
    });
  }
}

TEST_CASE("a handler that throws what is no exception ends nothing", "[client][echo]") {
  play_on<echo_stage>([](echo_stage& s) -> task<> {
    int calls = 0;
    client bot(s.executor, s.config());
    task_scope scope(s.executor);
    scope.spawn(bot.run());
    auto handler = [&](update) -> task<> {
      if (++calls == 1) throw 7;
      if (calls == 2) throw std::logic_error("no");
      bot.close();
      co_return;
    };
    auto listens = [&](client& c) -> task<> {
      co_await test::log_in(c);
      co_await c.each_update(handler);
    };
    scope.spawn(listens(bot));
    while (!s.api.signed_in) co_await test::pause(1ms);
    for (auto const text : {"one", "two", "three"}) s.push(s.api.alice_writes(text));
    co_await scope.join();
    CHECK(calls == 3);
    CHECK(s.errors.size() == 2);
  });
}
