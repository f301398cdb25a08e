// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Which updates waited at the server when a start that drops these began.
#include "client/pending_drop.hpp"

#include "support/catch.hpp"

using mtp::detail::pending_drop;
namespace updates = mtp::updates;

namespace {

constexpr std::int64_t channel = 77;

updates::reach of_account() { return {.account = mtp::update_state{}}; }
updates::reach of_channel() { return {.account = mtp::update_state{}, .channels = {{channel, 3}}}; }

}  // namespace

TEST_CASE("what the first differences bring is dropped, what came meanwhile is not", "[client]") {
  pending_drop one;
  CHECK(!one.take());  // a push
  one.on_answer(pending_drop::account);
  CHECK(one.take());
  one.on_reached(of_channel());  // of an update of a channel that stood among the others
  CHECK(one.take());
  one.on_reached(of_account());
  CHECK(!one.take());  // this waited for the difference
  one.on_answer_passed();
  CHECK(!one.take());
  one.on_answer(pending_drop::account);  // the rest
  CHECK(one.take());
  CHECK(one.count() == 3);
  CHECK(!one.is_over());
  one.on_account_done({});
  CHECK(one.is_over());
}

TEST_CASE("channels in which something waited drop it once", "[client]") {
  pending_drop one;
  one.on_account_done({channel});
  CHECK(!one.is_over());
  one.on_answer(pending_drop::account);
  CHECK(!one.take());
  one.on_answer_passed();
  one.on_answer(channel + 1);
  CHECK(!one.take());
  one.on_answer_passed();
  one.on_answer(channel);
  CHECK(one.take());
  one.on_reached(of_channel());
  CHECK(!one.take());
  one.on_channel_done(channel);
  CHECK(one.is_over());
  one.on_answer(channel);
  CHECK(!one.take());
  CHECK(one.count() == 1);
}

TEST_CASE("where the account stands is no difference", "[client]") {
  pending_drop one;
  one.on_answer(-1);
  CHECK(!one.take());
}
