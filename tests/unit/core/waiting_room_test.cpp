// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/core/waiting_room.hpp>

#include <mtp/core/task_scope.hpp>
#include <support/catch.hpp>
#include <support/run.hpp>

#include <asio/bind_cancellation_slot.hpp>
#include <asio/cancellation_signal.hpp>
#include <asio/co_spawn.hpp>
#include <asio/io_context.hpp>
#include <asio/this_coro.hpp>

#include <exception>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

using namespace mtp;
using detail::waiting_room;
using namespace std::chrono_literals;

namespace {

void rethrow(std::exception_ptr failed) {
  if (failed) std::rethrow_exception(failed);
}
/// How one ends that is cancelled does not matter.
void ignore(std::exception_ptr) {}

/// A loop with a room, and a note of who went on.
struct stage {
  asio::io_context loop{1};
  asio::any_io_executor strand = loop.get_executor();
  std::optional<waiting_room> room{std::in_place, strand};
  std::string order;

  void enter(char name) { asio::co_spawn(loop, wait_and_note(name), rethrow); }
  task<> wait_and_note(char name) {
    co_await room->wait();
    order += name;
  }
  void settle() {
    loop.restart();
    loop.poll();
  }
};

/// Says when it is destroyed.
struct witness {
  bool& gone;
  ~witness() { gone = true; }
};

}  // namespace

TEST_CASE("who waits is woken once, in order, and not at once", "[core][waiting]") {
  stage s;
  s.enter('a');
  s.enter('b');
  s.settle();
  CHECK(s.order.empty());
  s.room->wake();
  CHECK(s.order.empty());
  s.settle();
  CHECK(s.order == "ab");
  s.room->wake();
  s.settle();
  CHECK(s.order == "ab");
}

TEST_CASE("waking nobody is not kept", "[core][waiting]") {
  stage s;
  s.room->wake();
  s.enter('a');
  s.settle();
  CHECK(s.order.empty());
  s.room->wake();
  s.settle();
  CHECK(s.order == "a");
}

TEST_CASE("those that are woken into a list go on one after the other, here", "[core][waiting]") {
  stage s;
  waiting_room other(&*s.room);
  s.enter('a');
  s.settle();
  auto waiting = [](waiting_room& in, std::string& order) -> task<> {
    co_await in.wait();
    order += 'b';
  };
  asio::co_spawn(s.loop, waiting(other, s.order), rethrow);
  s.settle();
  waiting_room::woken list(s.strand);
  other.wake(list);
  s.room->wake(list);
  CHECK(s.order.empty());
  list.run();
  CHECK(s.order == "ba");
  CHECK(list.empty());
}

TEST_CASE("a list that nobody runs lets them go on all the same", "[core][waiting]") {
  stage s;
  s.enter('a');
  s.enter('b');
  s.settle();
  {
    waiting_room::woken list(s.strand);
    s.room->wake(list);
  }
  CHECK(s.order.empty());
  s.settle();
  CHECK(s.order == "ab");
}

TEST_CASE("what a completion handler throws leaves the loop, not the one who woke",
          "[core][waiting]") {
  stage s;
  auto waiting = [](waiting_room& in) -> task<> {
    co_await in.wait();
    throw std::runtime_error("a test");
  };
  asio::co_spawn(s.loop, waiting(*s.room), rethrow);
  s.settle();
  waiting_room::woken list(s.strand);
  s.room->wake(list);
  CHECK_NOTHROW(list.run());
  CHECK_THROWS_AS(s.settle(), std::runtime_error);
}

TEST_CASE("cancelling takes one out of the room, whatever comes after", "[core][waiting]") {
  stage s;
  asio::cancellation_signal stop;
  bool threw = false;
  auto waiting = [](waiting_room& in, bool& thrown) -> task<> {
    try {
      co_await in.wait();
      co_await in.wait();  // the next one throws
    } catch (std::system_error const&) {
      thrown = true;
    }
  };
  s.enter('a');
  asio::co_spawn(s.loop, waiting(*s.room, threw),
                 asio::bind_cancellation_slot(stop.slot(), ignore));
  s.enter('b');
  s.settle();
  stop.emit(asio::cancellation_type::terminal);
  stop.emit(asio::cancellation_type::terminal);
  s.settle();
  CHECK(threw);
  CHECK(s.order.empty());
  s.enter('c');
  s.settle();
  s.room->wake();
  s.settle();
  CHECK(s.order == "abc");
}

TEST_CASE("a signal that comes after the room is gone does nothing", "[core][waiting]") {
  stage s;
  asio::cancellation_signal stop;
  auto waiting = [](waiting_room& in, std::string& order) -> task<> {
    co_await in.wait();
    order += 'a';
    co_await test::pause(1ms);
  };
  asio::co_spawn(s.loop, waiting(*s.room, s.order),
                 asio::bind_cancellation_slot(stop.slot(), ignore));
  s.settle();
  s.room->wake();
  s.room.reset();
  stop.emit(asio::cancellation_type::terminal);
  s.settle();
  CHECK(s.order.size() <= 1);
}

TEST_CASE("what waits when the loop is destroyed is destroyed with it", "[core][waiting]") {
  bool gone = false;
  {
    asio::io_context loop(1);
    asio::any_io_executor const strand = loop.get_executor();
    // The coroutine owns the room in which it waits.
    auto waiting = [](asio::any_io_executor on, bool& flag) -> task<> {
      witness const here{flag};
      auto const room = std::make_unique<waiting_room>(on);
      co_await room->wait();
    };
    asio::co_spawn(loop, waiting(strand, gone), rethrow);
    loop.poll();
    CHECK_FALSE(gone);
  }
  CHECK(gone);
}
