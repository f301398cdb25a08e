// SPDX-License-Identifier: MIT OR Apache-2.0
// Authorisations that go from one data centre to another: core.telegram.org/api/datacenter
#include "api_stage.hpp"

#include <support/catch.hpp>

using namespace mtp;
using namespace mtp::testing;
using namespace std::chrono_literals;
using test::api_client;
using test::api_stage;

namespace {

/// Alice, signed in at data centre 2, and her client at data centre 4, where nobody knows her.
struct two_places : api_stage {
  two_places() {
    api.addresses() = {
        {2, "127.0.0.1", 4430}, {4, "127.0.0.1", 4431}, {203, "127.0.0.1", 4432, {.cdn = true}}};
    home.sign_in("9996621001");
  }

  tl::auth::importAuthorization ticket(int dc = 4) {
    tl::auth::exportAuthorization q;
    q.dc_id = dc;
    auto const exported = home.call(q);
    if (!exported) throw std::runtime_error(home.last_refusal);
    tl::auth::importAuthorization out;
    out.id = exported->id;
    out.bytes = tl::bytes(exported->bytes.view());
    return out;
  }

  std::string refusal_of_export(int dc) {
    tl::auth::exportAuthorization q;
    q.dc_id = dc;
    return home.refusal(q);
  }

  api_client home{*this};
  api_client away{*this, dc_address{.id = 4}};
};

}  // namespace

TEST_CASE("without a log-in there, calls to another data centre are refused",
          "[testing][authorization]") {
  two_places s;
  CHECK(s.away.refusal(tl::updates::getState{}) == "401 AUTH_KEY_UNREGISTERED");
  tl::upload::saveFilePart part;
  part.bytes = tl::bytes(bytes(16));
  CHECK(s.away.refusal(part) == "401 AUTH_KEY_UNREGISTERED");
}

TEST_CASE("an imported authorisation lets a key of another data centre act for the user",
          "[testing][authorization]") {
  two_places s;
  CHECK(s.away.refusal(s.ticket()).empty());
  CHECK(s.away.refusal(tl::updates::getState{}).empty());
  tl::upload::saveFilePart part;
  part.bytes = tl::bytes(bytes(16));
  CHECK(s.away.refusal(part).empty());
  REQUIRE(s.away.call(tl::auth::logOut{}));
  CHECK(s.away.refusal(tl::updates::getState{}) == "401 AUTH_KEY_UNREGISTERED");
  CHECK(s.home.refusal(tl::updates::getState{}).empty());
}

TEST_CASE("a file is told to live elsewhere by the data centres that do not have it",
          "[testing][authorization]") {
  two_places s;
  REQUIRE(s.away.refusal(s.ticket()).empty());
  auto const& kept = s.population.files().store(
      {.dc = 4, .content = std::make_shared<bytes const>(bytes(4096, 7))});
  tl::inputDocumentFileLocation location;
  location.id = kept.id;
  location.access_hash = kept.access_hash;
  location.file_reference = tl::bytes(s.population.files().reference(kept));
  tl::upload::getFile get;
  get.location = location;
  get.limit = 4096;
  CHECK(s.home.refusal(get) == "303 FILE_MIGRATE_4");
  CHECK(s.away.refusal(get).empty());
  tl::upload::getFileHashes hashes;
  hashes.location = location;
  CHECK(s.home.refusal(hashes) == "303 FILE_MIGRATE_4");
  REQUIRE(s.population.files().move(file_kind::document, kept.id, 2));
  CHECK(s.home.refusal(get).empty());
  CHECK(s.away.refusal(get) == "303 FILE_MIGRATE_2");
  CHECK_FALSE(s.population.files().move(file_kind::photo, kept.id, 2));
}

TEST_CASE("all parts of a file go to the data centre of the first", "[testing][authorization]") {
  two_places s;
  REQUIRE(s.away.refusal(s.ticket()).empty());
  tl::upload::saveFilePart part;
  part.file_id = 5;
  part.bytes = tl::bytes(bytes(1024));
  REQUIRE(s.away.refusal(part).empty());
  part.file_part = 1;
  CHECK(s.home.refusal(part) == "303 FILE_MIGRATE_4");
  CHECK(s.away.refusal(part).empty());
  tl::upload::saveBigFilePart big;
  big.file_id = 6;
  big.file_total_parts = 2;
  big.bytes = tl::bytes(bytes(1024));
  REQUIRE(s.home.refusal(big).empty());
  big.file_part = 1;
  CHECK(s.away.refusal(big) == "303 FILE_MIGRATE_2");
}

TEST_CASE("an authorisation is good once, soon, there and for its user",
          "[testing][authorization]") {
  two_places s;
  auto ticket = s.ticket();
  SECTION("once") {
    CHECK(s.away.refusal(ticket).empty());
    CHECK(s.away.refusal(ticket) == "400 AUTH_BYTES_INVALID");
  }
  SECTION("soon") {
    s.away.wait(61s);
    CHECK(s.away.refusal(ticket) == "400 AUTH_BYTES_INVALID");
  }
  SECTION("there") {
    api_client elsewhere(s);
    CHECK(elsewhere.refusal(ticket) == "400 AUTH_BYTES_INVALID");
  }
  SECTION("for its user") {
    ticket.id = 43;
    CHECK(s.away.refusal(ticket) == "400 USER_ID_INVALID");
  }
  SECTION("as it was given") {
    ticket.bytes = tl::bytes(bytes(16));
    CHECK(s.away.refusal(ticket) == "400 AUTH_BYTES_INVALID");
  }
}

TEST_CASE("authorisations are exported to other data centres that exist, not to a CDN",
          "[testing][authorization]") {
  two_places s;
  CHECK(s.refusal_of_export(2) == "400 DC_ID_INVALID");
  CHECK(s.refusal_of_export(9) == "400 DC_ID_INVALID");
  CHECK(s.refusal_of_export(203) == "400 DC_ID_INVALID");
  CHECK(s.refusal_of_export(4).empty());
}

TEST_CASE("the log-in at one data centre can be forgotten", "[testing][authorization]") {
  two_places s;
  REQUIRE(s.away.refusal(s.ticket()).empty());
  CHECK(s.core.forget(remembered::login, {.account = 42, .dc = 4}, s.away.now) == 1);
  CHECK(s.away.refusal(tl::updates::getState{}) == "401 AUTH_KEY_UNREGISTERED");
  CHECK(s.home.refusal(tl::updates::getState{}).empty());
  CHECK(s.away.refusal(s.ticket()).empty());
  CHECK(s.away.refusal(tl::updates::getState{}).empty());
}
