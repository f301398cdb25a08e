// SPDX-License-Identifier: MIT OR Apache-2.0
#include "support/vectors/service.hpp"

#include "handmade.hpp"
#include "mtproto/unpack.hpp"
#include "support/catch.hpp"
#include "support/hex.hpp"
#include "support/seeded_random.hpp"
#include "support/vectors/messages.hpp"

using namespace mtp;
using namespace mtp::mtproto;
using namespace mtp::test;
using handmade::id;
using handmade::start;

namespace {

result<std::vector<inner_message>, protocol_errc> unpacked(bytes body,
                                                           std::size_t budget = 1 << 20) {
  return unpack({{.id = 101, .sequence = 7}, std::move(body)}, budget);
}

template <class T>
T read(slice body) {
  std::size_t budget = 1 << 20;
  auto said = service::read_server_message(body, budget);
  REQUIRE(said.has_value());
  REQUIRE(std::holds_alternative<T>(*said));
  return std::get<T>(std::move(*said));
}

/// Whether it is neither read nor an error of the packet.
bool is_unreadable(slice body) {
  std::size_t budget = 1000;
  auto const said = service::read_server_message(body, budget);
  REQUIRE(said.has_value());
  auto const* const result = std::get_if<service::rpc_result>(&*said);
  if (result) return result->failed == protocol_errc::malformed;
  return std::holds_alternative<service::unreadable>(*said);
}

constexpr auto bad = protocol_errc::bad_container;

/// A container that claims `count` messages and has these.
bytes container_of(std::uint32_t count, std::vector<bytes> const& bodies) {
  auto out = handmade::start(handmade::id::msg_container).number(count);
  std::int64_t id = 1;
  for (auto const& body : bodies)
    out.number(id++)
        .number(std::int32_t{0})
        .number(static_cast<std::uint32_t>(body.size()))
        .raw(body);
  return out.take();
}

}  // namespace

TEST_CASE("a container is packed and unpacked as documented", "[mtproto][vectors]") {
  auto const ack = from_hex(vectors::container_ack);
  auto const ping = from_hex(vectors::container_ping);
  auto const whole = from_hex(vectors::container_body);
  auto const parts = unpacked(whole);
  REQUIRE(parts.has_value());
  REQUIRE(parts->size() == 2);
  CHECK((*parts)[0].body == ack);
  CHECK((*parts)[1].body == ping);
  CHECK(pack_container(*parts) == whole);
  CHECK(read<schema::msgs_ack>(ack).msg_ids == tl::list<std::int64_t>{5, 9});
  CHECK(handmade::start(handmade::id::ping).number(std::int64_t{0x0102030405060708}).take() ==
        ping);
}

TEST_CASE("the recorded container has a new session and a pong", "[mtproto][vectors]") {
  auto const& v = vectors::message_all[1];
  auto plain = from_hex(v.plain);
  auto const parts = unpacked(bytes(plain.begin() + 32, plain.begin() + 32 + 88));
  REQUIRE(parts.has_value());
  REQUIRE(parts->size() == 2);
  CHECK((*parts)[0].has_content());
  CHECK_FALSE((*parts)[1].has_content());
  CHECK(read<schema::new_session_created>((*parts)[0].body).server_salt == -204760796269739268);
  CHECK(read<schema::pong>((*parts)[1].body).ping_id == 0x300864);
}

TEST_CASE("a refusal is read", "[mtproto][vectors]") {
  auto const said = read<service::rpc_result>(from_hex(vectors::flood_wait));
  CHECK(said.request == 0x6000000000000004);
  CHECK(said.refused);
  CHECK(said.code == 420);
  CHECK(said.text == "FLOOD_WAIT_3");
}

TEST_CASE("1024 messages are a container, 1025 are not (M9)", "[mtproto]") {
  std::vector<bytes> bodies(1025, bytes(4));
  CHECK(unpacked(container_of(1025, bodies)).error() == bad);
  bodies.pop_back();
  auto const most = unpacked(container_of(1024, bodies));
  REQUIRE(most.has_value());
  CHECK(most->size() == 1024);
}

