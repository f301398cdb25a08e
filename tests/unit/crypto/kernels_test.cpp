// SPDX-License-Identifier: MIT OR Apache-2.0
// Every kernel that runs here against the known answers, and against the portable way on data of
// all kinds of sizes.
#include "with_kernels.hpp"

#include <mtp/crypto/aes.hpp>
#include <mtp/crypto/hash.hpp>
#include <mtp/crypto/message_cipher.hpp>
#include <support/catch.hpp>
#include <support/hex.hpp>
#include <support/seeded_random.hpp>
#include <support/vectors/aes.hpp>
#include <support/vectors/hash.hpp>
#include <support/vectors/messages.hpp>

#include <algorithm>
#include <deque>

using namespace mtp;
using namespace mtp::test;
using crypto::aes_kernel;
using crypto::direction;
using crypto::kernel_choice;
using crypto::sha_kernel;

namespace {

constexpr kernel_choice portable = {aes_kernel::portable, sha_kernel::portable};

/// Zero, one, few and many blocks, and what lies around a chunk of the portable way.
std::size_t random_size(seeded_random& random) {
  std::size_t const most[] = {4, 20, 300, 1100};
  auto const draw = random.make<std::uint32_t>();
  return draw / 4 % most[draw % 4] * crypto::aes_block;
}

struct message {
  int256 key;
  int256 iv;
  bytes data;
};

message random_message(seeded_random& random, std::size_t size) {
  message m{random.make<int256>(), random.make<int256>(), bytes(size)};
  random.fill(m.data);
  return m;
}

using one_way = void (*)(int256 const&, int256&, bytes_view, mutable_bytes);
using many_ways = void (*)(std::span<crypto::ige_message const>);

/// What `way` makes of the message, and the vector it leaves.
message after(one_way way, message m, bool in_place) {
  bytes out(m.data.size());
  way(m.key, m.iv, m.data, in_place ? m.data : out);
  if (!in_place) m.data = std::move(out);
  return m;
}

bool same(message const& a, message const& b) { return a.iv == b.iv && a.data == b.data; }

std::deque<message> after_many(many_ways way, std::deque<message> messages, bool in_place) {
  std::deque<bytes> out;
  std::vector<crypto::ige_message> jobs;
  for (auto& m : messages) {
    auto& other = out.emplace_back(m.data.size());
    jobs.push_back({m.key, m.iv, m.data, in_place ? m.data : other});
  }
  way(jobs);
  for (std::size_t i = 0; i < messages.size() && !in_place; ++i) messages[i].data = out[i];
  return messages;
}

crypto::auth_key random_key(seeded_random& random) {
  return crypto::auth_key(random.make<std::array<std::uint8_t, crypto::auth_key::size>>());
}

/// Cuts data into pieces of random sizes, empty ones too.
std::vector<bytes_view> cut(bytes_view data, seeded_random& random) {
  std::vector<bytes_view> parts;
  while (!data.empty()) {
    std::size_t const size = std::min<std::size_t>(random.make<std::uint8_t>(), data.size());
    parts.push_back(data.first(size));
    data = data.subspan(size);
  }
  return parts;
}

}  // namespace

TEST_CASE("the best kernels run here and are used", "[crypto][kernels]") {
  auto const best = crypto::best_kernels();
  CHECK(runs_here(best.aes));
  CHECK(runs_here(best.sha));
  CHECK(crypto::used_kernels() == best);
  {
    with_kernels const slow(portable);
    CHECK(crypto::used_kernels() == portable);
  }
  CHECK(crypto::used_kernels() == best);
}

TEST_CASE("each kernel gives the known answers of IGE", "[crypto][kernels]") {
  for (auto const choice : all_kernels()) {
    with_kernels const now(choice);
    for (auto const& v : vectors::ige_all) {
      CAPTURE(name_of(choice), v.name);
      message const plain{array_from_hex<int256>(v.key), array_from_hex<int256>(v.iv),
                          from_hex(v.plain)};
      message const cipher{plain.key, plain.iv, from_hex(v.cipher)};
      for (bool const in_place : {true, false}) {
        CHECK(after(crypto::ige_encrypt, plain, in_place).data == cipher.data);
        CHECK(after(crypto::ige_decrypt, cipher, in_place).data == plain.data);
        for (std::size_t const count : {1U, 2U, 5U, 9U}) {
          auto const encrypted =
              after_many(crypto::ige_encrypt_many, std::deque<message>(count, plain), in_place);
          for (auto const& m : encrypted) CHECK(m.data == cipher.data);
          auto const decrypted =
              after_many(crypto::ige_decrypt_many, std::deque<message>(count, cipher), in_place);
          for (auto const& m : decrypted) CHECK(m.data == plain.data);
        }
      }
    }
  }
}

