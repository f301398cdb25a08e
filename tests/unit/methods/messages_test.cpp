// SPDX-License-Identifier: MIT OR Apache-2.0
#include "support/catch.hpp"
#include "support/client_stage.hpp"

#include <mtp/tl/types/InputPeer.hpp>

using namespace mtp;
using namespace mtp::test;

TEST_CASE("a name that is kept outlives the user", "[client]") {
  tl::user raw;
  raw.username = tl::string("a name that is longer than what stands in place");
  auto someone = std::make_unique<user>(received<tl::user>::own(raw));
  auto const name = someone->username();
  auto const none = someone->last_name();
  someone.reset();
  CHECK(name == *raw.username);
  CHECK(none.empty());
  STATIC_REQUIRE(std::is_same_v<decltype(name), tl::string const>);
}

TEST_CASE("a message of our own says who wrote it, also when its client is gone", "[client]") {
  tl::message raw;
  raw.out = true;
  raw.peer_id = tl::peerUser{.user_id = scripted_api::alice_id};
  message const known(received<tl::message>::own(raw), {}, scripted_api::bot_id);
  CHECK(known.sender() == peer_id{peer_kind::user, scripted_api::bot_id});
  message const unknown(received<tl::message>::own(raw), {});
  CHECK(!unknown.sender());
}

TEST_CASE("a history of no messages, or of too many, is an error that names the argument",
          "[methods][messages]") {
  play([](client_stage& s) -> task<> {
    co_await live(s, [](client& c) -> task<> {
      co_await log_in(c);
      for (int const limit : {-1, 0, 101, 1000}) {
        auto const failed = co_await failure_of(c.messages().get_history("me", limit));
        CHECK(code_of(failed) == client_errc::bad_argument);
        auto const what = describe_exception(failed).text;
        CHECK(what.find("limit") != std::string::npos);
      }
    });
  });
}

TEST_CASE("the verbs of a client do what those of its areas do", "[methods][messages]") {
  play([](client_stage& s) -> task<> {
    co_await live(s, [&](client& c) -> task<> {
      co_await log_in(c);
      co_await c.send_message("me", "by the client");
      co_await c.messages().send("me", "by the area");
      CHECK(s.api.sent == std::vector<std::string>{"by the client", "by the area"});
      user const by_client = co_await c.get_me();
      user const by_area = co_await c.auth().get_me();
      CHECK(by_area.id() == by_client.id());
      auto const named = co_await c.peers().input_peer("me");
      CHECK(named.get_if<tl::inputPeerSelf>());
    });
  });
}

TEST_CASE("a message whose client is gone cannot be replied to", "[methods][messages]") {
  play([](client_stage&) -> task<> {
    tl::message raw;
    raw.peer_id = tl::peerUser{.user_id = scripted_api::alice_id};
    message const left(received<tl::message>::own(raw), {});
    auto const failed = co_await failure_of(left.reply("hello"));
    CHECK(code_of(failed) == client_errc::closed);
  });
}