TEST_CASE("containers that do not add up are refused (M9)", "[mtproto]") {
  bytes const body(8);
  CHECK(unpacked(container_of(2, {body})).error() == bad);
  CHECK(unpacked(container_of(1, {body, body})).error() == bad);
  CHECK(unpacked(container_of(0xffffffff, {body})).error() == bad);
  CHECK(unpacked(container_of(1, {bytes()})).error() == bad);
  CHECK(unpacked(container_of(1, {bytes(6)})).error() == bad);
  CHECK(unpacked(container_of(1, {container_of(1, {body})})).error() == bad);
  CHECK(unpacked(container_of(0, {})).has_value());
  auto const whole = container_of(2, {body, body});
  for (std::size_t length = 4; length < whole.size(); ++length)
    CHECK(unpacked(bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length)))
              .error() == bad);
  auto huge = container_of(1, {body});
  store_le(huge.data() + 8 + 12, std::uint32_t{0xfffffff8});
  CHECK(unpacked(huge).error() == bad);
}

TEST_CASE("compression may hide a message but no container", "[mtproto]") {
  bytes const body(2000);
  auto const packed = service::deflate_if_useful(body);
  auto const alone = unpacked(packed);
  REQUIRE(alone.has_value());
  CHECK((*alone)[0].body == body);
  auto const inside = unpacked(container_of(2, {packed, packed}));
  REQUIRE(inside.has_value());
  CHECK((*inside)[1].body == body);
  CHECK(unpacked(container_of(2, {packed, packed}), 3999).error() ==
        protocol_errc::inflated_too_large);
  auto const hidden = service::deflate_if_useful(container_of(100, std::vector<bytes>(100, body)));
  CHECK(unpacked(hidden).error() == bad);
}

TEST_CASE("bodies too short for an id are refused", "[mtproto]") {
  CHECK(unpacked({}).error() == protocol_errc::malformed);
  std::size_t budget = 10;
  slice body(bytes(3));
  CHECK(service::read_server_message(body, budget).error() == protocol_errc::malformed);
}

TEST_CASE("strings are written and read at every length", "[mtproto]") {
  for (std::size_t length : {0, 1, 2, 3, 4, 253, 254, 255, 256, 70000}) {
    bytes const text(length, 0x61);
    auto const written = wire::writer().text(text).take();
    CHECK(written.size() % 4 == 0);
    wire::reader in(written);
    auto const back = in.text();
    CHECK(in.ok());
    CHECK(in.rest().empty());
    CHECK(bytes(back.begin(), back.end()) == text);
  }
  auto const no_string = from_hex("ffffffffffffffff");
  wire::reader never(no_string);
  never.text();
  CHECK_FALSE(never.ok());
}

TEST_CASE("service messages cut anywhere cannot be read, and cost nothing else", "[mtproto]") {
  using handmade::id;
  using handmade::start;
  std::int64_t const n = 7;
  std::int32_t const i = 1;
  bytes const info(2);
  std::vector<bytes> const all{
      start(id::msgs_ack).ids({1, 2}).take(),
      start(id::bad_msg_notification).number(n).number(i).number(i).take(),
      start(id::bad_server_salt).number(n).number(i).number(i).number(n).take(),
      start(id::new_session_created).number(n).number(n).number(n).take(),
      start(id::pong).number(n).number(n).take(),
      start(id::future_salts).number(n).number(i).number(i).number(i).number(i).number(n).take(),
      start(id::msgs_state_req).ids({1, 2}).take(),
      start(id::msgs_state_info).number(n).string(info).take(),
      start(id::msgs_all_info).ids({1, 2}).string(info).take(),
      start(id::msg_detailed_info).number(n).number(n).number(i).number(i).take(),
      start(id::msg_new_detailed_info).number(n).number(i).number(i).take(),
      start(id::msg_resend_req).ids({1, 2}).take(),
      start(id::destroy_session_ok).number(n).take(),
      start(id::rpc_result).number(n).number(i).take(),
      from_hex(vectors::flood_wait),
  };
  for (auto const& whole : all) {
    CHECK_FALSE(is_unreadable(whole));
    for (std::size_t length = 4; length < whole.size(); ++length) {
      auto const end = whole.begin() + static_cast<std::ptrdiff_t>(length);
      CHECK(is_unreadable(bytes(whole.begin(), end)));
    }
  }
}

TEST_CASE("lists that claim to be long are refused before they are made", "[mtproto]") {
  for (auto what : {handmade::id::msgs_ack, handmade::id::msgs_state_req}) {
    auto claim = handmade::start(what).number(handmade::boxed_vector).number(0xfffffff0u).take();
    CHECK(is_unreadable(claim));
  }
  std::vector<std::int64_t> const many(service::max_ids + 1);
  CHECK(is_unreadable(handmade::start(handmade::id::msgs_ack).ids(many).take()));
}
