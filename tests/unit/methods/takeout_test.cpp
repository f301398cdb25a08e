// SPDX-License-Identifier: MIT OR Apache-2.0
//
// An account is exported.
#include <mtp/methods/takeout.hpp>

#include "account_stage.hpp"

#include <mtp/tl/functions/account.hpp>
#include <mtp/tl/functions/users.hpp>
#include <mtp/tl/types/InputUser.hpp>
#include <mtp/tl/types/User.hpp>
#include <mtp/tl/types/account/Takeout.hpp>

#include <optional>
#include <stdexcept>

using namespace mtp;
using namespace mtp::test;

namespace {

/// What the data centre was told of the export.
struct told {
  std::optional<tl::account::initTakeoutSession> begun = {};
  std::vector<bool> ended = {};  ///< whether well
};

void listen(log_in_stage& s, told& to) {
  s.centre.on<tl::account::initTakeoutSession>(
      [&](testing::call&,
          tl::account::initTakeoutSession const& q) -> testing::outcome<tl::account::Takeout> {
        to.begun = q;
        return tl::account::Takeout{.id = 77};
      });
  s.centre.on<tl::account::finishTakeoutSession>(
      [&](testing::call&, tl::account::finishTakeoutSession const& q) -> testing::outcome<bool> {
        to.ended.push_back(q.success);
        return true;
      });
}

}  // namespace

// [takeout]
mtp::task<> export_contacts(mtp::client& client, std::function<void(mtp::tl::User const&)> keep) {
  auto const body = [&](mtp::invoke_options const& within) -> mtp::task<> {
    mtp::tl::users::getUsers request;
    request.id.push_back(mtp::tl::inputUserSelf{});
    auto const users = co_await client.invoke(request, within);
    for (auto const& one : *users) keep(one);
  };
  co_await mtp::takeout(client, {.contacts = true}, body);
}
// [/takeout]

TEST_CASE("an export asks for what is wanted, and ends with its body", "[methods][takeout]") {
  log_in_stage s(account_people);
  told centre;
  listen(s, centre);
  int kept = 0;
  as_alice(s, [&](client& c) -> task<> {
    co_await export_contacts(c, [&](tl::User const&) { ++kept; });
    std::int64_t id = 0;
    auto const look = [&](invoke_options const& within) -> task<> {
      id = within.takeout_id;
      co_return;
    };
    co_await takeout(c, {.groups = true, .files = true, .max_file_size = 1000}, look);
    CHECK(id == 77);
  });
  CHECK(kept == 1);
  CHECK(centre.ended == std::vector<bool>{true, true});
  REQUIRE(centre.begun);
  CHECK(centre.begun->message_chats);
  CHECK_FALSE(centre.begun->contacts);
  CHECK(centre.begun->file_max_size == 1000);
}

TEST_CASE("an export whose body fails is broken off", "[methods][takeout]") {
  log_in_stage s(account_people);
  told centre;
  listen(s, centre);
  as_alice(s, [&](client& c) -> task<> {
    auto const fail = [](invoke_options const&) -> task<> {
      throw std::runtime_error("the disk is full");
      co_return;
    };
    std::string said;
    try {
      co_await takeout(c, {}, fail);
    } catch (std::runtime_error const& e) {
      said = e.what();
    }
    CHECK(said == "the disk is full");
  });
  CHECK(centre.ended == std::vector<bool>{false});
}

TEST_CASE("an export that must wait says for how long", "[methods][takeout]") {
  log_in_stage s(account_people);
  s.centre.add_fault({.method = "account.initTakeoutSession",
                      .refusal = testing::rpc_fault{420, "TAKEOUT_INIT_DELAY_86400"}});
  as_alice(s, [&](client& c) -> task<> {
    std::chrono::seconds wait(0);
    std::string name;
    auto const nothing = [](invoke_options const&) -> task<> { co_return; };
    try {
      co_await takeout(c, {}, nothing);
    } catch (flood_wait const& refused) {
      wait = refused.retry_after();
      name = refused.name();
    }
    CHECK(wait == std::chrono::hours(24));
    CHECK(name == "TAKEOUT_INIT_DELAY");
    co_await takeout(c, {}, nothing);
  });
}
