// SPDX-License-Identifier: MIT OR Apache-2.0
//
// When the count of an attempt must be in the store before a program is given the update.
#include "client/delivery_attempts.hpp"

#include "support/catch.hpp"

using namespace mtp;
using namespace std::chrono_literals;
using mtp::detail::delivery_attempts;

namespace {

constexpr steady_time start = steady_time(1h);

/// A program in one of its lives, the marks in its memory and those in the store.
struct life {
  session_state memory;
  session_state store;
  delivery_attempts attempts;

  explicit life(session_state stored) : memory(stored), store(std::move(stored)) {}

  /// Gives the program an update. True when that waited for the store.
  bool deliver(std::string const& key, steady_time now = start) {
    auto const known = memory.attempts.find(key);
    std::int32_t const attempt = known == memory.attempts.end() ? 1 : known->second + 1;
    apply(memory, attempts.note(memory.attempts, key, attempt));
    bool const saved = attempts.must_save(now);
    if (saved) store = memory;
    attempts.on_delivered();
    return saved;
  }
  void get_past(std::string const& key) { memory.attempts.erase(key); }

  /// The marks after a position was stored.
  std::map<std::string, std::int32_t> forget(session_change position) {
    attempts.forget(memory.attempts, position);
    apply(memory, position);
    return memory.attempts;
  }
};

session_change common_position() {
  session_change out;
  out.updates = update_state{.pts = 9};
  return out;
}

session_change channel_position(std::int64_t channel) {
  session_change out;
  out.channel_pts[channel] = 9;
  return out;
}

}  // namespace

TEST_CASE("a busy program waits for the store once in 20 ms", "[client][attempts]") {
  life now({});
  CHECK(now.deliver("a"));
  for (auto const* key : {"b", "c", "d"}) CHECK(!now.deliver(key, start + 19ms));
  CHECK(now.deliver("e", start + 20ms));
  CHECK(!now.deliver("f", start + 39ms));
}

TEST_CASE("a first update, and one after a time without a mark, is stored at once",
          "[client][attempts]") {
  life now({});
  CHECK(now.deliver("a"));
  now.get_past("a");
  now.attempts.on_unmarked();
  CHECK(now.deliver("b"));
  CHECK(!now.deliver("c"));
  now.attempts.on_rewind();
  CHECK(now.deliver("c"));
}

TEST_CASE("after a crash each update is stored until what comes again has come",
          "[client][attempts]") {
  session_state crashed;
  crashed.attempts["a"] = 1;
  life now(crashed);
  CHECK(now.deliver("new"));
  CHECK(now.deliver("a"));
  CHECK(now.store.attempts.at("a") == 2);
  now.get_past("a");
  CHECK(now.deliver("b"));
  now.attempts.on_caught_up(2);
  now.attempts.on_caught_up(5);  // those that came since are new
  CHECK(now.deliver("c"));
  CHECK(now.deliver("d"));
  CHECK(!now.deliver("e"));
}

TEST_CASE("wherever a program dies each time, the count in the store grows", "[client][attempts]") {
  for (int deadly = 0; deadly < 4; ++deadly) {
    session_state store;
    int lives = 0;
    auto const key = [](int i) { return "update " + std::to_string(i); };
    while (store.attempts[key(deadly)] < 3 && lives < 10) {
      std::erase_if(store.attempts, [](auto const& each) { return each.second == 0; });
      life now(store);
      for (int i = 0; i <= deadly; ++i) {
        now.deliver(key(i));
        if (i < deadly) now.get_past(key(i));
      }
      store = now.store;
      ++lives;
    }
    CHECK(lives == (deadly == 0 ? 3 : 4));
  }
}

TEST_CASE("a mark goes with the position that is behind it, once all has come again",
          "[client][attempts]") {
  session_state stored;
  stored.attempts = {{"message 1 in user 42", 4},
                     {"message 2 in channel 5", 4},
                     {"updateEditChannelMessage 00 in channel 6", 4}};
  life now(stored);
  CHECK(now.forget(common_position()).size() == 3);
  now.attempts.on_caught_up(0);
  CHECK(now.forget(channel_position(7)).size() == 3);
  CHECK(now.forget(channel_position(5)).size() == 2);
  CHECK(now.forget(common_position()).size() == 1);
  CHECK(now.forget(channel_position(6)).empty());
}

TEST_CASE("marks have a limit, and the deadliest stay", "[client][attempts]") {
  session_state stored;
  for (int i = 0; i < 1024; ++i) stored.attempts["old " + std::to_string(i)] = i == 500 ? 1 : 3;
  life now(stored);
  now.deliver("new");
  CHECK(now.memory.attempts.size() == 1024);
  CHECK(!now.memory.attempts.contains("old 500"));
  CHECK(now.memory.attempts.contains("new"));
  now.deliver("new");
  CHECK(now.memory.attempts.at("new") == 2);
}
