// SPDX-License-Identifier: MIT OR Apache-2.0
//
// A channel of which more was missed than a difference holds: its history is fetched.
#include "gap_stage.hpp"

#include <mtp/tl/types/Dialog.hpp>

#include <algorithm>
#include <limits>

using namespace mtp;
using namespace std::chrono_literals;
using mtp::test::channel_id;
using mtp::test::engine_stage;
using mtp::test::failure_with;
using mtp::test::gap_stage;
using mtp::test::refusal;
using mtp::updates::loss_reason;
using mtp::updates::lost;

namespace {

using order = updates::update_number::order;
using losses = std::vector<lost>;

/// "p2 p3 ... p<last>"
std::string posts(int first, int last) {
  std::string out;
  for (int i = first; i <= last; ++i) out += (i == first ? "p" : " p") + std::to_string(i);
  return out;
}

/// A channel whose difference is too long for whoever stands before `begin`.
struct history_stage : gap_stage {
  std::int32_t begin = 0;
  std::optional<std::int32_t> top = {};

  history_stage() {
    on_channel = [this](updates::ask_channel_difference const& request) {
      return request.pts < begin ? too_long() : channel_difference();
    };
  }
  /// Posts up to that number are missed.
  void miss(int last) {
    for (int i = server.channel_pts() + 1; i <= last; ++i)
      (void)server.post("p" + std::to_string(i));
    begin = last;
  }
  void learn_of_it(duration span = 1min) {
    push(test::to_push(tl::updateChannelTooLong{.channel_id = channel_id}));
    run(span);
  }
  channel_difference too_long() const {
    tl::dialog dialog;
    dialog.pts = begin;
    dialog.top_message = top.value_or(begin);
    tl::updates::channelDifferenceTooLong gone;
    gone.final = true;
    gone.dialog = std::move(dialog);
    return channel_difference::own(std::move(gone));
  }
};

lost of_channel(std::int32_t to, loss_reason why, std::int32_t first = 0, std::int32_t last = 0) {
  return {.box = order::channel,
          .channel = channel_id,
          .from = 1,
          .to = to,
          .why = why,
          .first_message = first,
          .last_message = last};
}

}  // namespace

TEST_CASE("what was missed of a channel is fetched out of its history, in order", "[updates]") {
  history_stage s;
  s.miss(250);
  s.learn_of_it();
  CHECK(s.take_delivered() == posts(2, 250));
  CHECK(s.fetched.size() == 249);
  CHECK(s.losses == losses{of_channel(250, loss_reason::changes_untold)});
  CHECK(s.take_asked() ==
        "channel:1 messages:1-1 messages:2-101 messages:102-201 messages:202-250");
  CHECK(s.stored.channels.at(channel_id) == 250);
  CHECK(s.stored.messages.at(channel_id) == 250);
  s.push(s.server.post("p251"));
  s.run();
  CHECK(s.take_delivered() == "p251");
  CHECK(s.fetched.size() == 249);
}

TEST_CASE("what comes while the history is fetched waits for it, other boxes do not", "[updates]") {
  history_stage s;
  s.miss(150);
  s.learn_of_it(100ms);  // and the second page is not asked for yet
  s.take_delivered();
  s.push(s.server.post("p151"));
  s.push(s.server.write("private"));
  s.run();
  CHECK(s.take_delivered() == "private");
  s.run(10s);
  CHECK(s.take_delivered() == posts(2, 151));
}

TEST_CASE("of a long history the newest messages are fetched, the others are said to be lost",
          "[updates]") {
  history_stage s;
  s.engine.set_backfill({.max_messages = 50, .look_back = 0});
  s.miss(250);
  s.learn_of_it();
  CHECK(s.take_delivered() == posts(201, 250));
  CHECK(s.losses == losses{of_channel(250, loss_reason::beyond_policy, 2, 200)});
}

TEST_CASE("messages that are too old are left out and said to be lost", "[updates]") {
  history_stage s;
  s.engine.set_backfill({.max_age = 24h});
  std::int32_t const now = 1'700'000'000;
  s.push(test::to_slice(tl::updateShort{.update = tl::updateContactsReset{}, .date = now}));
  s.run();
  s.take_delivered();
  s.miss(10);
  for (std::int32_t id = 1; id <= 10; ++id) s.server.posted(id).date = now - 3600 * (60 - 5 * id);
  s.learn_of_it();
  CHECK(s.take_delivered() == posts(8, 10));
  CHECK(s.losses == losses{of_channel(10, loss_reason::beyond_policy, 2, 7)});
}

TEST_CASE("nothing is fetched when that is not wanted, or it is not known from where",
          "[updates]") {
  history_stage s;
  s.miss(10);
  SECTION("not wanted") { s.engine.set_backfill({.max_messages = 0}); }
  SECTION("a newest message is not named") { s.top = 0; }
  SECTION("no message was there before") {
    s.stored.messages.clear();
    s.close_stream();
    s.open_stream();
  }
  s.learn_of_it();
  CHECK(s.take_delivered().empty());
  CHECK(s.losses == losses{of_channel(10, loss_reason::too_long)});
}

