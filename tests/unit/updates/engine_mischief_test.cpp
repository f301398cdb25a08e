// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The life of a stream under virtual time: messages and posts come, a stream closes and another
// opens, the login is renewed. In every run one event fails, repeats, comes late or meets another,
// and each message is delivered once and in order.
#include "engine_stage.hpp"

#include <utility>

using namespace mtp;
using namespace std::chrono_literals;
using mtp::test::engine_stage;

namespace {

/// What befalls an event: the last three happen just before it, and so between a request and its
/// answer.
enum class trick { none, fail, repeat, late, push, reopen, login };

struct mischief {
  int at = -1;
  trick how = trick::none;
  error_info why = {};
  duration late = {};
};

/// A stage on which all goes well but for one event: a push, the answer to a request, the end of a
/// stream and the beginning of the next, a login.
class life : public engine_stage {
 public:
  explicit life(mischief what) : mischief_(std::move(what)) {
    before_answer = [this] { on_request(); };
    server.announces_channels = true;
  }

  void live() {
    start();
    for (int round = 0; round < 3; ++round) {
      for (int i = 0; i < 2; ++i) {
        say(next_message());
        say(next_post());
        run(100ms);
      }
      if (round == 0) reopen();
      if (round == 1) lose_both();
      if (round == 1) renew_login();
      run(1s);
    }
    now += 1min;
    for (auto& body : late_) push(std::exchange(body, {}));
    run(40min);
  }

  int events = 0;
  int messages = 0;
  int posts = 0;

  /// Whether all of a kind came in order, each once.
  std::string texts_of(char kind) const {
    std::string out;
    for (auto const& text : delivered) {
      if (text.front() == kind) out += text + " ";
    }
    return out;
  }

 private:
  slice next_message() { return server.write("m" + std::to_string(++messages)); }
  slice next_post() { return server.post("p" + std::to_string(++posts)); }

  trick next_trick() {
    auto const how = events++ == mischief_.at ? mischief_.how : trick::none;
    if (how == trick::push) push_both();
    if (how == trick::reopen) reopen(0s);
    if (how == trick::login) log_in();
    settle();
    return how;
  }

  void push_both() {
    push(next_message());
    push(next_post());
  }

  /// What is never pushed comes in differences only.
  void lose_both() {
    (void)next_message();
    (void)next_post();
  }

  void say(slice body) {
    auto const how = next_trick();
    if (how == trick::late) late_.push_back(body);
    if (how == trick::repeat) push(body);
    if (how != trick::late && how != trick::fail) push(std::move(body));
  }

  void on_request() {
    auto const how = next_trick();
    if (how == trick::fail) failures.push_front(mischief_.why);
    if (how == trick::repeat) answers_twice = true;
    if (how == trick::late) now += mischief_.late;
  }

  /// Nobody sees the end of a stream that fails: the next one is opened beside it.
  void reopen() {
    auto const how = next_trick();
    if (how == trick::repeat) reopen(0s);
    if (how == trick::fail) return open_stream();
    reopen(how == trick::late ? mischief_.late : 1s);
  }

  void reopen(duration closed) {
    close_stream();
    if (closed > 0s) {
      run(closed / 2);
      push_both();
      run(closed / 2);
    }
    open_stream();
  }

  void renew_login() {
    auto const how = next_trick();
    if (how == trick::repeat) log_in();
    if (how == trick::fail || how == trick::late) break_off_login(how);
    log_in();
  }

  /// A login whose first request has no answer, while others write.
  void break_off_login(trick how) {
    engine.on_login_begun({.id = 1}, stored, now);
    push_both();
    if (how == trick::late) run(mischief_.late);
    engine.on_login_ended();
    settle();
  }

  mischief mischief_;
  std::vector<slice> late_;
};

int events_of_a_life() {
  life calm({});
  calm.live();
  return calm.events;
}

std::string numbered(char kind, int first, int last) {
  std::string out;
  for (int i = first; i <= last; ++i) out += kind + std::to_string(i) + " ";
  return out;
}

/// `first_post`: the first post that is seen says where its channel stands, so one before it may be
/// missing.
void check(life const& one, bool first_post = true) {
  CHECK(one.texts_of('m') == numbered('m', 1, one.messages));
  auto const posts = one.texts_of('p');
  bool const all_but_first = !first_post && posts == numbered('p', 2, one.posts);
  if (!all_but_first) CHECK(posts == numbered('p', 1, one.posts));
  CHECK(one.stored.account->pts == one.messages);
  CHECK(one.stored.channels.at(test::channel_id) == one.posts);
}

/// The event of the first post: where the channel stands is not known without it.
constexpr int event_of_first_post = 2;

}  // namespace

TEST_CASE("any push may be lost, and any request may fail", "[updates]") {
  int const count = events_of_a_life();
  REQUIRE(count >= 15);
  for (auto const& why :
       {test::refusal(500, "INTERNAL"), test::refusal(420, "FLOOD_WAIT"),
        test::refusal(-503, "TIMEOUT"), test::failure_with(client_errc::timed_out),
        test::failure_with(client_errc::outcome_unknown)}) {
    for (int at = 0; at < count; ++at) {
      CAPTURE(at, why.text);
      life one({.at = at, .how = trick::fail, .why = why});
      one.live();
      check(one, at != event_of_first_post);
    }
  }
}

TEST_CASE("any push, any answer and any end of a stream may come twice", "[updates]") {
  for (int at = 0; at < events_of_a_life(); ++at) {
    CAPTURE(at);
    life one({.at = at, .how = trick::repeat});
    one.live();
    check(one);
  }
}

TEST_CASE("updates may come, a stream end and a login begin while a request is out", "[updates]") {
  for (trick const how : {trick::push, trick::reopen, trick::login}) {
    for (int at = 0; at < events_of_a_life(); ++at) {
      CAPTURE(at, static_cast<int>(how));
      life one({.at = at, .how = how});
      one.live();
      check(one, at != event_of_first_post);
    }
  }
}

TEST_CASE("a request may fail while other things happen", "[updates]") {
  for (trick const how : {trick::push, trick::reopen, trick::login}) {
    for (int at = 0; at < events_of_a_life(); ++at) {
      CAPTURE(at, static_cast<int>(how));
      life one({.at = at, .how = how});
      for (int i = 0; i < 8; ++i) one.failures.emplace_back(test::refusal(500, "INTERNAL"));
      one.live();
      check(one, at != event_of_first_post);
    }
  }
}

TEST_CASE("any push and any answer may come late", "[updates]") {
  for (duration const late : {duration(400ms), duration(10s), duration(20min)}) {
    for (int at = 0; at < events_of_a_life(); ++at) {
      CAPTURE(at, late.count());
      life one({.at = at, .how = trick::late, .late = late});
      one.live();
      check(one, at != event_of_first_post);
    }
  }
}

TEST_CASE("any event may fail while other requests fail, too", "[updates]") {
  int const count = events_of_a_life();
  for (int at = 0; at < count; ++at) {
    if (at == event_of_first_post) continue;
    CAPTURE(at);
    life one({.at = at, .how = trick::fail, .why = test::refusal(500, "INTERNAL")});
    one.failures = {{}, {}, test::refusal(500, "INTERNAL"), test::refusal(500, "INTERNAL")};
    one.live();
    check(one);
  }
}
