// SPDX-License-Identifier: MIT OR Apache-2.0
#include "storage/session_codec.hpp"

#include "support/catch.hpp"
#include "support/hex.hpp"
#include "support/session_examples.hpp"

#include <mtp/core/error.hpp>

#include <openssl/sha.h>

using namespace mtp;
using mtp::detail::decode_session;
using mtp::detail::encode_session;

TEST_CASE("a session comes back as it was written", "[storage][codec]") {
  session_state const empty;
  session_state full = test::full_session();
  full.last_messages = {{0, 17}, {1234567890123, 5}};
  CHECK(*decode_session(encode_session(empty)) == empty);
  CHECK(*decode_session(encode_session(full)) == full);
}

namespace {

/// What version 0.1 wrote for test::full_session(), but for the key of data centre 2.
constexpr char before_key[] =
    "6d74702e7365737301000000a1010000000000000ae76efd7bfe2126e6c7ca5d6e05d6d0c390c780937b401e"
    "d16552ac8d40a97902000000020000000200000000010000";
constexpr char behind_key[] =
    "24faffffffffffff02000000efcdab896745230100f1536510ff5365ffffffffffffffff0500000006000000"
    "0400000000000000000000000000000000000000014917502e000000000101070000000000000001f15365fd"
    "ffffff01000000cb04fb711f0100002a00000002000000012a00000000000000b3ffffffffffffff032a0000"
    "00000000004e00000000000000";

}  // namespace

TEST_CASE("a session file of version 1 is still read", "[storage][codec]") {
  bytes file = test::from_hex(before_key);
  file.insert(file.end(), 256, 0xa5);
  append(file, test::from_hex(behind_key));
  auto const read = decode_session(file);
  REQUIRE(read);
  session_state expected = test::full_session();
  expected.dcs[2].made_at = 0;
  expected.dcs[2].signed_in = false;
  expected.addresses.clear();
  expected.attempts.clear();
  expected.login_tokens.clear();
  CHECK(*read == expected);
}

namespace {

/// The file as it was without its last, empty members.
bytes file_of_version(std::uint8_t version, session_state const& state, std::size_t empty_members) {
  bytes file = encode_session(state);
  file.resize(file.size() - 4 * empty_members);  // a count each
  file[8] = version;
  constexpr std::size_t head = 52;
  store_le(&file[12], static_cast<std::uint64_t>(file.size() - head));
  SHA256(&file[head], file.size() - head, &file[20]);
  return file;
}

}  // namespace

TEST_CASE("session files of versions 2, 3 and 4 are still read", "[storage][codec]") {
  session_state expected = test::full_session();
  auto const fourth = decode_session(file_of_version(4, expected, 1));
  REQUIRE(fourth);
  CHECK(*fourth == expected);
  expected.login_tokens.clear();
  auto const third = decode_session(file_of_version(3, expected, 2));
  REQUIRE(third);
  CHECK(*third == expected);
  expected.attempts.clear();
  auto const second = decode_session(file_of_version(2, expected, 3));
  REQUIRE(second);
  CHECK(*second == expected);
}

TEST_CASE("a session file of a version to come is refused", "[storage][codec]") {
  bytes file = encode_session(test::full_session());
  file[8] = 6;
  CHECK(!decode_session(file));
  file[8] = 0;
  CHECK(!decode_session(file));
}

TEST_CASE("a session file cut anywhere is refused", "[storage][codec]") {
  bytes const whole = encode_session(test::full_session());
  for (std::size_t size = 0; size < whole.size(); ++size) {
    auto const read = decode_session(bytes_view(whole).first(size));
    REQUIRE(!read);
    REQUIRE(read.error() == client_errc::bad_session_file);
  }
}

TEST_CASE("a session file with any one bit turned is refused", "[storage][codec]") {
  bytes file = encode_session(test::full_session());
  for (std::size_t bit = 0; bit < file.size() * 8; ++bit) {
    auto const mask = static_cast<std::uint8_t>(1U << bit % 8);
    file[bit / 8] ^= mask;
    REQUIRE(!decode_session(file));
    file[bit / 8] ^= mask;
  }
}

TEST_CASE("a session file with more behind it is refused", "[storage][codec]") {
  bytes file = encode_session(test::full_session());
  file.push_back(0);
  CHECK(!decode_session(file));
}

TEST_CASE("changes put on top of each other are the same as one after the other",
          "[storage][state]") {
  session_change first;
  first.home_dc = 4;
  first.self = stored_self{.id = 1, .bot = false};
  first.dcs[2] = std::nullopt;
  first.access_hashes[{peer_kind::user, 42}] = 5;
  session_change second;
  second.self = std::optional<stored_self>();
  second.dcs[2] = stored_dc{};
  second.channel_pts[1234567890123] = std::nullopt;

  session_state one_by_one = test::full_session();
  apply(one_by_one, first);
  CHECK(one_by_one.dcs.count(2) == 0);
  CHECK(one_by_one.home_dc == 4);
  apply(one_by_one, second);
  CHECK(!one_by_one.self);
  CHECK(one_by_one.channel_pts.empty());

  merge(first, second);
  session_state at_once = test::full_session();
  apply(at_once, first);
  CHECK(at_once == one_by_one);
  CHECK(session_change{}.empty());
  CHECK(!first.empty());
}

TEST_CASE("a new account takes nothing over from the one before", "[storage][state]") {
  session_change first;
  first.dcs[4] = stored_dc{.signed_in = true};
  first.access_hashes[{peer_kind::user, 1}] = 2;
  session_change second;
  second.new_account = true;
  second.self = stored_self{.id = 9, .bot = false};
  session_state one_by_one = test::full_session();
  apply(one_by_one, first);
  apply(one_by_one, second);
  CHECK(one_by_one.access_hashes.empty());
  CHECK(one_by_one.channel_pts.empty());
  CHECK(!one_by_one.updates);
  CHECK(one_by_one.self->id == 9);
  CHECK(one_by_one.dcs.size() == 2);
  for (auto const& [id, dc] : one_by_one.dcs) CHECK(!dc.signed_in);
  merge(first, second);
  session_state at_once = test::full_session();
  apply(at_once, first);
  CHECK(at_once == one_by_one);
}
