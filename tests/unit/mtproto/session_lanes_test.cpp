// SPDX-License-Identifier: MIT OR Apache-2.0
// What goes first, and how a slow link is shared.
#include "handmade.hpp"
#include "mtproto/unpack.hpp"
#include "session_world.hpp"
#include "support/catch.hpp"

#include <algorithm>

using namespace mtp;
using namespace mtp::mtproto;
using namespace mtp::test;
using handmade::id;

namespace {

/// A client whose packets go over a line of so many bytes a second to a data centre that answers at
/// once. The client is asked for a packet when the line is free.
class slow_link {
 public:
  static constexpr std::size_t rate = 400'000;
  static constexpr duration delay = 50ms;  // one way

  seeded_random random{5};
  moment now{steady_time(1000s), std::chrono::system_clock::time_point(1'700'000'000s)};
  server_salts salts{random};
  client_session client{context_of(), random};
  server_session server{test_key(), client.session_id(), salts, random};
  std::map<request_handle, steady_time> answered;
  std::map<std::uint32_t, int> executed;
  std::size_t sent = 0;
  std::size_t longest = 0;
  int silences = 0;

  slow_link() {
    client.on_connected(now);
    server.on_connected(now);
  }

  void run_for(duration span) {
    auto const end = now.steady + span;
    for (;;) {
      write();
      auto next = std::min(end, client.next_deadline().value_or(end));
      if (next <= now.steady) next = now.steady + 1ms;  // the line is busy
      if (!coming_.empty()) next = std::min(next, coming_.begin()->first);
      if (now.steady < free_at_) next = std::min(next, free_at_);
      now = now.after(std::max(next - now.steady, duration::zero()));
      if (client.is_silent(now)) ++silences;
      if (now.steady >= end) return;
      arrive();
    }
  }

 private:
  struct packet_on_line {
    bool to_server;
    bytes data;
  };

  void write() {
    while (now.steady >= free_at_) {
      auto packet = client.next_packet(now);
      if (!packet) return;
      auto const view = packet->view();
      sent += view.size();
      longest = std::max(longest, view.size());
      free_at_ = now.steady + std::chrono::nanoseconds(view.size() * 1'000'000'000 / rate);
      coming_.emplace(free_at_ + delay, packet_on_line{true, {view.begin(), view.end()}});
    }
  }

  void arrive() {
    while (!coming_.empty() && coming_.begin()->first <= now.steady) {
      auto packet = std::move(coming_.begin()->second);
      coming_.erase(coming_.begin());
      client.on_bytes(packet.data.size(), now);
      packet.to_server ? to_server(std::move(packet.data)) : to_client(std::move(packet.data));
    }
  }

  void to_server(bytes packet) {
    auto opened = open_message(test_key(), crypto::direction::to_server, std::move(packet));
    auto events = server.on_message(std::move(opened.value()), now);
    for (auto& one : events.value()) {
      auto* const call = std::get_if<server_events::incoming_call>(&one);
      if (!call) continue;
      ++executed[number_of(call->body)];
      server.answer(call->message_id, object_of(answer_id, number_of(call->body)), now);
    }
    while (auto answer = server.next_packet(now))
      coming_.emplace(now.steady + delay, packet_on_line{false, std::move(*answer)});
  }

  void to_client(bytes packet) {
    auto events = client.on_packet(std::move(packet), now);
    for (auto& one : events.value()) {
      if (auto* const answer = std::get_if<session_events::answer>(&one))
        answered[answer->request] = now.steady;
    }
  }

  steady_time free_at_ = {};
  std::multimap<steady_time, packet_on_line> coming_;
};

request_options part{.compressible = false, .repeatable = true, .priority = lane::bulk};
request_options urgent{.priority = lane::interactive};

constexpr std::size_t part_size = std::size_t{512} << 10;

/// The numbers of the calls in the client's next packet.
std::vector<std::uint32_t> next_calls(session_world& world) {
  std::vector<std::uint32_t> out;
  auto packet = world.next_packet();
  if (!packet) return out;
  auto opened = open_message(test_key(), crypto::direction::to_server, std::move(*packet));
  auto parts = split(std::move(opened.value()));
  for (auto const& one : parts.value()) {
    if (static_cast<std::uint32_t>(handmade::id_of(one.body)) == question_id)
      out.push_back(number_of(one.body));
  }
  return out;
}

bool contains(std::vector<std::uint32_t> const& all, std::uint32_t one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

/// A world that has said what it says at first.
struct quiet_world : session_world {
  quiet_world() {
    connect();
    pass(1s);
  }
};

}  // namespace

TEST_CASE("a small call passes 42 MB of parts on a slow link", "[mtproto][lanes]") {
  slow_link link;
  link.run_for(1s);
  std::vector<request_handle> parts;
  for (std::uint32_t i = 0; i < 80; ++i)
    parts.push_back(link.client.submit(object_of(question_id, i, part_size - 8), part));
  link.run_for(40s);
  auto const begun = link.now.steady;
  auto const small = link.client.submit(object_of(question_id, 1000), urgent);
  link.run_for(3min);
  REQUIRE(link.answered.contains(small));
  auto const one_packet = std::chrono::nanoseconds(link.longest * 1'000'000'000 / slow_link::rate);
  CHECK(link.answered[small] - begun <= 2 * 2 * slow_link::delay + one_packet);
  CHECK(link.silences == 0);
  CHECK(link.sent < 80 * part_size / 100 * 101);
  for (auto one : parts) CHECK(link.answered.contains(one));
  for (auto const& [number, times] : link.executed) CHECK(times == 1);
  CHECK(link.executed.size() == 81);
}

TEST_CASE("another salt costs what is in flight", "[mtproto][lanes]") {
  slow_link link;
  link.run_for(1s);
  for (std::uint32_t i = 0; i < 20; ++i)
    link.client.submit(object_of(question_id, i, part_size - 8), part);
  link.run_for(10s);
  link.salts.rotate(link.client.server_time(link.now));
  link.run_for(1min);
  CHECK(link.answered.size() == 20);
  CHECK(link.sent < 22 * part_size / 100 * 101);  // one in the line, one that follows it
  CHECK(link.silences == 0);
}

TEST_CASE("an urgent call waits for one packet at most", "[mtproto][lanes]") {
  quiet_world world;
  for (std::uint32_t i = 0; i < 30; ++i) world.ask(i, 100'000, part);
  CHECK(next_calls(world).empty());  // a ping, since none goes while a long packet does
  for (std::uint32_t i = 0; i < 10; ++i) {
    CHECK(next_calls(world).size() == 1);  // a part goes alone
    world.ask(100 + i, 0, urgent);
    bool const at_once = contains(next_calls(world), 100 + i);
    if (!at_once) CHECK(contains(next_calls(world), 100 + i));
  }
}

TEST_CASE("before long packets the server is told to wait longer for the next ping",
          "[mtproto][lanes]") {
  quiet_world world;
  auto const delay_of_ping = [&]() -> std::optional<std::int32_t> {
    auto packet = world.next_packet();
    REQUIRE(packet);
    auto opened = open_message(test_key(), crypto::direction::to_server, std::move(*packet));
    auto const parts = split(std::move(opened.value()));
    auto const body = parts.value().front().body;
    if (handmade::id_of(body) != id::ping_delay_disconnect) return {};
    return load_le<std::int32_t>(body.data() + 12);
  };
  for (std::uint32_t i = 0; i < 2; ++i) world.ask(i, 100'000, part);
  CHECK(delay_of_ping() == 375);
  CHECK(!delay_of_ping());  // the long packets
  CHECK(!delay_of_ping());
  world.now = world.now.after(61s);
  CHECK(delay_of_ping() == 75);
  world.ask(3, 1000, part);
  CHECK(!delay_of_ping());
}

TEST_CASE("urgent calls do not keep normal ones or parts back without end", "[mtproto][lanes]") {
  quiet_world world;
  for (std::uint32_t i = 0; i < 1000; ++i) world.ask(i, 1000, urgent);
  world.ask(2000, 1000, {.compressible = false});
  world.ask(3000, 50'000, part);
  CHECK(contains(next_calls(world), 2000));
  bool part_came = false;
  for (int i = 0; i < 5 && !part_came; ++i) part_came = contains(next_calls(world), 3000);
  CHECK(part_came);
}

TEST_CASE("a packet takes no more than 32 KiB of bodies", "[mtproto][lanes]") {
  quiet_world world;
  for (std::uint32_t i = 0; i < 40; ++i)
    world.ask(i, 10'000, {.compressible = false, .priority = i % 2 ? lane::normal : lane::bulk});
  std::size_t packets = 0;
  while (auto packet = world.next_packet()) {
    CHECK(packet->size() < (1 << 15) + 1000);
    ++packets;
  }
  CHECK(packets >= 13);
  CHECK(packets <= 20);
}

TEST_CASE("what is cancelled before it is written costs nothing", "[mtproto][lanes][cancel]") {
  quiet_world world;
  auto const never = world.ask(1);
  world.client.cancel(never);
  CHECK_FALSE(world.next_packet().has_value());
  auto const rejected = world.ask(2);
  world.salts.rotate(world.client.server_time(world.now));
  auto const packet = world.next_packet();
  world.inject(handmade::start(id::bad_server_salt)
                   .number(*world.client.message_id_of(rejected))
                   .number(1)
                   .number(48)
                   .number(std::int64_t{5})
                   .take(),
               world.server_id());
  CHECK_FALSE(world.client.message_id_of(rejected).has_value());
  world.client.cancel(rejected);
  CHECK_FALSE(world.next_packet().has_value());
  CHECK(world.client.pending() == 0);
}
