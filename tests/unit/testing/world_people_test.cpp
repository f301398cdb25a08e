// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/testing/world/world.hpp>
#include <support/catch.hpp>

using namespace mtp::testing;

namespace {

person named(std::string first, std::string username, std::string phone) {
  person p{.first_name = std::move(first), .username = std::move(username)};
  p.phone = std::move(phone);
  p.code = "1";
  return p;
}

}  // namespace

TEST_CASE("people are found by id, username, phone number and token", "[testing][world]") {
  auto w = default_world(1);
  auto& all = w.everybody();
  CHECK(all.find(42)->first_name == "Alice");
  CHECK(all.find_username("@ALICE") == all.find(42));
  CHECK(all.find_phone("+999 662 10-01") == all.find(42));
  CHECK(all.find_token(all.find(777000777)->token)->username == "echo_bot");
  CHECK(all.find_username("") == nullptr);
  CHECK(all.find_phone("") == nullptr);
  CHECK(all.find_token("") == nullptr);
}

TEST_CASE("nobody is added twice", "[testing][world]") {
  people all(1);
  REQUIRE(all.add(named("A", "anna", "+1 234 5678")));
  CHECK_FALSE(all.add(named("B", "Anna", "+1 234 0000")));
  CHECK_FALSE(all.add(named("B", "berta", "12345678")));
  CHECK_FALSE(all.add(named("", "berta", "12345679")));
  CHECK_FALSE(all.add(named("B", "1berta", "12345679")));
  CHECK_FALSE(all.add(named("B", "berta", "")));
  CHECK(all.add(named("B", "berta", "12345679")));
}

TEST_CASE("access hashes differ by viewer and survive a restart", "[testing][world]") {
  people const once(7);
  people const again(7);
  people const other(8);
  CHECK(once.access_hash(1, 2) == again.access_hash(1, 2));
  CHECK(once.access_hash(1, 2) != once.access_hash(3, 2));
  CHECK(once.access_hash(1, 2) != other.access_hash(1, 2));
  CHECK(once.access_hash(1, 2) != 0);
}

TEST_CASE("a username is changed, unless somebody has it", "[testing][world]") {
  auto w = default_world(1);
  auto& all = w.everybody();
  CHECK(all.set_username(42, "bob").error().text == "USERNAME_OCCUPIED");
  CHECK(all.set_username(42, "a b").error().text == "USERNAME_INVALID");
  CHECK(all.set_username(42, "alice").error().text == "USERNAME_NOT_MODIFIED");
  REQUIRE(all.set_username(42, "wonderland"));
  CHECK(all.find_username("wonderland")->id == 42);
  CHECK(all.find_username("alice") == nullptr);
}

TEST_CASE("the default world has the people that its ready line promises", "[testing][world]") {
  auto w = default_world(1);
  CHECK(w.everybody().find(42)->username == "alice");
  CHECK(w.everybody().find(43)->username == "bob");
  CHECK(w.everybody().find(777000777)->username == "echo_bot");
}
