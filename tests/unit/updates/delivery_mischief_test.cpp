// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The lives of a program under virtual time, which one message kills whenever it is given it. In
// every run one event fails, repeats, comes late, meets a stream that is opened anew, or is the
// last of a life. Each other message is handed out, and the program gets past the deadly one.
#include "delivery_stage.hpp"

#include <set>

using namespace mtp;
using namespace std::chrono_literals;
using mtp::test::delivery_stage;
using mtp::test::message_at;
using updates::delivery_step;

namespace {

constexpr int messages = 6;
constexpr int missed = 3;  ///< so many come in one difference when the program begins
constexpr int max_attempts = 3;

enum class trick { none, fail, repeat, late, rewind, kill };

struct mischief {
  int at = -1;
  trick how = trick::none;
};

struct killed {};

/// A program that is started again whenever it was killed.
class program {
 public:
  program(mischief what, int poison, duration work)
      : mischief_(what), poison_(poison), work_(work) {}

  void live() {
    while (!done_) {
      REQUIRE(++lives < 15);
      stage_.emplace(updates::delivery_options{.max_attempts = max_attempts});
      stage_->counts = counts_;
      stage_->pts = pts_;
      try {
        live_once();
      } catch (killed const&) {}
    }
  }

  void check() {
    CAPTURE(mischief_.at, static_cast<int>(mischief_.how), poison_, work_.count());
    CHECK(pts_ == messages);
    CHECK(counts_.empty());
    for (int i = 1; i <= messages; ++i) CHECK(handled_[i] >= 1);
    CHECK(passed_over_ == (poison_ ? std::set{poison_} : std::set<int>()));
    if (!poison_) return;
    // The stream came to it once more when it was opened anew while the count was being stored, and
    // less often when a count never got there.
    CHECK(handled_[poison_] >= max_attempts - (mischief_.how == trick::rewind));
    CHECK(handled_[poison_] <= max_attempts + 1 + (mischief_.how == trick::fail));
  }

  int events = 0;
  int lives = 0;

 private:
  trick next_trick() {
    auto const how = events++ == mischief_.at ? mischief_.how : trick::none;
    if (how == trick::kill) throw killed();
    if (how == trick::rewind) rewind();
    if (how == trick::late) stage_->now += 1min;
    return how;
  }

  void live_once() {
    if (next_trick() != trick::rewind) bring_missed();
    auto what = stage_->ask();
    for (;;) {
      if (what == delivery_step::wait && sent_ == messages) break;
      perform(what);
      what = what == delivery_step::hand_out ? stage_->ask() : stage_->next();
    }
    store();
    done_ = true;
  }

  void perform(delivery_step what) {
    if (what == delivery_step::wait) return send();
    if (what == delivery_step::save) return save();
    if (what == delivery_step::hand_out) return handle();
    REQUIRE(what == delivery_step::pass_over);
    auto const poison = stage_->machine.pass_over(stage_->counts);
    stage_->settle();
    CHECK(poison.key == updates::key_of(poison.what));
    CHECK(poison.attempts >= max_attempts);
    passed_over_.insert(number_of(poison.what));
    save();
  }

  static int number_of(updates::arrival const& what) {
    for (int i = 1; i <= messages; ++i)
      if (updates::key_of(what) == updates::key_of(message_at(i))) return i;
    return 0;
  }

  /// A difference brings what the program did not get past, and then where the account stands.
  void bring_missed() {
    sent_ = std::max(sent_, missed);
    for (int i = stage_->pts + 1; i <= sent_; ++i) stage_->machine.push(message_at(i));
    reach(sent_);
    stage_->machine.on_caught_up();
  }

  void reach(int pts) {
    stage_->machine.on_reached({.account = update_state{.pts = pts}}, stage_->counts);
    stage_->settle();
  }

  void rewind() {
    stage_->machine.discard();
    bring_missed();
  }

  void send() {
    auto const how = next_trick();
    if (how == trick::fail) throw killed();
    stage_->send(++sent_);
    if (how == trick::repeat) reach(sent_);
  }

  void save() {
    auto const how = next_trick();
    if (how != trick::fail) store();
    stage_->machine.on_saved();
    if (how == trick::repeat) stage_->machine.on_saved();
  }

  void store() {
    counts_ = stage_->counts;
    pts_ = stage_->pts;
  }

  /// The program asks twice when it gave up waiting once.
  void handle() {
    auto const given = stage_->machine.hand_out();
    int const number = number_of(given.what);
    REQUIRE(number > stage_->pts);
    ++handled_[number];
    if (number == poison_) throw killed();
    stage_->now += work_;
    auto const how = next_trick();
    if (how == trick::fail || how == trick::repeat) (void)stage_->ask();
  }

  mischief mischief_;
  int poison_;
  duration work_;
  std::optional<delivery_stage> stage_;  // of the present life
  delivery_stage::marks counts_;         // in the store
  std::int32_t pts_ = 0;                 // there, too
  std::map<int, int> handled_;
  std::set<int> passed_over_;
  int sent_ = 0;
  bool done_ = false;
};

int events_of(int poison, duration work) {
  program calm({}, poison, work);
  calm.live();
  calm.check();
  return calm.events;
}

}  // namespace

TEST_CASE("a program gets past the message that kills it, whatever befalls it on the way",
          "[updates][delivery]") {
  int runs = 0;
  for (duration const work : {duration(1ms), duration(1s)}) {
    for (int poison = 0; poison <= messages; ++poison) {
      int const count = events_of(poison, work);
      for (auto const how : {trick::fail, trick::repeat, trick::late, trick::rewind, trick::kill}) {
        for (int at = 0; at < count; ++at, ++runs) {
          program one({.at = at, .how = how}, poison, work);
          one.live();
          one.check();
        }
      }
    }
  }
  CHECK(runs > 1000);
}
