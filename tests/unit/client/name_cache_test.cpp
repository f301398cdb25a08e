// SPDX-License-Identifier: MIT OR Apache-2.0
#include "client/name_cache.hpp"

#include "support/catch.hpp"

#include <string>

using namespace mtp;
using mtp::detail::name_cache;

namespace {

constexpr steady_time now{};
constexpr peer_id alice{peer_kind::user, 42};
constexpr peer_id bob{peer_kind::user, 43};

}  // namespace

TEST_CASE("a name is believed for a while only", "[client][names]") {
  name_cache names;
  CHECK(!names.find("alice", now));
  names.add("alice", alice, now);
  CHECK(names.find("alice", now + name_cache::lifetime - duration(1)) == alice);
  CHECK(!names.find("alice", now + name_cache::lifetime));
  names.add("alice", bob, now + name_cache::lifetime);
  CHECK(names.find("alice", now + name_cache::lifetime) == bob);
}

TEST_CASE("a name that moved to another account is asked for again", "[client][names]") {
  name_cache names;
  names.correct("alice", bob);
  names.add("alice", alice, now);
  names.correct("Alice", alice);
  names.correct("bob", bob);
  CHECK(names.find("alice", now) == alice);
  names.correct("ALICE", bob);
  CHECK(!names.find("alice", now));
}

TEST_CASE("a name that nobody has any more is forgotten", "[client][names]") {
  name_cache names;
  names.add("alice", alice, now);
  names.remove("alic");
  CHECK(names.size() == 1);
  names.remove("alice");
  names.remove("alice");
  CHECK(names.size() == 0);
}

TEST_CASE("the names that are kept are bounded; the oldest goes first", "[client][names]") {
  name_cache names;
  auto when = now;
  for (std::size_t i = 0; i < name_cache::max_names; ++i)
    names.add(std::to_string(i), alice, when += duration(1));
  names.add("one more", bob, when);
  CHECK(names.size() == name_cache::max_names);
  CHECK(!names.find("0", now));
  CHECK(names.find("1", now) == alice);
  CHECK(names.find("one more", when) == bob);

  names.add("after a while", bob, when + name_cache::lifetime);
  CHECK(names.size() == 1);
}
