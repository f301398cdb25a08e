// SPDX-License-Identifier: MIT OR Apache-2.0
//
// An account of which more was missed than a difference holds: its messages are fetched by number.
#include "engine_stage.hpp"

#include <algorithm>

using namespace mtp;
using namespace std::chrono_literals;
using mtp::test::engine_stage;
using mtp::test::refusal;
using mtp::updates::loss_reason;
using mtp::updates::lost;

namespace {

using losses = std::vector<lost>;

std::string words(int first, int last) {
  std::string out;
  for (int i = first; i <= last; ++i) out += (i == first ? "m" : " m") + std::to_string(i);
  return out;
}

/// An account whose difference is too long for whoever stands before `begin`.
struct account_stage : engine_stage {
  std::int32_t begin = 0;

  account_stage() {
    start();
    push(server.write("m1"));
    run();
    take_delivered();
    take_asked();
    on_difference = [this](update_state from) {
      using answer = difference;
      return from.pts < begin ? answer::own(tl::updates::differenceTooLong{.pts = begin})
                              : answer();
    };
  }
  /// Messages up to `last` are missed, of which a difference still holds those after `hole`.
  void miss(int hole, int last) {
    for (int i = 2; i <= last; ++i) (void)server.write("m" + std::to_string(i));
    begin = hole;
    engine.request_difference();
  }
};

lost of_account(std::int32_t to, loss_reason why, std::int32_t first = 0) {
  return {.from = 1, .to = to, .why = why, .first_message = first};
}

}  // namespace

TEST_CASE("what was missed of an account is fetched by number, in order and once", "[updates]") {
  account_stage s;
  s.miss(150, 260);
  s.run(1min);
  CHECK(s.take_delivered() == words(2, 260));
  CHECK(s.losses == losses{of_account(150, loss_reason::changes_untold)});
  CHECK(s.stored.account->pts == 260);
  CHECK(s.stored.messages.at(0) == 260);
  s.push(s.server.write("after"));
  s.run();
  CHECK(s.take_delivered() == "after");
}

TEST_CASE("what comes while an account's history is fetched comes behind it, and once",
          "[updates]") {
  account_stage s;
  s.miss(150, 150);
  s.run(100ms);
  s.push(s.server.write("m151"));
  s.push(s.server.post("post"));
  s.run(1min);
  CHECK(s.take_delivered() == words(2, 151) + " post");
}

TEST_CASE("an account's history is fetched so far and no farther", "[updates]") {
  account_stage s;
  s.engine.set_backfill({.max_messages = 100});
  s.miss(250, 260);
  s.run(1min);
  CHECK(s.take_delivered() == words(2, 101) + " " + words(251, 260));
  CHECK(s.losses == losses{of_account(250, loss_reason::beyond_policy, 102)});
}

TEST_CASE("requests for an account's history that fail are made again, or given up", "[updates]") {
  account_stage s;
  s.miss(250, 260);
  SECTION("made again") {
    auto left = GENERATE(1, 2, 4);
    s.on_messages_failure = [left](updates::message_range) mutable {
      return left-- > 0 ? std::optional(refusal(500, "INTERNAL")) : std::nullopt;
    };
    s.run(5min);
    CHECK(s.take_delivered() == words(2, 260));
  }
  SECTION("given up") {
    s.on_messages_failure = [](updates::message_range) {
      return std::optional(refusal(400, "METHOD_INVALID"));
    };
    s.run(5min);
    CHECK(s.take_delivered() == words(251, 260));
    CHECK(s.losses == losses{of_account(250, loss_reason::refused, 2)});
  }
}

TEST_CASE("an account's history that was not consumed whole comes again", "[updates]") {
  for (std::size_t taken = 0; taken < 30; taken += 3) {
    account_stage s;
    s.consumes = false;
    s.miss(15, 25);
    s.run(taken % 2 == 0 ? 0ms : 30s);
    s.consume(taken);
    s.close_stream();
    s.open_stream();
    s.run(1min);
    s.consume();
    auto seen = s.delivered;
    std::ranges::sort(seen);
    auto const repeats = std::ranges::unique(seen);
    seen.erase(repeats.begin(), repeats.end());
    CHECK(seen.size() == 24);
    CHECK(s.stored.account->pts == 25);
  }
}
