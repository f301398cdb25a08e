// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The life of a link under virtual time: it makes a key, has three connections that break, and in
// every run one event fails, repeats or comes late.
#include "net/reconnect_policy.hpp"
#include "support/catch.hpp"
#include "support/seeded_random.hpp"

#include <mtp/core/error.hpp>

#include <asio/error.hpp>

using namespace mtp;
using namespace std::chrono_literals;
using net::key_in_use;
using net::reconnect_policy;

namespace {

steady_time const t0 = steady_time() + 1h;
std::error_code const hung_up = asio::error::eof;
constexpr int connections_wanted = 3;

enum class trick { none, fail, repeat, late };

/// What is done to one of the events.
struct mischief {
  int at = 0;
  trick how = trick::none;
  std::error_code why = {};
  duration late = {};
};

/// A link that does what the policy says, and a server in which all goes well but for one event.
class life {
 public:
  explicit life(mischief what, bool was_connected) : mischief_(what) {
    options_.backoff = {.initial_delay = 500ms, .max_delay = 30s, .reset_after = 10s};
    options_.was_connected = was_connected;
    policy_.emplace(options_, key_, random_, now_);
  }

  void run() {
    while (established_ < connections_wanted && !ended_) {
      auto const what = policy_->next(now_);
      if (auto const* over = std::get_if<reconnect_policy::give_up>(&what)) {
        ended_ = over->why;
      } else if (auto const* later = std::get_if<reconnect_policy::wait>(&what)) {
        REQUIRE(later->until > now_);
        now_ = later->until;
      } else {
        attempt();
      }
    }
  }

  int events = 0;
  int attempts = 0;
  int sessions_given_up = 0;
  bool probed = false;

  int established() const { return established_; }
  std::optional<std::error_code> ended() const { return ended_; }
  duration took() const { return now_ - t0; }
  net::key_lifecycle::state key() const { return key_.current(); }

 private:
  /// One event after `takes`; false when it failed or came too late. Time passes as the policy
  /// allows.
  template <class F>
  bool happens(duration takes, duration limit, F event) {
    bool const now = events++ == mischief_.at;
    auto const how = now ? mischief_.how : trick::none;
    if (how == trick::late) takes += mischief_.late;
    now_ += std::min(takes, limit);
    if (takes > limit) return fail(make_error_code(client_errc::timed_out));
    if (how == trick::fail) return fail(mischief_.why);
    event();
    if (how == trick::repeat) event();
    return true;
  }

  bool fail(std::error_code why) {
    failed_ = why;
    return false;
  }

  void attempt() {
    REQUIRE(++attempts < 50);
    REQUIRE(now_ >= key_.not_before());
    failed_ = {};
    used_ = key_in_use::none;
    policy_->on_connecting(false, now_);
    duration const limit = policy_->connect_limit(now_);
    if (happens(100ms, limit, [] {})) use_connection();
    bool const twice = events++ == mischief_.at && mischief_.how == trick::repeat;
    bool const late = failed_ == client_errc::timed_out;
    auto const ran_out = late ? net::ran_out_of_time::talking : net::ran_out_of_time::no;
    for (int i = 0; i <= twice; ++i)
      policy_->on_failed({.why = failed_, .key = used_, .ran_out = ran_out}, now_);
    CHECK(!policy_->is_carrying());
  }

  void use_connection() {
    net::key_needs const needs{.exchange = !has_key_, .turn = true};
    bool const doubtful = unheard_ >= 3;
    auto const what = policy_->use_of(needs, doubtful);
    if (what == reconnect_policy::use::make_keys && !make_key()) return;
    probed = what == reconnect_policy::use::probe_session;
    if (probed && !happens(100ms, policy_->connect_limit(now_), [] {})) return;
    carry();
  }

  bool make_key() {
    auto const answer = [&] { policy_->on_first_answer(100ms); };
    auto const end = now_ + policy_->exchange_limit(now_);
    if (!happens(100ms, std::min(policy_->answer_timeout(), end - now_), answer)) return false;
    return happens(100ms, std::min(policy_->answer_timeout(), end - now_),
                   [&] { has_key_ = true; });
  }

