// SPDX-License-Identifier: MIT OR Apache-2.0
// What calls cost in packets and in memory.
#include "handmade.hpp"
#include "session_world.hpp"
#include "support/catch.hpp"
#include "support/heap_use.hpp"

using namespace mtp;
using namespace mtp::mtproto;
using namespace mtp::test;
using handmade::id;
using handmade::start;

namespace {

/// A world whose data centre keeps every call.
struct slow_world : session_world {
  slow_world() {
    handler = [](server_session&, server_events::incoming_call const&) {};
    connect();
    pass(1s);
  }
};

bytes answer_to(session_world& world, std::int64_t message, bytes_view object) {
  auto const body = start(id::rpc_result).number(message).raw(object).take();
  return seal_message(
      test_key(), crypto::direction::to_client,
      {.session = world.client.session_id(), .id = world.server_id(), .sequence = 1}, body,
      world.random);
}

}  // namespace

TEST_CASE("ten thousand calls in flight are asked for in a few packets", "[mtproto][costs]") {
  slow_world world;
  for (std::uint32_t i = 0; i < 10'000; ++i) {
    world.ask(i);
    while (world.next_packet()) continue;
    if (i % 10 == 0) world.now = world.now.after(1ms);
  }
  world.now = world.now.after(29s);  // the first packets were written a second ago
  while (world.next_packet()) continue;
  world.now = world.now.after(2s);
  std::size_t packets = 0;
  std::size_t asked = 0;
  while (auto packet = world.next_packet()) {
    ++packets;
    auto opened = open_message(test_key(), crypto::direction::to_server, std::move(*packet));
    auto parts = split(std::move(opened.value()));
    for (auto const& one : parts.value()) {
      if (auto const question = service::read<schema::msgs_state_req>(one.body))
        asked += question->msg_ids.size();
    }
  }
  CHECK(asked <= 10'000);
  CHECK(packets <= 4);
  // A connection that is lost asks for all of them at once.
  world.client.on_connected(world.now);
  asked = packets = 0;
  while (auto packet = world.next_packet()) {
    ++packets;
    auto opened = open_message(test_key(), crypto::direction::to_server, std::move(*packet));
    auto parts = split(std::move(opened.value()));
    for (auto const& one : parts.value()) {
      if (auto const question = service::read<schema::msgs_state_req>(one.body))
        asked += question->msg_ids.size();
    }
  }
  CHECK(asked == 10'000);
  CHECK(packets <= 4);
}

TEST_CASE("calls of nearly the same length go out in packets of one", "[mtproto][costs]") {
  slow_world world;
  for (std::uint32_t words = 0; words < 4; ++words) {
    world.client.submit(object_of(question_id, 1, 4 * words), {});
    auto const packet = world.client.next_packet(world.now);
    REQUIRE(packet.has_value());
    CHECK(packet->view().size() == 24 + 64);  // the header is not encrypted
  }
}

TEST_CASE("a small call takes memory a few times", "[mtproto][costs]") {
  slow_world world;
  auto const object = object_of(answer_id, 1, 56);
  std::size_t most = 0;
  std::size_t all = 0;
  for (int i = 0; i < 300; ++i) {
    auto body = object_of(question_id, 1, 56);
    auto const before = heap.count;
    auto const asked = world.client.submit(std::move(body));
    auto const packet = world.client.next_packet(world.now);
    auto written = heap.count - before;
    REQUIRE(packet.has_value());
    CHECK_FALSE(world.client.next_packet(world.now).has_value());
    slice answer = answer_to(world, *world.client.message_id_of(asked), object);
    auto const then = heap.count;
    auto const events = world.client.on_packet(std::move(answer), world.now);
    written += heap.count - then;
    REQUIRE(events.has_value());
    CHECK(events->size() == 1);
    if (i < 200) continue;
    most = std::max(most, written);
    all += written;
  }
  CHECK(all <= 100 * 5);  // the packet, the messages, what they say, the events; seldom more
  CHECK(most <= 8);       // with the acknowledgement of eight answers
}

TEST_CASE("a packet goes out in the buffer in which it was encrypted", "[mtproto][costs]") {
  slow_world world;
  world.client.submit(object_of(question_id, 1, 512 << 10), {.compressible = false});
  auto packet = world.client.next_packet(world.now);
  REQUIRE(packet.has_value());
  auto const* const where = packet->view().data();
  packet->prepend(packet_buffer::head_room);
  packet->append(packet_buffer::tail_room);
  CHECK(packet->view().data() + packet_buffer::head_room == where);
}

TEST_CASE("acknowledgements do not answer packet by packet", "[mtproto][costs]") {
  slow_world world;
  world.pass(1min);
  int before = world.packets;
  for (std::uint32_t i = 0; i < 500; ++i) {
    world.server().push(object_of(update_id, i), world.now);
    world.pass(1ms);
  }
  CHECK(world.packets - before <= 500 + 6);
}

TEST_CASE("a large answer stays in the buffer in which it arrived", "[mtproto][costs]") {
  slow_world world;
  auto const asked = world.client.submit(object_of(question_id, 1, 56));
  REQUIRE(world.client.next_packet(world.now).has_value());
  auto const object = object_of(answer_id, 1, 512 << 10);
  slice answer = answer_to(world, *world.client.message_id_of(asked), object);
  auto const* const where = answer.data();
  auto const size = answer.size();
  auto const events = world.client.on_packet(std::move(answer), world.now);
  REQUIRE(events.has_value());
  auto const& body = std::get<session_events::answer>(events->at(0)).body;
  CHECK(body == object);
  CHECK(body.data() > where);
  CHECK(body.data() + body.size() < where + size);
}
