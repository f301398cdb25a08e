// SPDX-License-Identifier: MIT OR Apache-2.0
//
// When the count of an attempt must be in the store before a program is given the update.
#include "updates/delivery_attempts.hpp"

#include "support/catch.hpp"

using namespace mtp;
using namespace std::chrono_literals;
using mtp::updates::delivery_attempts;

namespace {

constexpr steady_time start = steady_time(1h);

/// A program in one of its lives, the marks in its memory and those in the store.
struct life {
  delivery_attempts::counts memory;
  delivery_attempts::counts store;
  delivery_attempts attempts;

  explicit life(delivery_attempts::counts stored) : memory(stored), store(std::move(stored)) {}

  /// Gives the program an update. True when that waited for the store.
  bool deliver(std::string const& key, steady_time now = start) {
    auto const known = memory.find(key);
    std::int32_t const attempt = known == memory.end() ? 1 : known->second + 1;
    apply(attempts.note(memory, key, attempt));
    bool const saved = attempts.must_save(now);
    if (saved) store = memory;
    attempts.on_delivered();
    return saved;
  }
  void get_past(std::string const& key) { memory.erase(key); }

  /// The marks after a position was stored.
  delivery_attempts::counts forget(updates::reach const& position) {
    apply(attempts.forget(memory, position));
    return memory;
  }
  void apply(delivery_attempts::changes const& all) {
    for (auto const& [key, count] : all) {
      if (count) memory[key] = *count;
      if (!count) memory.erase(key);
    }
  }
};

updates::reach common_position() { return {.account = update_state{.pts = 9}}; }

updates::reach channel_position(std::int64_t channel) {
  updates::reach out;
  out.channels[channel] = 9;
  return out;
}

}  // namespace

TEST_CASE("a busy program waits for the store once in 20 ms", "[updates][delivery]") {
  life now({});
  CHECK(now.deliver("a"));
  for (auto const* key : {"b", "c", "d"}) CHECK(!now.deliver(key, start + 19ms));
  CHECK(now.deliver("e", start + 20ms));
  CHECK(!now.deliver("f", start + 39ms));
}

TEST_CASE("a first update, and one after a time without a mark, is stored at once",
          "[updates][delivery]") {
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
          "[updates][delivery]") {
  delivery_attempts::counts const crashed = {{"a", 1}};
  life now(crashed);
  CHECK(now.deliver("new"));
  CHECK(now.deliver("a"));
  CHECK(now.store.at("a") == 2);
  now.get_past("a");
  CHECK(now.deliver("b"));
  now.attempts.on_caught_up(2);
  now.attempts.on_caught_up(5);  // those that came since are new
  CHECK(now.deliver("c"));
  CHECK(now.deliver("d"));
  CHECK(!now.deliver("e"));
}

TEST_CASE("wherever a program dies each time, the count in the store grows",
          "[updates][delivery]") {
  for (int deadly = 0; deadly < 4; ++deadly) {
    delivery_attempts::counts store;
    int lives = 0;
    auto const key = [](int i) { return "update " + std::to_string(i); };
    while (store[key(deadly)] < 3 && lives < 10) {
      std::erase_if(store, [](auto const& each) { return each.second == 0; });
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
          "[updates][delivery]") {
  delivery_attempts::counts const stored = {{"message 1 in user 42", 4},
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

TEST_CASE("marks have a limit, and the deadliest stay", "[updates][delivery]") {
  delivery_attempts::counts stored;
  for (int i = 0; i < 1024; ++i) stored["old " + std::to_string(i)] = i == 500 ? 1 : 3;
  life now(stored);
  now.deliver("new");
  CHECK(now.memory.size() == 1024);
  CHECK(!now.memory.contains("old 500"));
  CHECK(now.memory.contains("new"));
  now.deliver("new");
  CHECK(now.memory.at("new") == 2);
}