TEST_CASE("what was edited and deleted before the hole is found", "[updates]") {
  history_stage s;
  for (auto const* text : {"p2", "p3", "p4"}) s.push(s.server.post(text));
  s.run();
  s.take_delivered();
  s.miss(8);
  for (std::int32_t id = 1; id <= 8; ++id) s.server.posted(id).date = 100 + id;
  s.server.posted(1).edit_date = 103;  // was told before the fourth
  s.server.posted(2).edit_date = 107;
  s.server.deleted = {3, 6};
  s.learn_of_it();
  CHECK(s.take_delivered() == "deleted:3 edited:p2 p5 p7 p8");
  CHECK(s.fetched.size() == 5);
}

TEST_CASE("a request for the history that fails, whichever it is, is made again", "[updates]") {
  auto const why = GENERATE(as<error_info>(), refusal(500, "HISTORY_GET_FAILED"),
                            refusal(420, "FLOOD_WAIT_20"), failure_with(client_errc::timed_out));
  for (int at = 0; at < 5; ++at) {
    history_stage s;
    s.miss(250);
    int requests = 0;
    s.on_messages_failure = [&](updates::message_range) {
      return requests++ == at ? std::optional(why) : std::nullopt;
    };
    s.learn_of_it(2min);
    CHECK(s.take_delivered() == posts(2, 250));
    CHECK(s.losses == losses{of_channel(250, loss_reason::changes_untold)});
  }
}

TEST_CASE("a history that is refused for good is given up, with what it brought", "[updates]") {
  history_stage s;
  s.miss(250);
  auto why = refusal(400, "MSG_ID_INVALID");
  auto reason = loss_reason::refused;
  SECTION("refused") {}
  SECTION("a wait of an hour") { why = refusal(420, "FLOOD_WAIT_3600"); }
  SECTION("again and again") { why = refusal(500, "HISTORY_GET_FAILED"); }
  s.on_messages_failure = [&](updates::message_range which) {
    return which.first > 101 ? std::optional(why) : std::nullopt;
  };
  s.learn_of_it(5min);
  CHECK(s.take_delivered() == posts(2, 101));
  CHECK(s.losses == losses{of_channel(250, reason, 102, 250)});
  s.push(s.server.post("p251"));
  s.run();
  CHECK(s.take_delivered() == "p251");
}

TEST_CASE("a channel that is closed while its history is fetched is a loss", "[updates]") {
  history_stage s;
  s.miss(250);
  s.on_messages_failure = [](updates::message_range which) {
    return which.first > 101 ? std::optional(refusal(400, "CHANNEL_PRIVATE")) : std::nullopt;
  };
  s.learn_of_it();
  CHECK(s.take_delivered() == posts(2, 101));
  REQUIRE(s.losses.size() == 1);
  CHECK(s.losses.front().why == loss_reason::closed);
  CHECK(!s.stored.channels.contains(channel_id));
}

TEST_CASE("one message of a history that cannot be read is lost alone", "[updates]") {
  history_stage s;
  s.miss(250);
  s.on_messages_failure = [](updates::message_range which) {
    bool const holds_it = which.first <= 150 && which.last >= 150;
    return holds_it ? std::optional(failure_with(client_errc::decode)) : std::nullopt;
  };
  s.learn_of_it();
  CHECK(s.take_delivered() == posts(2, 149) + " " + posts(151, 250));
  CHECK(s.losses == losses{of_channel(250, loss_reason::unreadable, 150, 150)});
  CHECK(s.asked.size() < 30);
}

TEST_CASE("no history makes requests without end", "[updates]") {
  history_stage s;
  s.miss(250);
  SECTION("a newest message beyond all there are") {
    s.top = std::numeric_limits<std::int32_t>::max();
  }
  SECTION("a newest message before the known one") { s.top = 1; }
  SECTION("nothing but empty messages") {
    for (int id = 1; id <= 250; ++id) s.server.deleted.insert(id);
  }
  SECTION("nothing can be read") {
    s.on_messages_failure = [](updates::message_range) {
      return std::optional(failure_with(client_errc::decode));
    };
    s.engine.set_backfill({.max_messages = 20, .look_back = 10});
  }
  s.learn_of_it(1h);
  CHECK(s.asked.size() < 60);
  CHECK(s.losses.size() == 1);
  s.push(s.server.post("p251"));
  s.run();
  CHECK(s.take_delivered().ends_with("p251"));
}

TEST_CASE("a history that was not consumed whole comes again, and nothing is missing",
          "[updates]") {
  for (std::size_t taken = 0; taken < 12; ++taken) {
    history_stage s;
    s.consumes = false;
    s.miss(11);
    s.learn_of_it(taken % 2 == 0 ? 0ms : 10s);
    s.consume(taken);
    s.close_stream();
    s.open_stream();
    s.run(1min);
    s.consume();
    auto seen = s.delivered;
    std::ranges::sort(seen);
    auto const repeats = std::ranges::unique(seen);
    seen.erase(repeats.begin(), repeats.end());
    CHECK(seen.size() == 10);
    CHECK(s.stored.channels.at(channel_id) == 11);
    CHECK(!s.losses.empty());
  }
}

TEST_CASE("a history stops where nobody reads, and goes on", "[updates]") {
  history_stage s;
  s.consumes = false;
  s.room = 50;
  s.miss(250);
  s.learn_of_it(1h);
  CHECK(s.asked.size() <= 3);
  s.consumes = true;
  s.consume();
  s.run(1min);
  CHECK(s.take_delivered() == posts(2, 250));
}
