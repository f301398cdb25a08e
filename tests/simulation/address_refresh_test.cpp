// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What help.getConfig tells of the addresses decides which of them are used.
#include "stage.hpp"

#include <mtp/tl/functions/help.hpp>
#include <mtp/tl/types/NearestDc.hpp>
#include <support/catch.hpp>

#include <algorithm>

using namespace mtp;
using namespace std::chrono_literals;
using mtp::test::sim_stage;

namespace {

/// Which addresses a call was answered at.
struct seen_at {
  std::size_t media = 0;
  std::size_t others = 0;
};

seen_at where(testing::data_centre const& centre, std::string_view method, int dc) {
  seen_at out;
  for (auto const& one : centre.call_log()) {
    if (one.method == method && one.dc == dc) ++(one.media_only ? out.media : out.others);
  }
  return out;
}

testing::data_centre_config several_addresses() {
  testing::data_centre_config out;
  out.dcs = {
      {.id = 2, .port = 443, .host = "10.0.0.2"},
      {.id = 4, .port = 443, .options = {.cdn = true}, .host = "10.0.4.1"},
      {.id = 4, .port = 443, .options = {.media_only = true}, .host = "10.0.4.2"},
      {.id = 4, .port = 443, .options = {.tcpo_only = true}, .host = "10.0.4.3"},
      {.id = 4, .port = 443, .host = "10.0.4.4"},
  };
  return out;
}

task<> ask_four(client& who, link_purpose purpose) {
  tl::help::getNearestDc const request;
  auto const answer = co_await who.invoke(request, {.dc = 4, .purpose = purpose});
  CHECK(answer->this_dc == 4);
}

}  // namespace

TEST_CASE("the addresses that the server gives are used as it says", "[addresses]") {
  for (auto const transport : {transport_choice::intermediate, transport_choice::obfuscated}) {
    sim_stage s(several_addresses());
    auto config = s.config();
    config.addresses.erase(4);  // only the server knows where that is
    config.connection.refresh = address_refresh::always;
    config.connection.transport = transport;
    std::vector<std::string> used;
    s.sim.network().filtered = [&used](auto const& to) {
      used.push_back(to.address().to_string());
      return false;
    };
    s.live(std::move(config), [&s](client& who) -> task<> {
      co_await s.sim.sleep(1s);
      co_await ask_four(who, link_purpose::download);
      co_await ask_four(who, link_purpose::main);
    });
    auto const seen = where(s.centre, "help.getNearestDc", 4);
    CHECK(seen.media == 1);  // what is for files goes there first
    CHECK(seen.others == 1);
    CHECK(s.centre.calls("help.getConfig") == 3);  // once asked, and once for each connection
    bool const obfuscates = transport == transport_choice::obfuscated;
    CHECK(std::ranges::count(used, "10.0.4.1") == 0);
    CHECK((std::ranges::count(used, "10.0.4.3") > 0) == obfuscates);
  }
}

TEST_CASE("a configuration that has expired is asked for again", "[addresses]") {
  sim_stage s;
  auto config = s.config();
  config.connection.refresh = address_refresh::always;
  s.live(std::move(config), [&s](client&) -> task<> { co_await s.sim.sleep(3h + 30min); });
  CHECK(s.centre.calls("help.getConfig") == 4);  // it holds for an hour
}
