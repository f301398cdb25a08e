// SPDX-License-Identifier: MIT OR Apache-2.0
#include "examples.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"
#include "support/session_examples.hpp"

#include <mtp/core/error.hpp>
#include <mtp/sessions/portable_errc.hpp>
#include <mtp/sessions/session_bridge.hpp>
#include <mtp/storage/memory_records.hpp>
#include <mtp/storage/session_store.hpp>

using namespace mtp;
using namespace mtp::test;

namespace {

portable_session imported() {
  auto out = owned_session(true);
  out.dcs[2].salt = 99;
  out.dcs[2].time_offset = -3;
  out.dcs[4].auth_key = bytes(256, 1);
  out.updates = update_state{.pts = 1, .qts = 2, .date = 3, .seq = 4};
  out.channel_pts = {{7, 8}};
  out.peers = {{.id = {peer_kind::user, 42}, .access_hash = 5, .usernames = {"alice"}},
               {.id = {peer_kind::chat, 6}}};
  return out;
}

std::error_code error_of(task<> work) {
  try {
    test::run(std::move(work));
  } catch (error const& e) {
    return e.code();
  }
  return {};
}

session_state stored_in(session_store& store) {
  session_state out;
  auto open = [&]() -> task<> { out = co_await store.open(); };
  test::run(open());
  store.close();
  return out;
}

}  // namespace

TEST_CASE("an imported session is a state that a client goes on with", "[sessions][bridge]") {
  auto const state = to_session_state(imported());
  REQUIRE(state);
  CHECK(state->home_dc == 2);
  CHECK(state->dcs.at(2).auth_key.reveal() == counting_key());
  CHECK(state->dcs.at(2).salts.at(0).salt == 99);
  CHECK(state->dcs.at(2).time_offset == std::chrono::seconds(-3));
  CHECK(state->dcs.at(4).auth_key.reveal() == bytes(256, 1));
  CHECK(state->self == stored_self{.id = somebody, .bot = true});
  CHECK(state->updates == imported().updates);
  CHECK(state->channel_pts == imported().channel_pts);
  CHECK(state->access_hashes == std::map<peer_id, std::int64_t>{{{peer_kind::user, 42}, 5}});
  CHECK(state->addresses.at(2).last_good == stored_address{.host = "149.154.167.51", .port = 443});
}

TEST_CASE("a state taken out and put back is the same but for what others do not keep",
          "[sessions][bridge]") {
  session_state const whole = full_session();
  auto const back = to_session_state(to_portable(whole));
  REQUIRE(back);
  CHECK(back->home_dc == whole.home_dc);
  CHECK(back->dcs.at(2).auth_key == whole.dcs.at(2).auth_key);
  CHECK(back->self == whole.self);
  CHECK(back->updates == whole.updates);
  CHECK(back->channel_pts == whole.channel_pts);
  CHECK(back->access_hashes == whole.access_hashes);
  CHECK(back->addresses.at(2).last_good->host == whole.addresses.at(2).last_good->host);
}

TEST_CASE("an address for files and a name are no address to begin with", "[sessions][bridge]") {
  auto session = owned_session();
  session.dcs[2].addresses = {{.host = "venus.web.telegram.org", .port = 443},
                              {.host = "192.0.2.1", .port = 443, .media_only = true}};
  CHECK(!to_session_state(session)->addresses.contains(2));
}

TEST_CASE("whose session it is must be known, or asked for", "[sessions][bridge]") {
  auto session = small_session();
  CHECK(to_session_state(session).error() == portable_errc::no_user);
  CHECK(!to_anonymous_state(session)->self);
  session.self = portable_self{.id = somebody};
  CHECK(to_session_state(session).error() == portable_errc::no_user);
  CHECK(to_session_state({.self = portable_self{.id = somebody, .bot = true}}).error() ==
        portable_errc::no_key);
}

TEST_CASE("an imported session fills an empty store and no other", "[sessions][bridge]") {
  auto const state = *to_session_state(imported());
  auto store = memory_session();
  test::run(fill_store(*store, state));
  CHECK(stored_in(*store) == state);
  CHECK(error_of(fill_store(*store, state)) == client_errc::bad_argument);
  CHECK(stored_in(*store) == state);
}

TEST_CASE("an imported session fills a store of records, and is read from it with its peers",
          "[sessions][bridge]") {
  auto const state = *to_session_state(imported());
  auto const store = memory_records();
  session_state found;
  auto const read = [&]() -> task<> { found = co_await read_store(*store); };
  CHECK(error_of(read()) == portable_errc::no_key);
  test::run(fill_store(*store, state));
  test::run(read());
  CHECK(found == state);
  CHECK(error_of(fill_store(*store, state)) == client_errc::bad_argument);
  test::run(read());  // it was closed all the same
  CHECK(found == state);
}

TEST_CASE("what is wrong with a session is said without a part of it", "[sessions][bridge]") {
  for (int i = 1; i <= static_cast<int>(portable_errc::missing_file); ++i) {
    std::error_code const code = static_cast<portable_errc>(i);
    CHECK(code.message() != "unknown error of a session");
    CHECK(std::string(code.category().name()) == "mtp.portable");
  }
}
