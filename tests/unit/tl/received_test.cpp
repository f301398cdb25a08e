// SPDX-License-Identifier: MIT OR Apache-2.0
#include "support/catch.hpp"

#include <mtp/tl/service.hpp>

#include <string>
#include <thread>
#include <type_traits>
#include <vector>

namespace {

namespace tl = mtp::tl;
using namespace mtp::tl::mtproto;

resPQ sample() {
  resPQ out;
  out.pq = std::string(300, 'q');
  out.server_public_key_fingerprints = {1, 2, 3};
  return out;
}

mtp::received<resPQ> received_sample() {
  auto const data = tl::encode(sample());
  REQUIRE(data);
  auto out = tl::decode<resPQ>(*data);
  REQUIRE(out);
  return *out;
}

template <class R>
concept can_look_into_temporary =
    requires { *std::declval<R>(); } || requires { std::declval<R>().operator->(); };

}  // namespace

TEST_CASE("a small value takes one small piece of memory", "[tl]") {
  constexpr std::size_t quick = 1032;  // beyond, the system's allocator takes a slower way
  resPQ small;
  small.pq = std::string(8, 'q');
  auto const data = tl::encode(small);
  REQUIRE(data);
  auto const out = tl::decode<resPQ>(*data);
  REQUIRE(out);
  CHECK(out->block_size() - data->size() <= quick);
}

TEST_CASE("what is copied out of a received value outlives it", "[tl]") {
  resPQ kept;
  tl::bytes text;
  {
    auto const whole = received_sample();
    kept = *whole;
    text = whole->pq;
  }
  CHECK(kept == sample());
  CHECK(text == sample().pq);
}

TEST_CASE("a received value borrows from the bytes it was read from", "[tl]") {
  auto const data = tl::encode(sample());
  mtp::slice const packet(*data);
  auto const whole = tl::decode<resPQ>(packet);
  REQUIRE(whole);
  auto const value = *whole;
  CHECK(value->pq.data() > packet.data());
  CHECK(value->pq.data() < packet.data() + packet.size());
}

TEST_CASE("a part keeps the whole alive", "[tl]") {
  mtp::received<tl::bytes> part;
  {
    auto const whole = received_sample();
    part = mtp::received<tl::bytes>(whole, &whole->pq);
  }
  CHECK(*part == sample().pq);
}

TEST_CASE("detach copies into a block of its own, as small as can be", "[tl]") {
  auto const whole = received_sample();
  auto const small = whole.detach();
  CHECK(*small == *whole);
  CHECK(small->pq.data() != whole->pq.data());
  CHECK(small.block_size() < whole.block_size());
  CHECK(mtp::received<resPQ>().detach().get() == nullptr);
}

TEST_CASE("a detached value of any size takes what it needs and no more", "[tl]") {
  std::size_t const count = GENERATE(10u, 2'500u, 6'000u, 20'000u);
  resPQ value = sample();
  std::vector<std::int64_t> const many(count, 7);
  value.server_public_key_fingerprints = many;
  auto const data = tl::encode(value);
  REQUIRE(data);
  auto const whole = tl::decode<resPQ>(*data);
  REQUIRE(whole);
  auto const small = whole->detach();
  CHECK(*small == value);
  CHECK(small.block_size() < data->size() + 8 * count + sizeof(resPQ) + 512);
}

TEST_CASE("a value that is part of a packet keeps the whole packet, and says so", "[tl]") {
  auto const data = tl::encode(sample());
  REQUIRE(data);
  mtp::bytes large = *data;
  large.resize(100'000);
  mtp::slice const packet(std::move(large));
  auto const part = tl::decode<resPQ>(packet.part(0, data->size()));
  REQUIRE(part);
  CHECK(part->block_size() > 100'000);
}

TEST_CASE("own wraps a value that no server sent", "[tl]") {
  auto const mine = mtp::received<resPQ>::own(sample());
  auto const copy = mine;
  CHECK(*copy == sample());
  CHECK(copy.block_size() >= sizeof(resPQ));
}

TEST_CASE("received is empty by default and after a move", "[tl]") {
  mtp::received<resPQ> value;
  CHECK(!value);
  value = received_sample();
  CHECK(value);
  auto const taken = std::move(value);
  CHECK(!value);
  CHECK(taken);
}

TEST_CASE("a temporary received cannot be looked into", "[tl]") {
  STATIC_REQUIRE(!can_look_into_temporary<mtp::received<resPQ>>);
  STATIC_REQUIRE(can_look_into_temporary<mtp::received<resPQ>&>);
  STATIC_REQUIRE(can_look_into_temporary<mtp::received<resPQ> const&>);
}

TEST_CASE("received values of one block may be dropped on different threads", "[tl]") {
  auto whole = received_sample();
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([copy = whole] {
      for (int k = 0; k < 1000; ++k) {
        auto const again = copy;
        auto const part = mtp::received<tl::bytes>(again, &again->pq);
        if (part->size() != 300) std::abort();
      }
    });
  }
  whole = {};
  for (auto& one : threads) one.join();
}

TEST_CASE("scalars are returned plain", "[tl]") {
  STATIC_REQUIRE(std::is_same_v<tl::decoded<bool>, bool>);
  auto const yes = tl::decode<bool>(mtp::bytes{0xb5, 0x75, 0x72, 0x99});
  REQUIRE(yes);
  CHECK(*yes == true);
  CHECK(!tl::decode<bool>(mtp::bytes{1, 2, 3, 4}));
  auto const number = tl::decode<std::int64_t>(mtp::bytes{1, 0, 0, 0, 0, 0, 0, 0});
  REQUIRE(number);
  CHECK(*number == 1);
}

TEST_CASE("an answer may be a vector", "[tl]") {
  tl::list<pong> const pongs = {{.msg_id = 1, .ping_id = 2}, {.msg_id = 3, .ping_id = 4}};
  auto const data = tl::encode(pongs);
  REQUIRE(data);
  auto const back = tl::decode<tl::list<pong>>(*data);
  REQUIRE(back);
  auto const value = *back;
  CHECK(*value == pongs);
  auto cut = *data;
  cut.resize(cut.size() - 4);
  auto const refused = tl::decode<tl::list<pong>>(cut);
  REQUIRE(!refused);
  CHECK(refused.error().code == tl::decode_errc::bad_count);
}

TEST_CASE("a count beyond the bytes left reserves nothing", "[tl]") {
  mtp::bytes const data = {0x59, 0xb4, 0xd6, 0x62, 0x15, 0xc4, 0xb5, 0x1c,
                           0xff, 0xff, 0xff, 0x7f, 0,    0,    0,    0};
  auto const refused = tl::decode<msgs_ack>(data);
  REQUIRE(!refused);
  CHECK(refused.error().code == tl::decode_errc::bad_count);
  CHECK(refused.error().path == "msgs_ack.msg_ids");
}

TEST_CASE("a value beyond the limit of memory is refused", "[tl]") {
  auto const data = tl::encode(msgs_ack{.msg_ids = std::vector<std::int64_t>(1000, 7)});
  REQUIRE(data);
  auto const refused = tl::decode<msgs_ack>(*data, {.max_arena = 1000});
  REQUIRE(!refused);
  CHECK(refused.error().code == tl::decode_errc::too_large);
  CHECK(tl::decode<msgs_ack>(*data, {.max_arena = 10000}));
}
