// SPDX-License-Identifier: MIT OR Apache-2.0
//
// An account is exported.
#include <mtp/methods/takeout.hpp>

#include "account_stage.hpp"

#include <mtp/tl/functions/account.hpp>
#include <mtp/tl/functions/contacts.hpp>
#include <mtp/tl/types/SavedContact.hpp>
#include <mtp/tl/types/account/Takeout.hpp>

#include <optional>
#include <stdexcept>

using namespace mtp;
using namespace mtp::test;

namespace {

/// What the data centre was told of the export.
struct told {
  std::optional<tl::account::initTakeoutSession> begun = {};
};

void listen(log_in_stage& s, told& to) {
  s.centre.on<tl::account::initTakeoutSession>(
      [&](testing::call& c,
          tl::account::initTakeoutSession const& q) -> testing::outcome<tl::account::Takeout> {
        to.begun = q;
        return tl::account::Takeout{.id = c.world.exports().begin(c.account, c.random)};
      });
}

bool is_under_way(log_in_stage& s) {
  bool out = false;
  s.centre.with_world([&](testing::world& in) { out = in.exports().is_under_way(42); });
  return out;
}

/// Bob is a contact of Alice.
void acquaint(log_in_stage& s) {
  s.centre.with_world([](testing::world& in) { in.everybody().find(42)->contacts.insert(43); });
}

}  // namespace

// [takeout]
mtp::task<> export_contacts(mtp::client& client,
                            std::function<void(mtp::tl::SavedContact const&)> keep) {
  auto const body = [&](mtp::invoke_options const& within) -> mtp::task<> {
    mtp::tl::contacts::getSaved const request;
    auto const all = co_await client.invoke(request, within);
    for (auto const& one : *all) keep(one);
  };
  co_await mtp::takeout(client, {.contacts = true}, body);
}
// [/takeout]

TEST_CASE("an export asks for what is wanted, and ends with its body", "[methods][takeout]") {
  log_in_stage s(account_people);
  acquaint(s);
  told centre;
  listen(s, centre);
  std::vector<std::string> kept;
  as_alice(s, [&](client& c) -> task<> {
    co_await export_contacts(
        c, [&](tl::SavedContact const& one) { kept.push_back(one.first_name.str()); });
    CHECK_FALSE(is_under_way(s));
    auto const look = [&](invoke_options const&) -> task<> {
      CHECK(is_under_way(s));
      co_return;
    };
    co_await takeout(c, {.groups = true, .files = true, .max_file_size = 1000}, look);
    CHECK_FALSE(is_under_way(s));
  });
  CHECK(kept == std::vector<std::string>{"Bob"});
  CHECK(s.centre.calls("account.finishTakeoutSession") == 2);
  REQUIRE(centre.begun);
  CHECK(centre.begun->message_chats);
  CHECK_FALSE(centre.begun->contacts);
  CHECK(centre.begun->file_max_size == 1000);
}

TEST_CASE("an export whose body fails is broken off", "[methods][takeout]") {
  log_in_stage s(account_people);
  std::vector<bool> well;
  s.centre.on<tl::account::finishTakeoutSession>(
      [&](testing::call&, tl::account::finishTakeoutSession const& q) -> testing::outcome<bool> {
        well.push_back(q.success);
        return true;
      });
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
    auto const nothing = [](invoke_options const&) -> task<> { co_return; };
    co_await takeout(c, {}, nothing);
  });
  CHECK(well == std::vector<bool>{false, true});
}

TEST_CASE("calls of an export name that export", "[methods][takeout]") {
  log_in_stage s(account_people);
  as_alice(s, [&](client& c) -> task<> {
    tl::contacts::getSaved const request;
    tl::account::finishTakeoutSession const end;
    auto refused = co_await refusal_of(c.invoke(request));
    CHECK(refused == "TAKEOUT_REQUIRED");
    refused = co_await refusal_of(c.invoke(end));
    CHECK(refused == "TAKEOUT_REQUIRED");
    refused = co_await refusal_of(c.invoke(request, {.takeout_id = 77}));
    CHECK(refused == "TAKEOUT_INVALID");
    invoke_options stale;
    auto const take = [&](invoke_options const& within) -> task<> {
      stale = within;
      co_return;
    };
    co_await takeout(c, {.contacts = true}, take);
    refused = co_await refusal_of(c.invoke(request, stale));
    CHECK(refused == "TAKEOUT_INVALID");
  });
}

TEST_CASE("an export that the server ended is an error of its calls", "[methods][takeout]") {
  log_in_stage s(account_people);
  as_alice(s, [&](client& c) -> task<> {
    auto const body = [&](invoke_options const& within) -> task<> {
      s.centre.with_world([](testing::world& in) { in.exports().end(42); });
      tl::contacts::getSaved const request;
      co_await c.invoke(request, within);
    };
    auto const refused = co_await refusal_of(takeout(c, {.contacts = true}, body));
    CHECK(refused == "TAKEOUT_INVALID");
  });
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
