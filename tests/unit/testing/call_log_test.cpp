// SPDX-License-Identifier: MIT OR Apache-2.0
#include "api_stage.hpp"

#include <support/catch.hpp>

using namespace mtp;
using namespace mtp::testing;
using test::api_client;
using test::api_stage;

namespace {

std::vector<call_record> records(api_stage& s) {
  auto const& all = s.api.log_of_calls().records();
  return {all.begin(), all.end()};
}

}  // namespace

TEST_CASE("the call log tells who called what, in which session, and how it ended",
          "[testing][log]") {
  api_stage s;
  s.api.log_of_calls().capacity = 100;
  api_client alice(s);
  CHECK(alice.refusal(tl::updates::getState{}) == "401 AUTH_KEY_UNREGISTERED");
  alice.sign_in("9996621001");
  CHECK(alice.refusal(tl::updates::getState{}).empty());
  auto const log = records(s);
  REQUIRE(log.size() == 4);
  CHECK((log[0].method == "updates.getState" && log[0].account == 0 && !log[0].executed));
  CHECK(log[0].refusal == rpc_fault{401, "AUTH_KEY_UNREGISTERED"});
  CHECK((log[0].initialises && !log[3].initialises));
  CHECK((log[1].method == "auth.sendCode" && log[1].executed));
  CHECK((log[3].method == "updates.getState" && log[3].account == 42 && log[3].executed));
  CHECK((log[3].key == alice.key().id() && log[3].dc == 2 && !log[3].temporary_key));
  CHECK(log[3].message_id > log[2].message_id);
  CHECK(log[0].session == log[3].session);
  CHECK(log[0].fingerprint == log[3].fingerprint);  // wrapped, and not
}

TEST_CASE("a call that is executed twice stands out", "[testing][log]") {
  api_stage s;
  s.api.log_of_calls().capacity = 100;
  api_client alice(s);
  alice.sign_in("9996621001");
  auto const bob = alice.peer_of("bob");
  auto const once = alice.message(bob, "once");
  auto const twice = alice.message(bob, "twice");
  CHECK(alice.refusal(once).empty());
  CHECK(alice.refusal(twice).empty());
  CHECK(executed_again(records(s)).empty());
  CHECK(alice.refusal(twice).empty());
  auto const again = executed_again(records(s));
  REQUIRE(again.size() == 1);
  CHECK(again[0].method == "messages.sendMessage");
}

TEST_CASE("a call that was refused or ignored did not run", "[testing][log]") {
  api_stage s;
  s.api.log_of_calls().capacity = 100;
  api_client alice(s);
  alice.sign_in("9996621001");
  auto const message = alice.message(alice.peer_of("bob"), "hello");
  s.api.faults().append(
      {{.method = "messages.sendMessage", .refusal = rpc_fault{420, "FLOOD_WAIT_1"}},
       {.method = "messages.sendMessage", .ignore = true}});
  alice.call_bytes(encode_object(message));
  alice.call_bytes(encode_object(message));
  alice.call_bytes(encode_object(message));
  CHECK(executed_again(records(s)).empty());
  CHECK(s.population.box(42).messages().size() == 1);
}

TEST_CASE("the call log keeps the latest calls, and none unless it is asked to", "[testing][log]") {
  api_stage s;
  api_client client(s);
  CHECK(client.refusal(tl::help::getConfig{}).empty());
  CHECK(records(s).empty());
  s.api.log_of_calls().capacity = 2;
  for (int i = 0; i < 3; ++i) CHECK(client.refusal(tl::help::getConfig{}).empty());
  CHECK(client.refusal(tl::help::getNearestDc{}).empty());
  REQUIRE(records(s).size() == 2);
  CHECK(records(s)[1].method == "help.getNearestDc");
}
