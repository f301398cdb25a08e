// SPDX-License-Identifier: MIT OR Apache-2.0
//
// One call, and one log-in, against a server that refuses them in every order.
#include "net/login_policy.hpp"
#include "support/catch.hpp"

#include <vector>

using namespace mtp;
using net::login_policy;
using remedy = login_policy::remedy;

namespace {

/// What becomes of one attempt of a call.
struct turn {
  std::string_view text;  ///< of the refusal
  int code;
  bool led;  ///< a log-in that follows is this call's own
};

constexpr turn turns[] = {
    {"SESSION_REVOKED", 401, true},       {"SESSION_REVOKED", 401, false},
    {"AUTH_KEY_UNREGISTERED", 401, true}, {"AUTH_KEY_UNREGISTERED", 401, false},
    {"AUTH_RESTART", 500, true},          {"INTERNAL", 500, true},
    {"AUTH_BYTES_INVALID", 400, true},    {"SESSION_PASSWORD_NEEDED", 401, true},
};
constexpr std::size_t kinds = std::size(turns);
constexpr int length = 5;

rpc_failure failure_of(turn const& one) { return parse_rpc_error(one.code, one.text, "m"); }
bool is_lost(turn const& one) { return class_of(failure_of(one)) == refusal_class::login_lost; }

/// Every order of turns.
template <typename See>
void for_every_order(See const& see) {
  std::size_t count = 1;
  for (int i = 0; i < length; ++i) count *= kinds;
  for (std::size_t n = 0; n < count; ++n) {
    std::vector<turn> order;
    for (std::size_t rest = n; std::ssize(order) < length; rest /= kinds)
      order.push_back(turns[rest % kinds]);
    see(order);
  }
}

/// What a call did until it was handed to its caller, or all refusals were used up.
struct account_of_call {
  int there = 0;
  int again_led = 0;
  int again_waited = 0;
  std::size_t refusals = 0;
  bool ended = false;
};

account_of_call play(login_policy decide, login_policy::situation where,
                     std::vector<turn> const& order) {
  account_of_call out;
  for (auto const& one : order) {
    ++out.refusals;
    auto const next = decide.on_refused(failure_of(one), where);
    if (next == remedy::none) return out.ended = true, out;
    if (next == remedy::sign_in_there) ++out.there;
    if (next != remedy::sign_in_again) continue;
    ++(one.led ? out.again_led : out.again_waited);
    decide.on_signed_in_again(one.led);
  }
  return out;
}

/// Every situation there is.
std::vector<login_policy::situation> situations() {
  std::vector<login_policy::situation> out;
  for (unsigned bits = 0; bits < 8; ++bits)
    out.push_back({.elsewhere = (bits & 1) != 0,
                   .knows_account = (bits & 2) != 0,
                   .has_token = (bits & 4) != 0});
  return out;
}

/// A check that is only counted where it fails: there are hundreds of thousands.
void expect(bool holds) {
  if (!holds) CHECK(holds);
}

}  // namespace

TEST_CASE("no order of refusals makes a call bring its login back without end", "[net][login]") {
  for (auto const& where : situations()) {
    bool const is_brought = where.elsewhere && where.knows_account;
    for_every_order([&](std::vector<turn> const& order) {
      auto const did = play(login_policy(), where, order);
      expect(did.there <= (is_brought ? 1 : 0));
      expect(did.again_led <= 1 && did.again_led + did.again_waited <= 3);
      if (is_brought || !where.has_token) expect(did.again_led + did.again_waited == 0);
      expect(did.ended || !did.again_led);  // five refusals are more than are forgiven
    });
  }
}

TEST_CASE("only a lost login is brought back, at whatever place the refusal comes",
          "[net][login]") {
  for (auto const& where : situations()) {
    for_every_order([&](std::vector<turn> const& order) {
      auto const did = play(login_policy(), where, order);
      for (std::size_t i = 0; i + 1 < did.refusals; ++i) expect(is_lost(order[i]));
      if (!is_lost(order.front())) expect(did.ended && did.refusals == 1);
    });
  }
}

TEST_CASE("a call that makes a login never waits for one", "[net][login]") {
  for (auto const& where : situations()) {
    for_every_order([&](std::vector<turn> const& order) {
      auto const did = play(login_policy(true), where, order);
      expect(did.ended && did.refusals == 1);
    });
  }
}

TEST_CASE("who is given up is signed out, or the login can still come back", "[net][login]") {
  for (auto const& where : situations()) {
    for (auto const& one : turns) {
      bool const gone = login_policy().signs_out(failure_of(one), where);
      bool const has_remedy = login_policy().on_refused(failure_of(one), where) != remedy::none;
      CHECK(!(gone && has_remedy));
      if (is_lost(one) && !where.elsewhere) CHECK((gone || has_remedy));
      if (!is_lost(one)) CHECK(!gone);
    }
  }
}

TEST_CASE("no order of refusals makes a log-in begin anew, or take tickets, without end",
          "[net][login]") {
  for_every_order([](std::vector<turn> const& order) {
    login_policy decide;
    int begun = 1;
    int tickets = 1;
    for (auto const& one : order) {
      auto const why = failure_of(one);
      if (decide.begins_anew(why)) ++begun;
      if (decide.needs_another_ticket(one.led ? &why : nullptr)) ++tickets;
    }
    expect(begun <= 3 && tickets <= 3);
  });
}
