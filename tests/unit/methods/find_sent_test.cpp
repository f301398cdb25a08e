// SPDX-License-Identifier: MIT OR Apache-2.0
//
// A message is sent and its answer is lost: the repeat is refused with RANDOM_ID_DUPLICATE.
#include "support/catch.hpp"
#include "support/client_stage.hpp"

#include <mtp/mtp.hpp>
#include <mtp/tl/types/messages/Messages.hpp>

using namespace mtp;
using namespace mtp::test;

namespace {

/// Executes every sendMessage, and says only that it was executed before.
struct lost_answers {
  client_stage& stage;
  int asked = 0;
  int histories = 0;
  bool person = false;
  std::int32_t code = 500;
  tl::messages::messages history = {};

  std::optional<scripted_api::reply> operator()(std::uint32_t id, bytes_view query) {
    if (id == tl::messages::getHistory::tl_id) return look_back();
    if (id == tl::users::getUsers::tl_id && person) return self();
    if (id != tl::messages::sendMessage::tl_id) return {};
    ++asked;
    auto const without_us = std::exchange(stage.api.first, nullptr);
    (void)stage.api(bytes(query.begin(), query.end()));
    stage.api.first = without_us;
    return scripted_server::refusal{code, "RANDOM_ID_DUPLICATE"};
  }

 private:
  scripted_api::reply look_back() {
    ++histories;
    return test::to_bytes(tl::messages::Messages(history));
  }
  static scripted_api::reply self() {
    tl::user out;
    out.self = true;
    out.id = 7;
    return test::to_bytes(tl::list<tl::User>{tl::User(std::move(out))});
  }
};

peer_id const alice{peer_kind::user, scripted_api::alice_id};

/// A session whose owner is a person that knows Alice.
task<> make_person(client_stage& s) {
  session_state state;
  state.self = stored_self{.id = 7, .bot = false};
  state.access_hashes[alice] = 4242;
  auto batch = import_session(state, client_consumer);
  co_await s.records->open(real_environment(), s.executor);
  co_await s.records->commit(batch.take_records());
  co_await s.records->close();
  s.api.signed_in = true;
}

tl::message in_history(std::int32_t id, bool out, std::string_view text) {
  tl::message one;
  one.id = id;
  one.out = out;
  one.peer_id = tl::peerUser{.user_id = alice.id};
  one.message = text;
  return one;
}

}  // namespace

TEST_CASE("a bot's message whose answer was lost is reported as sent", "[client]") {
  for (std::int32_t const code : {400, 500}) {
    play([code](client_stage& s) -> task<> {
      lost_answers lost{.stage = s};
      lost.code = code;
      s.api.first = std::ref(lost);
      co_await live(s, [&](client& c) -> task<> {
        co_await log_in(c);
        auto const updates = c.updates();
        (void)s.api.alice_writes("other");
        auto const sent = co_await c.send_message(alice, " hello ");
        CHECK(sent.id() == 2);
        CHECK(sent.outgoing());
        CHECK(lost.asked == 1);
        CHECK(lost.histories == 0);  // which bots may not ask for
        CHECK(s.api.sent.size() == 1);
      });
    });
  }
}

TEST_CASE("a person's message whose answer was lost is found in the conversation", "[client]") {
  play([](client_stage& s) -> task<> {
    co_await make_person(s);
    lost_answers lost{.stage = s};
    lost.person = true;
    lost.history.messages = {in_history(9, false, "hello"), in_history(8, true, "hello"),
                             in_history(7, true, "other"), in_history(6, true, "hello")};
    s.api.first = std::ref(lost);
    co_await live(s, [&](client& c) -> task<> {
      auto const sent = co_await c.send_message(alice, "hello");
      CHECK(sent.id() == 8);
      CHECK(lost.asked == 1);
    });
  });
}

TEST_CASE("a message that was sent and is not found is an error that says so", "[client]") {
  play([](client_stage& s) -> task<> {
    co_await make_person(s);
    lost_answers lost{.stage = s};
    lost.person = true;
    s.api.first = std::ref(lost);
    co_await live(s, [&](client& c) -> task<> {
      auto const failed = co_await failure_of(c.send_message(alice, "hello"));
      CHECK(code_of(failed) == client_errc::sent_but_unknown);
      CHECK(lost.asked == 1);
    });
  });
}
