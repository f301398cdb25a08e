// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What waits is bounded by its bytes.
#include "engine_stage.hpp"
#include "support/catch.hpp"

#include <mtp/updates/gap_buffer.hpp>
#include <mtp/updates/inbox.hpp>

using namespace mtp;
using namespace mtp::updates;

namespace {

constexpr std::size_t mebibyte = std::size_t{1} << 20;

/// An update of the account, or of a channel, of a mebibyte at least.
early_update large(std::int32_t pts, std::int64_t channel = 0) {
  tl::message message;
  message.peer_id = tl::peerUser{.user_id = 42};
  message.message = std::string(mebibyte, 'x');
  tl::updateNewMessage update;
  update.message = std::move(message);
  auto const order = channel != 0 ? update_number::order::channel : update_number::order::common;
  return {.number = {.of = order, .at = pts, .count = 1, .channel = channel},
          .update = received<tl::Update>::own(std::move(update)).detach()};
}

std::vector<std::int32_t> places_of(std::vector<early_update> const& all) {
  std::vector<std::int32_t> out;
  for (auto const& one : all) out.push_back(one.number.at);
  return out;
}

}  // namespace

TEST_CASE("updates that came too early are bounded by their bytes", "[updates]") {
  gap_buffer buffer;
  int kept = 0;
  while (kept < 100 && buffer.add(large(10 + kept))) ++kept;
  CHECK(kept == 7);  // eight are a little more than 8 MiB
  CHECK_FALSE(buffer.add(large(1)));
  CHECK(buffer.take_updates().size() == 7);
  CHECK(buffer.add(large(1)));
}

TEST_CASE("what is dropped makes room", "[updates]") {
  gap_buffer buffer;
  for (std::int32_t i = 0; i < 4; ++i) CHECK(buffer.add(large(9 - i)));
  for (std::int32_t i = 0; i < 3; ++i) CHECK(buffer.add(large(i, 77)));
  CHECK_FALSE(buffer.add(large(20)));
  buffer.drop_channel(77);
  CHECK_FALSE(buffer.has_of_channel(77));
  for (std::int32_t i = 0; i < 3; ++i) CHECK(buffer.add(large(3 - i)));
  CHECK_FALSE(buffer.add(large(20)));
  CHECK(places_of(buffer.take_updates()) == std::vector<std::int32_t>{1, 2, 3, 6, 7, 8, 9});
}

TEST_CASE("what nobody has looked at is bounded by its bytes", "[updates]") {
  inbox box;
  for (int i = 0; i < 8; ++i) CHECK(box.push({.body = slice(bytes(mebibyte))}));
  CHECK_FALSE(box.push({.body = slice(bytes(1))}));
  CHECK(box.pop().body.size() == mebibyte);
  CHECK(box.push({.body = slice(bytes(1))}));
}
