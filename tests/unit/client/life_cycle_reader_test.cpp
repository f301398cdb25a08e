// SPDX-License-Identifier: MIT OR Apache-2.0
#include "client/life_cycle_reader.hpp"

#include "client/lifecycle.hpp"
#include "support/catch.hpp"

#include <mtp/core/error.hpp>

#include <string>

using namespace mtp;
using detail::life_cycle_reader;
using detail::lifecycle;

namespace {

/// What a client goes through, and what its reader makes of it.
struct watched {
  lifecycle client;
  life_cycle_reader reader{status_change{}};
  std::uint64_t number = 0;

  /// The events since the last question: "connected, signed in".
  std::string news() {
    while (auto const change = client.take(number)) reader.on_change(*change);
    std::string out;
    while (auto const one = reader.take())
      out += (out.empty() ? "" : ", ") + std::string(name_of(one->kind));
    return out;
  }
};

std::error_code broken() { return std::make_error_code(std::errc::connection_reset); }

}  // namespace

TEST_CASE("connections come and go", "[client][life]") {
  watched w;
  w.client.on_connecting();
  CHECK(w.news().empty());
  w.client.on_established();
  CHECK(w.news() == "connected");
  w.client.on_updating(true);
  w.client.on_updating(false);
  CHECK(w.news() == "caught up");
  w.client.on_disconnected(broken());
  w.client.on_connecting();
  CHECK(w.news() == "disconnected");
  w.client.on_suspended(broken());
  CHECK(w.news() == "kept away");
  w.client.on_established();
  CHECK(w.news() == "connected");
}

TEST_CASE("a login is made, ended by the program, or taken away", "[client][life]") {
  watched w;
  w.client.on_signed_out({});
  w.client.on_established();
  CHECK(w.news() == "connected");
  w.client.on_signed_in();
  CHECK(w.news() == "signed in");
  w.client.on_signed_out(make_error_code(client_errc::not_signed_in));
  CHECK(w.news() == "signed out");
  w.client.on_signed_in();
  w.client.on_signed_out(std::make_error_code(std::errc::permission_denied));
  CHECK(w.news() == "signed in, revoked");
  w.client.on_signed_in();
  w.client.on_key_duplicated();
  CHECK(w.news() == "signed in, key duplicated");
}

TEST_CASE("a login that was taken away while nobody was connected is told", "[client][life]") {
  watched w;
  w.client.on_signed_out(std::make_error_code(std::errc::permission_denied));
  w.client.on_established();
  CHECK(w.news() == "connected, revoked");
}

TEST_CASE("an account is frozen and thawed, a key is doubted and trusted", "[client][life]") {
  watched w;
  w.client.on_established();
  CHECK(w.news() == "connected");
  w.client.on_frozen("x", refusal_reason::method_frozen);
  CHECK(w.news() == "frozen");
  w.client.on_disconnected(broken());
  w.client.on_established();
  CHECK(w.news() == "disconnected, connected");
  w.client.on_answered("x");
  CHECK(w.news() == "unfrozen");
  w.client.on_key_suspect(true);
  w.client.on_key_suspect(false);
  CHECK(w.news() == "key suspect, key trusted");
}

TEST_CASE("what was the case when the events began is none of them", "[client][life]") {
  life_cycle_reader reader(status_change{.status = client_status::frozen, .key_suspect = true});
  CHECK(!reader.take());
  reader.on_change({.status = client_status::signed_out,
                    .key_suspect = true,
                    .why = std::make_error_code(std::errc::permission_denied)});
  auto const lost = reader.take();
  REQUIRE(lost);
  CHECK(lost->kind == client_change_kind::revoked);
  CHECK(lost->why == std::errc::permission_denied);
  CHECK(!reader.take());
}
