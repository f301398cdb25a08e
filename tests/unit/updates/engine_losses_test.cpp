// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Every way in which updates can be lost for good says so: which box, which range, and why.
#include "gap_stage.hpp"

#include <mtp/tl/types/Dialog.hpp>

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

lost of_account(std::int32_t to, loss_reason why) { return {.from = 0, .to = to, .why = why}; }

lost of_channel(std::optional<std::int32_t> to, loss_reason why) {
  return {.box = order::channel, .channel = channel_id, .from = 1, .to = to, .why = why};
}

}  // namespace

TEST_CASE("too much that was missed of the account is said to be lost", "[updates]") {
  gap_stage s;
  s.on_difference = [](update_state from) {
    using answer = engine_stage::difference;
    return from.pts < 1 ? answer::own(tl::updates::differenceTooLong{.pts = 1}) : answer();
  };
  s.lose_one();
  CHECK(s.losses == losses{of_account(1, loss_reason::too_long)});
  CHECK(s.take_delivered() == "next");
}

TEST_CASE("a position that the server does not know is a loss", "[updates]") {
  gap_stage s;
  s.failures = {refusal(400, "PERSISTENT_TIMESTAMP_INVALID")};
  s.lose_one();
  s.run(3s);
  CHECK(s.losses == losses{of_account(2, loss_reason::position_invalid)});
}

TEST_CASE("a difference that is refused for good, or cannot be read, is a loss", "[updates]") {
  gap_stage s;
  SECTION("refused") {
    s.failures = {refusal(400, "METHOD_INVALID")};
    s.lose_one();
    CHECK(s.losses == losses{of_account(1, loss_reason::refused)});
  }
  SECTION("unreadable") {
    s.failures = {failure_with(client_errc::decode)};
    s.lose_one();
    s.run(3s);
    CHECK(s.losses == losses{of_account(2, loss_reason::unreadable)});
  }
  SECTION("and the state neither") {
    s.failures = {failure_with(client_errc::decode), failure_with(client_errc::decode)};
    s.lose_one();
    s.run(3s);
    CHECK(s.losses == losses{of_account(1, loss_reason::unreadable)});
    CHECK(s.take_delivered() == "next");
  }
}

TEST_CASE("too much that was missed of a channel is said to be lost", "[updates]") {
  gap_stage s;
  s.on_channel = [](updates::ask_channel_difference const&) {
    tl::dialog dialog;
    dialog.pts = 3;
    tl::updates::channelDifferenceTooLong gone;
    gone.final = true;
    gone.dialog = std::move(dialog);
    return engine_stage::channel_difference::own(std::move(gone));
  };
  s.lose_post();
  CHECK(s.losses == losses{of_channel(3, loss_reason::too_long)});
  s.push(s.server.post("p4"));
  s.run();
  CHECK(s.take_delivered() == "p4");
}

TEST_CASE("a channel out of reach is a loss", "[updates]") {
  gap_stage s;
  SECTION("closed") {
    s.failures = {refusal(400, "CHANNEL_PRIVATE")};
    s.lose_post();
    CHECK(s.losses == losses{of_channel({}, loss_reason::closed)});
  }
  SECTION("without an access hash") {
    s.holds_channels = true;
    s.lose_post();
    s.engine.on_channel_unreachable(channel_id, s.now);
    s.run();
    CHECK(s.losses == losses{of_channel({}, loss_reason::unreachable)});
  }
  SECTION("unreadable") {
    s.failures = {failure_with(client_errc::decode)};
    s.lose_post();
    CHECK(s.losses == losses{of_channel(2, loss_reason::unreadable)});
    CHECK(s.take_delivered() == "p3");
  }
  SECTION("whose position is not known") {
    for (int i = 0; i < 5; ++i) s.failures.push_back(refusal(400, "PERSISTENT_TIMESTAMP_INVALID"));
    s.lose_post();
    CHECK(s.losses.empty());
    s.run(1min);
    CHECK(s.losses == losses{of_channel(2, loss_reason::position_invalid)});
    CHECK(s.take_delivered() == "p3");
  }
}

TEST_CASE("what does not fit and cannot be had is a loss up to its number", "[updates]") {
  gap_stage s;
  (void)s.server.write("lost");
  constexpr auto count = static_cast<int>(updates::gap_buffer::max_entries) + 10;
  for (int i = 0; i < count; ++i) s.push(s.server.write("kept"));
  s.failures = {refusal(400, "METHOD_INVALID")};
  s.run();
  REQUIRE(s.losses.size() >= 1);
  CHECK(s.losses.front() == of_account(1, loss_reason::refused));
  CHECK(s.stored.account->pts == s.server.pts());
  s.push(s.server.write("after"));
  s.run();
  CHECK(s.take_delivered().ends_with("after"));
}

