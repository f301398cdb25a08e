// SPDX-License-Identifier: MIT OR Apache-2.0
#include "raw_client.hpp"

#include <mtp/mtproto/gzip.hpp>
#include <support/catch.hpp>

#include <core/wire.hpp>

using namespace mtp;
using namespace mtp::testing;
using namespace std::chrono_literals;
using test::api_client;
using test::api_stage;
using test::raw_client;

namespace {

constexpr std::uint32_t gzip_packed = 0x3072cfa1;

/// What stands in the gzip_packed of an answer.
bytes packed_part(bytes const& answer) {
  wire::reader in(answer);
  in.number<std::uint32_t>();
  auto const packed = in.text();
  REQUIRE((in.ok() && in.rest().empty()));
  return {packed.begin(), packed.end()};
}

/// The answer to help.getConfig, which is long, as it came over the wire.
bytes answer_with(answer_damage damage) {
  api_stage s;
  raw_client client(s);
  s.api.faults().add({.method = "help.getConfig", .damage = damage});
  client.call(tl::help::getConfig{});
  if (client.results.empty()) throw std::runtime_error("no answer");
  return client.results.begin()->second;
}

}  // namespace

TEST_CASE("an answer inflates beyond what clients take, or not at all", "[testing][faults]") {
  auto const bomb = answer_with(answer_damage::inflates_too_far);
  CHECK(load_le<std::uint32_t>(bomb.data()) == gzip_packed);
  auto const inflated = mtproto::gunzip(packed_part(bomb), std::size_t{66} << 20);
  REQUIRE(inflated);
  CHECK(inflated->size() > std::size_t{64} << 20);
  auto const broken = answer_with(answer_damage::broken_gzip);
  CHECK(load_le<std::uint32_t>(broken.data()) == gzip_packed);
  CHECK_FALSE(mtproto::gunzip(packed_part(broken), std::size_t{1} << 20));
}

TEST_CASE("an answer can be of a kind that nobody knows", "[testing][faults]") {
  auto const garbage = answer_with(answer_damage::garbage);
  auto const sound = answer_with(answer_damage::none);
  CHECK(load_le<std::uint32_t>(sound.data()) == tl::config::tl_id);
  CHECK(load_le<std::uint32_t>(garbage.data()) != tl::config::tl_id);
  CHECK_FALSE(tl::decode<tl::Config>(bytes_view(garbage)));
}

TEST_CASE("the steps of a script come one after another", "[testing][faults]") {
  api_stage s;
  raw_client client(s);
  s.api.faults().append({
      {.method = "help.getConfig", .refusal = rpc_fault{420, "FLOOD_WAIT_3"}},
      {.method = "help.getNearestDc",
       .times = 2,
       .refusal = rpc_fault{500, "INTERDC_2_CALL_ERROR"}},
      {.method = "help.getConfig"},
      {.method = "help.getConfig", .lose_answer = true},
  });
  CHECK(client.call(tl::help::getNearestDc{}) == "ok");  // not its turn yet
  CHECK(client.call(tl::help::getConfig{}) == "420 FLOOD_WAIT_3");
  CHECK(client.call(tl::help::getConfig{}) == "ok");
  CHECK(client.call(tl::help::getNearestDc{}) == "500 INTERDC_2_CALL_ERROR");
  CHECK(s.api.faults().steps_left() == 3);
  CHECK(client.call(tl::help::getNearestDc{}) == "500 INTERDC_2_CALL_ERROR");
  CHECK(client.call(tl::help::getConfig{}) == "ok");
  CHECK(client.call(tl::help::getConfig{}) == "");
  CHECK(s.api.faults().steps_left() == 0);
  CHECK(client.call(tl::help::getConfig{}) == "ok");
}

TEST_CASE("answers of a method wait until they are released", "[testing][faults]") {
  api_stage s;
  raw_client client(s);
  s.api.faults().add({.method = "help.getConfig", .times = -1, .hold = true});
  auto const id = client.next_id();
  CHECK(client.send({id, encode_object(tl::help::getConfig{})}) == "");
  CHECK(client.call(tl::help::getNearestDc{}) == "ok");
  client.wait(1min);
  CHECK(client.outcome_of(id) == "");
  CHECK(s.api.calls("help.getConfig") == 1);
  s.core.release_answers(client.now);
  client.run();
  CHECK(client.outcome_of(id) == "ok");
}

TEST_CASE("an ignored call is neither executed nor answered", "[testing][faults]") {
  api_stage s;
  raw_client client(s);
  s.api.log_of_calls().capacity = 10;
  s.api.faults().add({.method = "help.getConfig", .ignore = true});
  CHECK(client.call(tl::help::getConfig{}) == "");
  CHECK_FALSE(s.api.log_of_calls().records().front().executed);
}

TEST_CASE("a good key is denied as often as a test wants", "[testing][faults]") {
  api_stage s;
  raw_client client(s);
  auto const denied = [&] {
    client.errors.clear();
    client.connect();
    client.call(tl::help::getConfig{});
    return client.errors == std::vector<std::int32_t>{-404} && client.closed;
  };
  client.disconnect();
  CHECK(s.core.deny_keys({.key = client.key().id()}, 2) == 1);
  CHECK(denied());
  CHECK(denied());
  CHECK_FALSE(denied());
  client.disconnect();
  CHECK(s.core.deny_keys({.key = 1}, -1) == 0);
  CHECK(s.core.deny_keys({}, -1) == 1);
  for (int i = 0; i < 5; ++i) CHECK(denied());
  s.core.deny_keys({}, 0);
  CHECK_FALSE(denied());
}

TEST_CASE("a stranger's error frame comes between good ones", "[testing][faults]") {
  api_stage s;
  api_client alice(s);
  alice.sign_in("9996621001");
  raw_client other(s);
  CHECK(s.core.inject_error(-404, 42) == 1);
  alice.run();
  other.run();
  CHECK(alice.errors == std::vector<std::int32_t>{-404});
  CHECK(other.errors.empty());
  CHECK_FALSE(alice.closed);
  CHECK(alice.refusal(tl::updates::getState{}).empty());
  CHECK(s.core.inject_error(-429, 0) == 2);
  other.run();
  CHECK(other.errors == std::vector<std::int32_t>{-429});
}

TEST_CASE("a session is known only on the connection where it began, when a test says so",
          "[testing][faults]") {
  api_stage s;
  s.core.options().roaming = GENERATE(session_roaming::silent, session_roaming::hang_up);
  raw_client client(s);
  CHECK(client.call(tl::help::getConfig{}) == "ok");
  CHECK(client.call(tl::help::getConfig{}) == "ok");
  client.disconnect();
  client.connect();
  CHECK(client.call(tl::help::getConfig{}) == "");
  CHECK(client.closed == (s.core.options().roaming == session_roaming::hang_up));
  if (client.closed) client.connect();
  client.session_id += 1;
  CHECK(client.call(tl::help::getConfig{}) == "ok");
}
