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

TEST_CASE("a loss says box, range and reason in one line", "[updates]") {
  CHECK(describe(of_account(7, loss_reason::too_long)) ==
        "updates of the account after 0 up to 7 are lost: more were missed than the server tells");
  CHECK(describe(of_channel({}, loss_reason::closed)) ==
        "updates of channel 77 after 1 are lost: the channel is closed to this account");
  CHECK(describe(lost{.box = order::secondary, .from = 2, .to = 3, .why = loss_reason::refused}) ==
        "updates of the second order after 2 up to 3 are lost: the server refuses them");
}
