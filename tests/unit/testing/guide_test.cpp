// SPDX-License-Identifier: MIT OR Apache-2.0
// What docs/guide/testing.md shows.
#include <mtp/testing/data_centre.hpp>
#include <mtp/tl/api.hpp>
#include <support/catch.hpp>

TEST_CASE("the guide: a data centre in a test", "[testing][guide]") {
  std::size_t seen = 0;
  // [start]
  mtp::testing::data_centre dc;  // with echo_bot, alice, bob and a group of theirs
  dc.start();                    // on a thread of its own

  // Point your client at dc.address(), and let it trust this key:
  std::string const pem = dc.public_key().to_pem();

  dc.say(42, mtp::testing::peer::user(777000777), "hello");  // alice writes to the bot
  dc.with_world([&](mtp::testing::world& world) {
    seen = world.box(42).messages().size();  // what alice sees
  });
  // [/start]
  CHECK(seen == 1);
  CHECK_FALSE(pem.empty());
  CHECK(dc.address().port != 0);
}

TEST_CASE("the guide: a handler of one's own", "[testing][guide]") {
  mtp::testing::data_centre dc;
  // [handler]
  using mtp::tl::help::getNearestDc;
  auto const far_away = [](mtp::testing::call& c,
                           getNearestDc const&) -> mtp::testing::outcome<mtp::tl::NearestDc> {
    return mtp::tl::NearestDc{.country = "DE", .this_dc = c.dc, .nearest_dc = 4};
  };
  dc.on<getNearestDc>(far_away);
  // [/handler]
  CHECK_FALSE(dc.is_running());
}

TEST_CASE("the guide: several addresses", "[testing][guide]") {
  // [addresses]
  using mtp::testing::address_service;
  mtp::testing::data_centre_config config;
  config.dcs = {
      {.id = 2},
      {.id = 2, .options = {.service = address_service::silent}},  // accepts, says nothing
      {.id = 2, .options = {.service = address_service::closed}},  // refuses connections
      {.id = 2, .options = {.media_only = true}},
      {.id = 4, .port = 0, .host = "127.0.0.2"},
  };
  // [/addresses]
  mtp::testing::data_centre dc(config);
  CHECK(dc.addresses().size() == 5);
  CHECK(dc.addresses()[4].host == "127.0.0.2");
}

TEST_CASE("the guide: log-ins", "[testing][guide]") {
  mtp::testing::data_centre dc;
  // [log-ins]
  dc.with_world([](mtp::testing::world& world) {
    using mtp::testing::code_way;
    auto& alice = *world.everybody().find(42);
    alice.home_dc = 4;                                      // PHONE_MIGRATE_4 everywhere else
    alice.code_ways = {code_way::sms, code_way::call};      // the second one when it is sent again
    world.all_passwords().set(42, "hunter2", "what I do");  // with a hint
    world.all_passwords().set_recovery_email(42, "alice@example.org");
    world.options().log_ins.wrong_passwords = 3;  // then FLOOD_WAIT_60
    world.options().log_ins.pause = 60;
  });
  // [/log-ins]
  bool locked = false;
  dc.with_world([&](mtp::testing::world& world) { locked = world.all_passwords().has(42); });
  CHECK(locked);
}

TEST_CASE("the guide: a script", "[testing][guide]") {
  mtp::testing::data_centre dc;
  // [script]
  using namespace mtp::testing;
  dc.script({
      {.method = "auth.bindTempAuthKey", .refusal = rpc_fault{400, "ENCRYPTED_MESSAGE_INVALID"}},
      {.method = "updates.getState", .times = 2, .refusal = rpc_fault{420, "FLOOD_WAIT_3"}},
      {.method = "updates.getState"},  // this one is served
      {.method = "messages.sendMessage", .lose_answer = true, .forget = remembered::session},
  });
  // ... and when your client has gone through all of it, dc.steps_left() is 0.
  // [/script]
  CHECK(dc.steps_left() == 4);
}
