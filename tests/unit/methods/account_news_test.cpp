// SPDX-License-Identifier: MIT OR Apache-2.0
//
// New logins of an account, and passwords whose address or removal is under way.
#include "account_stage.hpp"

#include <mtp/client/update_stream.hpp>
#include <mtp/events/account_events.hpp>
#include <mtp/events/update.hpp>

#include <chrono>
#include <stdexcept>

using namespace mtp;
using namespace mtp::test;

namespace {

/// What the account's other logins hear of one.
task<new_login> news_of(update_stream& updates) {
  for (;;) {
    auto const next = co_await updates.next();
    if (!next) throw std::runtime_error("the stream is over");
    auto const news = next->get_if<new_login>();
    if (news) co_return *news;
  }
}

}  // namespace

TEST_CASE("a new login is told to the others, which accept or refuse it", "[methods][account]") {
  log_in_stage s(account_people);
  as_alice(s, [&](client& here) -> task<> {
    auto updates = here.updates();
    log_in_stage::program const second = [&](client& other) -> task<> {
      visitor alice;
      co_await alice.sign_in(other);
      auto const told = co_await news_of(updates);
      CHECK(told.unconfirmed());
      auto const all = co_await here.account().sessions();
      CHECK(told.id() == other_of(all).id);
      co_await here.account().confirm_session(told.id());
      auto const after = co_await here.account().sessions();
      CHECK_FALSE(other_of(after).unconfirmed);
    };
    co_await log_in_stage::life(s, s.config(), second);
    log_in_stage::program const third = [&](client& other) -> task<> {
      visitor stranger;
      co_await stranger.sign_in(other);
      auto const told = co_await news_of(updates);
      co_await here.account().end_session(told.id());
      auto const ended = co_await refusal_of(other.get_me());
      CHECK(ended == "AUTH_KEY_UNREGISTERED");
    };
    co_await log_in_stage::life(s, s.config(), third);
  });
}

TEST_CASE("the code for a recovery address is sent again, or the address taken back",
          "[methods][account]") {
  log_in_stage s(account_people);
  as_alice(s, [&](client& c) -> task<> {
    auto const account = c.account();
    auto const nothing = co_await refusal_of(account.resend_recovery_email_code());
    CHECK(nothing == "EMAIL_HASH_EXPIRED");
    co_await account.set_password("hunter2", {.hint = "what I do"});
    co_await account.set_recovery_email("hunter2", "alice@example.org");
    auto state = co_await account.password();
    CHECK(state.is_set);
    CHECK(state.hint == "what I do");
    CHECK(state.unconfirmed_email == "a***e@example.org");
    CHECK_FALSE(state.has_recovery_email);
    co_await s.sim.sleep(std::chrono::hours(2));
    auto const late = co_await refusal_of(account.confirm_recovery_email("12345"));
    CHECK(late == "EMAIL_HASH_EXPIRED");
    co_await account.resend_recovery_email_code();
    co_await account.confirm_recovery_email("12345");
    state = co_await account.password();
    CHECK(state.has_recovery_email);
    co_await account.set_recovery_email("hunter2", "other@example.org");
    co_await account.cancel_recovery_email();
    auto const gone = co_await refusal_of(account.confirm_recovery_email("12345"));
    CHECK(gone == "EMAIL_HASH_EXPIRED");
    auto const twice = co_await refusal_of(account.cancel_recovery_email());
    CHECK(twice == "EMAIL_HASH_EXPIRED");
  });
}

TEST_CASE("a forgotten password is removed after a wait, unless that is taken back",
          "[methods][account]") {
  log_in_stage s(account_people);
  using state = password_reset::state;
  s.centre.with_world([](testing::world& in) {
    in.options().log_ins.reset_pause = 600;
    in.options().log_ins.reset_wait = 3600;
  });
  as_alice(s, [&](client& c) -> task<> {
    auto const account = c.account();
    auto const none = co_await refusal_of(account.reset_password());
    CHECK(none == "PASSWORD_EMPTY");
    auto const idle = co_await refusal_of(account.cancel_password_reset());
    CHECK(idle == "RESET_REQUEST_MISSING");
    co_await account.set_password("hunter2");
    auto asked = co_await account.reset_password();
    CHECK(asked.what == state::begun);
    auto shown = co_await account.password();
    CHECK(shown.reset_at == asked.date);
    co_await account.cancel_password_reset();
    asked = co_await account.reset_password();
    CHECK(asked.what == state::too_early);
    co_await s.sim.sleep(std::chrono::minutes(11));
    asked = co_await account.reset_password();
    CHECK(asked.what == state::begun);
    co_await s.sim.sleep(std::chrono::minutes(30));
    auto const again = co_await account.reset_password();
    CHECK(again.what == state::begun);
    CHECK(again.date == asked.date);
    co_await s.sim.sleep(std::chrono::minutes(31));
    asked = co_await account.reset_password();
    CHECK(asked.what == state::done);
    shown = co_await account.password();
    CHECK_FALSE(shown.is_set);
  });
}
