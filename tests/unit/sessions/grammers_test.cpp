// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/sessions/grammers.hpp>

#include "damage.hpp"
#include "support/hex.hpp"

#include <mtp/crypto/hash.hpp>

using namespace mtp;
using namespace mtp::test;

namespace {

portable_session full() {
  auto out = small_session();
  out.self = portable_self{.id = somebody, .bot = false};
  out.dcs[4].auth_key = bytes(256, 1);
  out.dcs[4].addresses = {{.host = "2001:67c:4e8:f004::a", .port = 443}};
  out.updates = update_state{.pts = 11, .qts = 12, .date = 1700000000, .seq = 14};
  return out;
}

bytes file() { return from_hex(vectors::grammers_file_session); }

/// The end of a file with a channel in it.
bytes with_channel() {
  auto session = full();
  session.channel_pts[1234567890] = 15;
  return write_grammers(session)->reveal();
}

}  // namespace

TEST_CASE("a file of grammers is read and written as grammers does", "[sessions][grammers]") {
  auto const read = read_grammers(file());
  REQUIRE(read);
  CHECK(*read == full());
  auto const written = write_grammers(*read);
  REQUIRE(written);
  CHECK(written->reveal() == file());
  CHECK(read_grammers(with_channel())->channel_pts.at(1234567890) == 15);
}

TEST_CASE("the constructors of grammers are those of its schema", "[sessions][grammers]") {
  auto const id = [](std::string_view text) { return crypto::crc32(as_bytes(text)); };
  bytes const whole = with_channel();
  auto const holds = [&](std::uint32_t constructor) {
    std::uint8_t raw[4];
    store_le(raw, constructor);
    return std::ranges::search(whole, raw).begin() != whole.end();
  };
  CHECK(
      holds(id("session flags:# dcs:Vector DataCenter user:flags.0?User "
               "state:flags.1?UpdateState = Session")));
  CHECK(holds(id("user id:long dc:int bot:Bool = User")));
  CHECK(holds(id("channelState channel_id:long pts:int = ChannelState")));
  CHECK(
      holds(id("updateState pts:int qts:int date:int seq:int channels:Vector ChannelState "
               "= UpdateState")));
}

TEST_CASE("both addresses of a data centre, as grammers 0.8 wrote them, are read",
          "[sessions][grammers]") {
  bytes whole = file();
  constexpr std::size_t flags = 4 + 4 + 4 + 4 + 4;  // session, flags, vector, count, constructor
  whole[flags] = 7;
  bytes const ipv4 = {51, 167, 154, 149};
  std::ranges::copy(ipv4, whole.begin() + flags + 8);
  bytes ipv6 = from_hex("2001067c04e8f002000000000000000a");
  std::ranges::reverse(ipv6);
  whole.insert(whole.begin() + flags + 12, ipv6.begin(), ipv6.end());
  auto const read = read_grammers(whole);
  REQUIRE(read);
  auto const& addresses = read->dcs.at(2).addresses;
  REQUIRE(addresses.size() == 2);
  CHECK(addresses[0].host == "149.154.167.51");
  CHECK(addresses[1].host == "2001:67c:4e8:f002::a");
}

TEST_CASE("a file of grammers that is not one says why", "[sessions][grammers]") {
  bytes good = file();
  CHECK(read_grammers({}).error() == portable_errc::cut_short);
  CHECK(read_grammers(bytes_view(good).first(100)).error() == portable_errc::cut_short);
  good.push_back(0);
  CHECK(read_grammers(good).error() == portable_errc::too_long);
  good[0] ^= 1;
  CHECK(read_grammers(good).error() == portable_errc::wrong_version);
  good = file();
  store_le(&good[12], std::uint32_t{0x7fffffff});
  CHECK(read_grammers(good).error() == portable_errc::cut_short);  // more data centres than bytes
  good = file();
  good[20] = 8;
  CHECK(read_grammers(good).error() == portable_errc::bad_value);
}

TEST_CASE("a file of grammers with a port that is none is refused", "[sessions][grammers]") {
  constexpr std::size_t at = 4 + 4 + 4 + 4 + 4 + 4 + 4 + 4;  // behind the first data centre's IPv4
  REQUIRE(load_le<std::int32_t>(&file()[at]) == 443);
  for (std::int32_t const port : {0, -1, 65536, 65979}) {
    bytes changed = file();
    store_le(&changed[at], static_cast<std::uint32_t>(port));
    CHECK(read_grammers(changed).error() == portable_errc::bad_value);
  }
}

TEST_CASE("no damage to a file of grammers does harm", "[sessions][grammers]") {
  damage_file(with_channel(), read_grammers);
}

TEST_CASE("what a file of grammers cannot hold is refused", "[sessions][grammers]") {
  CHECK(write_grammers({}).error() == portable_errc::no_key);
  CHECK(write_grammers(small_session()).error() == portable_errc::no_user);
  auto session = full();
  session.dcs[203].auth_key = counting_key();
  CHECK(write_grammers(session).error() == portable_errc::no_address);
}