TEST_CASE("each kernel gives the published digests", "[crypto][kernels]") {
  for (auto const choice : all_kernels()) {
    with_kernels const now(choice);
    for (auto const& v : vectors::hash_all) {
      if (v.algorithm != "sha256") continue;
      CAPTURE(name_of(choice), v.input);
      CHECK(to_hex(crypto::sha256(from_hex(v.input))) == v.output);
    }
    CHECK(to_hex(crypto::sha256(bytes(1'000'000, 'a'))) ==
          "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  }
}

TEST_CASE("each kernel agrees with the portable way on one message", "[crypto][kernels]") {
  seeded_random random(21);
  for (int round = 0; round < 300; ++round) {
    auto const m = random_message(random, random_size(random));
    bool const in_place = round % 2 == 0;
    CAPTURE(round, m.data.size());
    for (one_way const way : {crypto::ige_encrypt, crypto::ige_decrypt}) {
      auto const expected = [&] {
        with_kernels const slow(portable);
        return after(way, m, in_place);
      }();
      for (auto const choice : all_kernels()) {
        with_kernels const now(choice);
        CAPTURE(name_of(choice));
        REQUIRE(same(after(way, m, in_place), expected));
      }
    }
  }
}

TEST_CASE("messages side by side come out as each alone", "[crypto][kernels]") {
  seeded_random random(22);
  for (int round = 0; round < 120; ++round) {
    std::deque<message> messages;
    for (auto count = random.make<std::uint8_t>() % 20; count != 0; --count)
      messages.push_back(random_message(random, random_size(random)));
    bool const in_place = round % 2 == 0;
    CAPTURE(round, messages.size());
    for (auto const choice : all_kernels()) {
      with_kernels const now(choice);
      CAPTURE(name_of(choice));
      auto const encrypted = after_many(crypto::ige_encrypt_many, messages, in_place);
      auto const decrypted = after_many(crypto::ige_decrypt_many, messages, in_place);
      for (std::size_t i = 0; i < messages.size(); ++i) {
        REQUIRE(same(encrypted[i], after(crypto::ige_encrypt, messages[i], true)));
        REQUIRE(same(decrypted[i], after(crypto::ige_decrypt, messages[i], true)));
      }
    }
  }
}

TEST_CASE("each kernel hashes parts of all sizes like the portable way", "[crypto][kernels]") {
  seeded_random random(23);
  for (std::size_t size = 0; size < 700; ++size) {
    bytes data(size);
    random.fill(data);
    std::size_t const cut_at = size == 0 ? 0 : random.make<std::uint32_t>() % size;
    auto const digest = [&] {
      return crypto::sha256(
          {bytes_view(data).first(cut_at), bytes_view{}, bytes_view(data).subspan(cut_at)});
    };
    with_kernels const slow(portable);
    auto const expected = digest();
    for (auto const choice : all_kernels()) {
      with_kernels const now(choice);
      CAPTURE(name_of(choice), size, cut_at);
      REQUIRE(digest() == expected);
      REQUIRE(crypto::sha256(data) == expected);
    }
  }
}

TEST_CASE("each kernel seals and opens messages as others do", "[crypto][kernels]") {
  for (auto const choice : all_kernels()) {
    with_kernels const now(choice);
    for (auto const& v : vectors::message_all) {
      CAPTURE(name_of(choice), v.name);
      auto const key = *crypto::auth_key::left_padded(from_hex(v.auth_key));
      auto const way = static_cast<direction>(v.x);
      CHECK(to_hex(crypto::seal(key, way, from_hex(v.plain))) == v.packet);
      auto const opened = crypto::open(key, way, from_hex(v.packet));
      REQUIRE(opened);
      CHECK(to_hex(*opened) == v.plain);
    }
  }
}

TEST_CASE("messages of all sizes, from parts, are sealed alike and opened by each kernel",
          "[crypto][kernels]") {
  seeded_random random(24);
  for (std::size_t size = 16; size < 1500; size += 16) {
    auto const key = random_key(random);
    bytes plain(size);
    random.fill(plain);
    auto const parts = cut(plain, random);
    with_kernels const slow(portable);
    bytes const expected = crypto::seal(key, direction::to_server, plain);
    auto const token = crypto::quick_ack_token(key, plain);
    for (auto const choice : all_kernels()) {
      with_kernels const now(choice);
      CAPTURE(name_of(choice), size, parts.size());
      bytes packet(crypto::packet_header + size);
      REQUIRE(crypto::seal(key, direction::to_server, parts, packet) == token);
      REQUIRE(packet == expected);
      auto const opened = crypto::open_in_place(key, direction::to_server, packet);
      REQUIRE(opened);
      REQUIRE(std::ranges::equal(*opened, plain));
    }
  }
}

TEST_CASE("each kernel notices a changed byte wherever it is", "[crypto][kernels]") {
  seeded_random random(25);
  auto const key = random_key(random);
  bytes plain(432);
  random.fill(plain);
  bytes const packet = crypto::seal(key, direction::to_client, plain);
  for (auto const choice : all_kernels()) {
    with_kernels const now(choice);
    for (std::size_t at = 8; at < packet.size(); ++at) {
      bytes bad = packet;
      bad[at] ^= 0x10;
      CAPTURE(name_of(choice), at);
      auto const opened = crypto::open_in_place(key, direction::to_client, bad);
      REQUIRE_FALSE(opened);
      REQUIRE(opened.error() == protocol_errc::bad_message_key);
    }
  }
}