namespace {

/// A server whose numbers leave one out that it does not have.
void leave_one_out(gap_stage& s) {
  s.on_difference = [](update_state) {
    return engine_stage::difference::own(tl::updates::differenceEmpty{.date = 1, .seq = 1});
  };
  s.on_channel = [](updates::ask_channel_difference const& request) {
    return engine_stage::channel_difference::own(
        tl::updates::channelDifferenceEmpty{.final = true, .pts = request.pts});
  };
}

void make_too_long(gap_stage& s) {
  s.on_difference = [](update_state from) {
    using answer = engine_stage::difference;
    return from.pts < 1 ? answer::own(tl::updates::differenceTooLong{.pts = 1}) : answer();
  };
}

/// A server that counts from the beginning again.
void reset_server(gap_stage& s) {
  s.push(s.server.write("one"));
  s.run();
  s.server.forget_everything();
  s.engine.request_difference();
  s.on_difference = [](update_state) {
    return engine_stage::difference::own(tl::updates::difference{.state = tl::updates::state{}});
  };
  s.run(1min);
}

void fail_with(gap_stage& s, error_info why) {
  s.failures = {std::move(why)};
  s.lose_one();
  s.run(3s);
}

void fail_channel_with(gap_stage& s, error_info why) {
  s.failures = {std::move(why)};
  s.lose_post();
}

/// More was missed than the difference holds, of three messages that are still there.
void miss_posts(gap_stage& s, backfill_options how) {
  s.engine.set_backfill(how);
  s.on_channel = [&s](updates::ask_channel_difference const&) {
    tl::dialog dialog;
    dialog.pts = dialog.top_message = s.server.channel_pts();
    tl::updates::channelDifferenceTooLong gone{.final = true};
    gone.dialog = std::move(dialog);
    return engine_stage::channel_difference::own(std::move(gone));
  };
  s.lose_post();
  s.run(1min);
}

void provoke(loss_reason why, gap_stage& s) {
  switch (why) {
    case loss_reason::too_long: return make_too_long(s), s.lose_one();
    case loss_reason::never_filled: return leave_one_out(s), s.lose_one(), s.run(1h);
    case loss_reason::server_reset: return reset_server(s);
    case loss_reason::position_invalid:
      return fail_with(s, refusal(400, "PERSISTENT_TIMESTAMP_INVALID"));
    case loss_reason::refused: return fail_with(s, refusal(400, "METHOD_INVALID"));
    case loss_reason::unreadable: return fail_with(s, failure_with(client_errc::decode));
    case loss_reason::beyond_policy: return miss_posts(s, {.max_messages = 1});
    case loss_reason::changes_untold: return miss_posts(s, {});
    case loss_reason::closed: return fail_channel_with(s, refusal(400, "CHANNEL_PRIVATE"));
    case loss_reason::unreachable:
      s.holds_channels = true;
      s.lose_post();
      s.engine.on_channel_unreachable(channel_id, s.now);
      return s.run();
  }
}

}  // namespace

TEST_CASE("every way of losing updates is said to the program", "[updates]") {
  for (auto const why : updates::loss_reasons) {
    gap_stage s;
    provoke(why, s);
    CAPTURE(static_cast<int>(why));
    REQUIRE(!s.losses.empty());
    CHECK(s.losses.front().why == why);
    CHECK(!describe(s.losses.front()).ends_with("unknown"));
  }
}

TEST_CASE("a gap that the server never fills ends, and what came behind it is delivered",
          "[updates]") {
  gap_stage s;
  leave_one_out(s);
  SECTION("of the account") {
    s.lose_one();
    CHECK(s.take_delivered().empty());
    s.push(s.server.write("more"));
    s.run(1h);
    CHECK(s.losses == losses{of_account(1, loss_reason::never_filled)});
    CHECK(s.take_delivered() == "next more");
    CHECK(s.stored.account->pts == s.server.pts());
  }
  SECTION("of a channel") {
    s.lose_post();
    s.run(1h);
    CHECK(s.losses == losses{of_channel(2, loss_reason::never_filled)});
    CHECK(s.take_delivered() == "p3");
    CHECK(s.stored.channels.at(channel_id) == s.server.channel_pts());
  }
  s.asked.clear();
  s.run(1h);
  CHECK(s.asked.size() <= 5);  // a quarter of an hour of silence each
  s.push(s.server.write("after"));
  s.run();
  CHECK(s.take_delivered() == "after");
}

TEST_CASE("a second gap behind one that is never filled has its own time", "[updates]") {
  gap_stage s;
  auto const begin = s.now;
  s.on_difference = [&](update_state from) {
    using answer = engine_stage::difference;
    bool const has_it = from.pts > 0 && s.now > begin + 20min;
    return has_it ? answer() : answer::own(tl::updates::differenceEmpty{.date = 1});
  };
  s.lose_one();
  (void)s.server.write("late");
  s.push(s.server.write("last"));
  s.run(1h);
  CHECK(s.losses == losses{of_account(1, loss_reason::never_filled)});
  CHECK(s.take_delivered() == "next late last");
}

TEST_CASE("numbered batches that never come are a loss, and the next are delivered", "[updates]") {
  gap_stage s;
  leave_one_out(s);
  s.push(test::to_push(tl::updateContactsReset{}, 1));
  s.push(test::to_push(tl::updateContactsReset{}, 4));
  s.run(1h);
  REQUIRE(s.losses.size() == 1);
  CHECK(s.losses.front() ==
        lost{.box = order::none, .from = 1, .to = 3, .why = loss_reason::never_filled});
  CHECK(s.take_delivered() == "other other");
}

TEST_CASE("a server that was reset loses the account and each channel", "[updates]") {
  gap_stage s;
  reset_server(s);
  REQUIRE(s.losses.size() == 2);
  CHECK(s.losses[0] == lost{.from = 1, .why = loss_reason::server_reset});
  CHECK(s.losses[1] == of_channel({}, loss_reason::server_reset));
}

TEST_CASE("a loss says box, range and reason in one line", "[updates]") {
  CHECK(describe(of_account(7, loss_reason::too_long)) ==
        "updates of the account after 0 up to 7 are lost: more were missed than the server tells");
  CHECK(describe(of_channel({}, loss_reason::closed)) ==
        "updates of channel 77 after 1 are lost: the channel is closed to this account");
  CHECK(describe(lost{.box = order::secondary, .from = 2, .to = 3, .why = loss_reason::refused}) ==
        "updates of the second order after 2 up to 3 are lost: the server refuses them");
  CHECK(describe(lost{.box = order::none, .from = 1, .to = 3, .why = loss_reason::never_filled}) ==
        "updates of the numbered batches after 1 up to 3 are lost: the server does not have what "
        "is missing");
}
