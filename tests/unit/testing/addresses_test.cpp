// SPDX-License-Identifier: MIT OR Apache-2.0
#include "api_stage.hpp"

#include <mtp/testing/data_centre.hpp>
#include <support/catch.hpp>

#include <asio/buffer.hpp>
#include <asio/error.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/write.hpp>

#include <algorithm>

using namespace mtp;
using namespace mtp::testing;
using namespace std::chrono_literals;
using test::api_client;
using test::api_stage;
using test::memory_client;

namespace {

dc_address address_with(address_options options, int id = 2) {
  return {.id = id, .host = "127.0.0.1", .port = 4430, .options = options};
}

int128 some_secret() {
  int128 out = {};
  out.fill(7);
  return out;
}

memory_client stranger_at(api_stage& s, address_options options) {
  return memory_client(s.core, test::stage_key().public_key(), address_with(options));
}

}  // namespace

TEST_CASE("help.getConfig tells every address and what it is for", "[testing][addresses]") {
  api_stage s;
  s.api.addresses() = {
      address_with({}),
      address_with({.media_only = true, .is_static = false, .this_port_only = false}),
      address_with({.cdn = true}, 203),
      address_with({.tcpo_only = true, .secret = some_secret()}),
      {.id = 4, .host = "::1", .port = 4431},
  };
  api_client client(s);
  auto const config = client.call(tl::help::getConfig{});
  REQUIRE(config);
  auto const& all = config->dc_options;
  REQUIRE(all.size() == 5);
  CHECK((!all[0].media_only && !all[0].cdn && !all[0].tcpo_only && !all[0].ipv6));
  CHECK((all[0].static_ && all[0].this_port_only && !all[0].secret));
  CHECK((all[1].media_only && !all[1].static_ && !all[1].this_port_only));
  CHECK((all[2].cdn && all[2].id == 203));
  CHECK(all[3].tcpo_only);
  REQUIRE(all[3].secret);
  CHECK(std::ranges::equal(all[3].secret->view(), some_secret()));
  CHECK((all[4].ipv6 && all[4].id == 4 && all[4].port == 4431));
}

TEST_CASE("a media-only address wants the negative number of its data centre",
          "[testing][addresses]") {
  api_stage s;
  auto client = stranger_at(s, {.media_only = true});
  SECTION("and gets it") { CHECK(client.shake_hands()); }
  SECTION("or error -444") {
    client.wire_dc = 2;
    CHECK_FALSE(client.shake_hands());
    CHECK(client.errors == std::vector<std::int32_t>{-444});
  }
  SECTION("but an old client that names none is served") {
    client.name_dc = false;
    CHECK(client.shake_hands());
  }
}

TEST_CASE("a media-only address knows the keys of its data centre, and pushes no updates",
          "[testing][addresses]") {
  api_stage s;
  api_client alice(s);
  alice.sign_in("9996621001");
  CHECK(s.core.listeners(42) == 1);
  api_client transfers(s, alice.key(), address_with({.media_only = true}));
  CHECK(transfers.refusal(tl::updates::getState{}).empty());
  CHECK(s.core.listeners(42) == 1);
}

TEST_CASE("an address for obfuscated connections serves no others", "[testing][addresses]") {
  api_stage s;
  auto client = stranger_at(s, {.tcpo_only = true});
  CHECK_FALSE(client.shake_hands());
  CHECK(client.closed);
}

TEST_CASE("an address with a secret serves no strangers", "[testing][addresses]") {
  api_stage s;
  auto client = stranger_at(s, {.secret = some_secret()});
  CHECK_FALSE(client.shake_hands());
  CHECK(client.closed);
}

TEST_CASE("a silent address says nothing and does not hang up", "[testing][addresses]") {
  api_stage s;
  auto client = stranger_at(s, {.service = address_service::silent});
  CHECK_FALSE(client.shake_hands());
  client.wait(1min);
  CHECK_FALSE(client.closed);
  CHECK(client.errors.empty());
}

TEST_CASE("a closed address refuses connections, a silent one accepts them",
          "[testing][addresses]") {
  data_centre_config config;
  config.dcs = {{2, 0},
                {.id = 2, .options = {.service = address_service::closed}},
                {.id = 2, .options = {.service = address_service::silent}}};
  data_centre dc(config);
  dc.start();
  auto const all = dc.addresses();
  REQUIRE(all.size() == 3);
  asio::io_context context;
  auto const connect = [&](dc_address const& to) {
    asio::ip::tcp::socket socket(context);
    std::error_code failed;
    socket.connect({asio::ip::make_address(to.host), to.port}, failed);
    return failed;
  };
  CHECK_FALSE(connect(all[0]));
  CHECK(connect(all[1]) == asio::error::connection_refused);
  CHECK_FALSE(connect(all[2]));
}
