// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/sessions/ferogram.hpp>

#include "damage.hpp"
#include "support/hex.hpp"

using namespace mtp;
using namespace mtp::test;

namespace {

portable_session full() {
  auto out = small_session();
  out.dcs[2].salt = 99;
  out.dcs[2].time_offset = -3;
  out.dcs[2].addresses.push_back({.host = "2001:67c:4e8:f002::a", .port = 443, .media_only = true});
  out.updates = update_state{.pts = 11, .qts = 12, .date = 1700000000, .seq = 14};
  out.channel_pts = {{1234567890, 15}};
  out.peers = {
      {.id = {peer_kind::user, 42}, .access_hash = -77},
      {.id = {peer_kind::channel, 1234567890}, .access_hash = 78, .shape = peer_shape::supergroup},
      {.id = {peer_kind::chat, 5}}};
  out.future_auth_token = bytes{1, 2, 3};
  return out;
}

bytes file() { return from_hex(vectors::ferogram_file_session); }

}  // namespace

TEST_CASE("a file of ferogram is read, and comes back as it was written", "[sessions][ferogram]") {
  auto const read = read_ferogram(file());
  REQUIRE(read);
  CHECK(*read == full());
  auto const written = write_ferogram(*read);
  REQUIRE(written);
  auto const again = read_ferogram(written->reveal());
  REQUIRE(again);
  CHECK(*again == *read);
}

TEST_CASE("a file of ferogram is written as ferogram does", "[sessions][ferogram]") {
  auto session = full();
  auto expected = file();
  // Each address of a data centre has salt and clock; who was seen where cannot be taken along.
  auto const written = write_ferogram(session);
  REQUIRE(written);
  constexpr std::size_t min_peer = 8 + 8 + 4;
  CHECK(written->reveal().size() == expected.size() - min_peer);
  bytes_view const first = bytes_view(written->reveal()).first(300);
  CHECK(std::ranges::equal(first, bytes_view(expected).first(300)));
}

TEST_CASE("files of ferogram of all versions are read", "[sessions][ferogram]") {
  portable_session small = small_session();
  auto whole = write_ferogram(small)->reveal();
  whole.resize(whole.size() - 1);  // no token
  whole[0] = 6;
  CHECK(*read_ferogram(whole) == small);
  whole.resize(whole.size() - 2);  // nobody seen anywhere
  whole[0] = 3;
  CHECK(*read_ferogram(whole) == small);
  constexpr std::size_t behind_dcs = 4 * 4 + 2 + 2;
  whole.erase(whole.end() - behind_dcs - 1);  // the flags
  whole[0] = 2;
  CHECK(*read_ferogram(whole) == small);
  whole.resize(whole.size() - behind_dcs);
  whole.erase(whole.begin());  // version 1 had no version
  CHECK(*read_ferogram(whole) == small);
}

TEST_CASE("a file of ferogram that is not one says why", "[sessions][ferogram]") {
  bytes good = file();
  CHECK(read_ferogram({}).error() == portable_errc::cut_short);
  CHECK(read_ferogram(bytes_view(good).first(100)).error() == portable_errc::cut_short);
  good.push_back(0);
  CHECK(read_ferogram(good).error() == portable_errc::too_long);
  good = file();
  good[0] = 9;
  CHECK(read_ferogram(good).error() == portable_errc::wrong_version);
  good = file();
  good[1] = 4;  // a home without a key
  CHECK(read_ferogram(good).error() == portable_errc::no_key);
}

TEST_CASE("no damage to a file of ferogram does harm", "[sessions][ferogram]") {
  damage_file(file(), read_ferogram);
}

TEST_CASE("strings of ferogram of either version are read and written", "[sessions][ferogram]") {
  auto expected = small_session();
  expected.self = portable_self{.id = somebody};
  auto const short_one = read_ferogram_string(vectors::ferogram_2_session);
  REQUIRE(short_one);
  CHECK(*short_one == expected);
  CHECK(text_of(write_ferogram_string(*short_one)) == vectors::ferogram_2_session);
  expected = small_session("2001:67c:4e8:f002::a");
  expected.self = portable_self{.id = somebody};
  expected.dcs[2].salt = -5;
  auto const older = read_ferogram_string(vectors::ferogram_1_session);
  REQUIRE(older);
  CHECK(*older == expected);
}

TEST_CASE("no damage to a string of ferogram does harm", "[sessions][ferogram]") {
  damage_string(vectors::ferogram_2_session, read_ferogram_string);
  damage_string(vectors::ferogram_1_session, read_ferogram_string);
}

TEST_CASE("what ferogram cannot hold is refused or left out", "[sessions][ferogram]") {
  CHECK(write_ferogram({}).error() == portable_errc::no_key);
  CHECK(write_ferogram_string(small_session()).error() == portable_errc::no_user);
  auto session = full();
  session.dcs[2].addresses[0].host = std::string(241, 'a');
  CHECK(write_ferogram(session).error() == portable_errc::does_not_fit);
  session = full();
  session.peers.assign(70'000, {.id = {peer_kind::user, 42}, .access_hash = 1});
  auto const read = read_ferogram(write_ferogram(session)->reveal());
  REQUIRE(read);
  CHECK(read->peers.size() == 65'535);
}
