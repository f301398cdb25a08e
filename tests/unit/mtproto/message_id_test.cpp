// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/mtproto/message_id.hpp>

#include "support/catch.hpp"
#include "support/hex.hpp"
#include "support/vectors/service.hpp"

using namespace mtp;
using namespace mtp::mtproto;
using namespace std::chrono_literals;

namespace {

moment at(std::chrono::nanoseconds steady, std::chrono::nanoseconds wall) {
  using wall_clock = std::chrono::system_clock;
  return {steady_time(steady),
          wall_clock::time_point(std::chrono::duration_cast<wall_clock::duration>(wall))};
}

}  // namespace

TEST_CASE("a message id holds its second and its kind", "[mtproto][vectors]") {
  for (auto const& known : test::vectors::message_ids) {
    auto const id = load_le<std::int64_t>(test::from_hex(known.bytes).data());
    CHECK(second_of(id) == known.second);
    CHECK(id % 4 == known.rest);
  }
}

TEST_CASE("ids rise by the clock, and without it", "[mtproto]") {
  for (auto kind : {id_kind::from_client, id_kind::answer, id_kind::push}) {
    message_id_source ids;
    auto now = std::chrono::nanoseconds(1'700'000'000s);
    std::int64_t last = 0;
    for (int i = 0; i < 1000; ++i) {
      if (i % 3 == 0) now += 1ns;
      if (i % 100 == 99) now -= 5s;
      if (i % 200 == 199) now += 60s;
      auto const id = ids.next(now, kind);
      CHECK(id > last);
      CHECK(id % 4 == static_cast<std::int64_t>(kind));
      CHECK((id & 0xffffffff) != 0);
      last = id;
    }
  }
}

TEST_CASE("the lower half of an id is the fraction of the second", "[mtproto]") {
  message_id_source ids;
  CHECK(ids.next(1707425104s + 500ms, id_kind::from_client) ==
        ((std::int64_t{1707425104} << 32) | 0x80000000));
  CHECK(ids.next(1707425105s, id_kind::from_client) == (std::int64_t{1707425105} << 32) + 4);
}

TEST_CASE("the server's clock is ours and an offset", "[mtproto]") {
  server_clock clock(-90s);
  CHECK(clock.second_at(at(10s, 1000s)) == 910);
  CHECK(clock.second_at(at(15s, 1005s)) == 915);
  SECTION("a jump of the wall clock changes nothing until the next start") {
    CHECK(clock.second_at(at(20s, 99999s)) == 920);
    CHECK(clock.offset(at(20s, 1010s)) == -90s);
  }
  SECTION("a correction holds") {
    clock.set(5000, at(20s, 1010s));
    CHECK(clock.second_at(at(30s, 1020s)) == 5010);
    CHECK(clock.offset(at(30s, 1020s)) == 3990s);
  }
}

TEST_CASE("numbers are odd and counted for content, even otherwise", "[mtproto]") {
  sequence_counter sequence;
  CHECK(sequence.next(false) == 0);
  CHECK(sequence.next(true) == 1);
  CHECK(sequence.next(false) == 2);
  CHECK(sequence.next(false) == 2);
  CHECK(sequence.next(true) == 3);
  CHECK(sequence.next(true) == 5);
  CHECK(sequence.next(false) == 6);
}