  void carry() {
    used_ = key_in_use::permanent;
    policy_->on_carrying(probed, now_);
    bool const whole = talk();
    if (!whole) ++unheard_;
    if (policy_->on_carried(false)) give_up_session();
  }

  /// The server says something, calls can be made, and a while later the connection breaks.
  bool talk() {
    auto const heard = [&] {
      policy_->on_heard();
      key_.on_heard();
      unheard_ = 0;
    };
    auto const established = [&] { policy_->on_established(now_); };
    if (!watched(100ms, heard) || !watched(0ms, established)) return false;
    ++established_;
    duration const lasts = established_ == 1 ? 3s : 1min;
    return watched(lasts, [&] { failed_ = hung_up; });
  }

  /// As happens(), within what the policy allows the connection.
  template <class F>
  bool watched(duration takes, F event) {
    auto what = policy_->look(false, now_);
    if (std::holds_alternative<reconnect_policy::give_up_session>(what)) {
      give_up_session();
      what = policy_->look(false, now_);
    }
    auto const* const until = std::get_if<reconnect_policy::watch>(&what);
    REQUIRE(until);
    return happens(takes, until->until - now_, event);
  }

  void give_up_session() {
    REQUIRE(probed);
    ++sessions_given_up;
    unheard_ = 0;
  }

  mischief mischief_;
  net::reconnect_options options_;
  net::key_lifecycle key_{{}};
  test::seeded_random random_{7};
  std::optional<reconnect_policy> policy_;
  steady_time now_ = t0;
  std::error_code failed_;
  key_in_use used_ = key_in_use::none;
  std::optional<std::error_code> ended_;
  int established_ = 0;
  int unheard_ = 0;
  bool has_key_ = false;
};

/// The events of a life without mischief.
int events_of_a_life() {
  life calm({.at = -1}, false);
  calm.run();
  REQUIRE(calm.established() == connections_wanted);
  return calm.events;
}

void check_good_end(life const& one, duration late = {}) {
  CHECK(one.established() == connections_wanted);
  CHECK(one.took() < 4min + late);
  CHECK(one.attempts <= connections_wanted + 2);
  CHECK(one.sessions_given_up == 0);
  CHECK(one.key() != net::key_lifecycle::state::dead);
}

}  // namespace

TEST_CASE("any event of a link may fail, for any reason", "[net][reconnect]") {
  bool const was_connected = GENERATE(false, true);
  for (auto const why :
       {hung_up, std::error_code(asio::error::connection_refused),
        make_error_code(client_errc::timed_out), make_error_code(protocol_errc::unknown_key),
        make_error_code(protocol_errc::transport_flood), make_error_code(protocol_errc::wrong_dc),
        make_error_code(protocol_errc::no_known_rsa_key),
        make_error_code(protocol_errc::bad_frame)}) {
    for (int at = 0; at < events_of_a_life(); ++at) {
      CAPTURE(why.message(), at, was_connected);
      life one({.at = at, .how = trick::fail, .why = why}, was_connected);
      one.run();
      check_good_end(one);
    }
  }
}

TEST_CASE("any event of a link may come twice", "[net][reconnect]") {
  for (int at = 0; at < events_of_a_life(); ++at) {
    CAPTURE(at);
    life one({.at = at, .how = trick::repeat}, false);
    one.run();
    check_good_end(one);
  }
}

TEST_CASE("any event of a link may come late", "[net][reconnect]") {
  for (duration const late : {1s, 9s, 11s, 25s}) {
    for (int at = 0; at < events_of_a_life(); ++at) {
      CAPTURE(late.count(), at);
      life one({.at = at, .how = trick::late, .late = late}, true);
      one.run();
      check_good_end(one);
    }
  }
}

TEST_CASE("an event before the first connection that comes too late ends the attempts in time",
          "[net][reconnect]") {
  int ended = 0;
  for (int at = 0; at < events_of_a_life(); ++at) {
    CAPTURE(at);
    life one({.at = at, .how = trick::late, .late = 1h}, false);
    one.run();
    if (!one.ended()) {
      check_good_end(one, 1h);
      continue;
    }
    ++ended;
    CHECK(*one.ended() == client_errc::timed_out);
    CHECK(one.established() == 0);
    CHECK(one.took() <= 10s + 1ms);
  }
  CHECK(ended >= 3);
}
