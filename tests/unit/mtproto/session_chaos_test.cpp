// SPDX-License-Identifier: MIT OR Apache-2.0
// Everything at once, by chance; a seed repeats its run exactly.
#include "session_world.hpp"
#include "support/catch.hpp"

#include <set>

using namespace mtp;
using namespace mtp::mtproto;
using namespace mtp::test;

namespace {

/// A line on which each packet may have an accident, and a data centre that has them too.
class chaos {
 public:
  explicit chaos(std::uint64_t seed)
      : chance_(seed),
        world_(seed, {},
               {.compress_from = seed % 3 == 0 ? 1u : 0u, .always_container = seed % 2 == 0}) {
    world_.handler = [this](server_session& session, server_events::incoming_call const& call) {
      if (dice(3)) {
        late_.push_back({session.session_id(), call.message_id, number_of(call.body)});
      } else {
        session.answer(call.message_id, object_of(answer_id, number_of(call.body)), world_.now);
      }
    };
  }

  void run() {
    world_.connect();
    for (int step = 0; step < 60; ++step) {
      accident();
      for (unsigned i = chance_.make<std::uint8_t>() % 4; i > 0; --i) ask(i * 400);
      world_.pass(std::chrono::seconds(chance_.make<std::uint8_t>() % 20));
      if (dice(2)) answer_late();
    }
    world_.fault = {};
    for (int i = 0; i < 60; ++i) {
      world_.pass(10s);
      answer_late();
    }
  }

  /// Each call has one end; what may not be repeated was executed once at most, and what has no
  /// answer is known to be unknown.
  void check() {
    std::set<request_handle> unknown;
    for (auto const& one : world_.abandoned) {
      CHECK(one.why == make_error_code(client_errc::outcome_unknown));
      unknown.insert(one.request);
    }
    for (std::uint32_t i = 0; i < asked_.size(); ++i) {
      bool const without_answer = unknown.contains(asked_[i]);
      CHECK(world_.answered[asked_[i]] == 1);
      if (!may_be_repeated(i)) CHECK(world_.executed[i] <= 1);
      if (may_be_repeated(i)) CHECK_FALSE(without_answer);
      if (without_answer) continue;
      CHECK(world_.executed[i] >= 1);
      CHECK(number_of(world_.answers[asked_[i]]) == i);
    }
    CHECK(world_.client.pending() == 0);
    CHECK(world_.server_errors.empty());
    outcomes_unknown = unknown.size();
  }

  std::size_t outcomes_unknown = 0;

  std::size_t asked() const { return asked_.size(); }
  int packets() const { return world_.packets; }

 private:
  static bool may_be_repeated(std::uint32_t number) { return number % 3 != 0; }

  void ask(std::size_t tail) {
    auto const number = static_cast<std::uint32_t>(asked_.size());
    request_options how{.repeatable = may_be_repeated(number)};
    how.priority = static_cast<lane>(number % 7 % 3);
    if (number % 5 == 4) how.after = asked_.back();
    asked_.push_back(world_.ask(number, tail, how));
  }

  bool dice(unsigned sides) { return chance_.make<std::uint8_t>() % sides == 0; }

  void accident() {
    switch (chance_.make<std::uint8_t>() % 16) {
      case 0: return strike(line_fault::kind::drop);
      case 1: return strike(line_fault::kind::duplicate);
      case 2: return strike(line_fault::kind::reorder);
      case 3: return strike(line_fault::kind::cut_before);
      case 4: return strike(line_fault::kind::cut_after);
      case 5: return world_.disconnect();
      case 6: return world_.salts.rotate(world_.client.server_time(world_.now));
      case 7: return forget_sessions();
      case 8: return plan([](server_faults& f) { f.flip_bit = true; });
      case 9: return plan([](server_faults& f) { f.lose_packets = 1; });
      case 10: return plan([](server_faults& f) { f.duplicate_packets = 1; });
      case 11: return reject();
      case 12: return plan([](server_faults& f) { f.skew_id = 100s; });
      case 13: return give_up();
      default: return;
    }
  }

  void strike(line_fault::kind what) {
    if (what == line_fault::kind::duplicate && rejects_) return;
    world_.fault = {what, world_.packets + chance_.make<std::uint8_t>() % 6};
  }

  template <class Change>
  void plan(Change change) {
    for (auto& [id, session] : world_.sessions) change(session.faults());
  }

  /// A data centre that rejects a message does not execute its copy, so none comes.
  void reject() {
    rejects_ = true;
    if (world_.fault.what == line_fault::kind::duplicate) world_.fault = {};
    plan([this](server_faults& f) { f.reject_next = dice(2) ? 20 : 32; });
  }

  /// On a fresh connection: what is under way on another cannot arrive any more.
  void give_up() {
    world_.disconnect();
    world_.give_up();
  }

  void forget_sessions() {
    world_.disconnect();
    world_.now = world_.now.after(5ms);  // or its message ids would be those it had
    world_.sessions.clear();
    late_.clear();
  }

  void answer_late() {
    for (auto const& one : std::exchange(late_, {})) {
      auto const session = world_.sessions.find(one.session);
      if (session == world_.sessions.end()) continue;
      session->second.answer(one.message, object_of(answer_id, one.number), world_.now);
    }
  }

  struct waiting {
    std::int64_t session;
    std::int64_t message;
    std::uint32_t number;
  };
  bool rejects_ = false;
  seeded_random chance_;
  session_world world_;
  std::vector<request_handle> asked_;
  std::vector<waiting> late_;
};

}  // namespace

TEST_CASE("in a world of accidents every call ends once, and none runs twice",
          "[mtproto][session][chaos]") {
  std::size_t asked = 0;
  std::size_t unknown = 0;
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    INFO("seed " << seed);
    chaos one(seed);
    one.run();
    one.check();
    asked += one.asked();
    unknown += one.outcomes_unknown;
  }
  CHECK(asked > 20000);
  CHECK(unknown > 10);
  CHECK(unknown < asked / 20);
}

TEST_CASE("the same seed gives the same run", "[mtproto][session][chaos]") {
  chaos one(7);
  chaos two(7);
  one.run();
  two.run();
  CHECK(one.packets() == two.packets());
  CHECK(one.asked() == two.asked());
}
