// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/storage/marked_id.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <limits>

using namespace mtp;

namespace {

struct marked_row {
  peer_id peer;
  std::int64_t marked;
};

// The borders of every range of core.telegram.org/api/bots/ids, and a number from real life each.
constexpr marked_row marked_rows[] = {
    {{peer_kind::user, 1}, 1},
    {{peer_kind::user, 777000}, 777000},
    {{peer_kind::user, 1099511627775}, 1099511627775},
    {{peer_kind::chat, 1}, -1},
    {{peer_kind::chat, 4123456789}, -4123456789},
    {{peer_kind::chat, 999999999999}, -999999999999},
    {{peer_kind::channel, 1}, -1000000000001},
    {{peer_kind::channel, 1234567890}, -1001234567890},
    {{peer_kind::channel, 997852516352}, -1997852516352},
    {{peer_kind::channel, 1002147483649}, -2002147483649},
    {{peer_kind::channel, 3000000000000}, -4000000000000},
};

}  // namespace

TEST_CASE("marked ids name users, groups and channels, both ways", "[storage][peers]") {
  for (auto const& row : marked_rows) {
    CAPTURE(row.marked);
    CHECK(to_marked_id(row.peer) == row.marked);
    CHECK(from_marked_id(row.marked) == row.peer);
  }
}

TEST_CASE("a number that marks no peer is none", "[storage][peers]") {
  constexpr std::int64_t none[] = {0,
                                   1099511627776,   // behind the users
                                   -1000000000000,  // between groups and channels
                                   -1997852516353,  // secret chats, from here
                                   -2000000000000,
                                   -2002147483648,  // to here
                                   -4000000000001,
                                   std::numeric_limits<std::int64_t>::min(),
                                   std::numeric_limits<std::int64_t>::max()};
  for (auto const number : none) {
    CAPTURE(number);
    CHECK(!from_marked_id(number));
  }
  constexpr peer_id nobody[] = {{peer_kind::user, 0},
                                {peer_kind::user, -5},
                                {peer_kind::user, 1099511627776},
                                {peer_kind::chat, 0},
                                {peer_kind::chat, 1000000000000},
                                {peer_kind::channel, 0},
                                {peer_kind::channel, 997852516353},
                                {peer_kind::channel, 1002147483648},
                                {peer_kind::channel, 3000000000001},
                                {peer_kind::channel, std::numeric_limits<std::int64_t>::min()}};
  for (auto const peer : nobody) {
    CAPTURE(peer.id);
    CHECK(!to_marked_id(peer));
  }
}
