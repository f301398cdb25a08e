// SPDX-License-Identifier: MIT OR Apache-2.0
#include "event_examples.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"

#include <asio/post.hpp>

#include <memory>
#include <stdexcept>

using namespace mtp;
using mtp::test::a_new_message;
using mtp::test::an_unreadable;
using mtp::test::as_update;

namespace {

std::string text_of(new_message const& message) { return message.text().str(); }

/// What an update is, as words.
std::string words_for(update const& what) {
  return what.visit(
      text_of, [](unknown_update const& u) { return std::to_string(u.body().size()) + " bytes"; },
      [](update const& other) { return std::string(other.raw() ? "other" : "nothing"); });
}

task<std::string> wait_for(new_message message) {
  auto text = message.text().str();
  auto const executor = co_await asio::this_coro::executor;
  co_await asio::post(executor, asio::use_awaitable);
  co_return text + ", again " + message.text().str();
}

task<std::string> wait_for_other(update) { co_return "other"; }

}  // namespace

TEST_CASE("visiting calls the handler of the event, or the last one", "[events]") {
  CHECK(words_for(a_new_message("hello")) == "hello");
  CHECK(words_for(an_unreadable()) == "4 bytes");
  CHECK(words_for(as_update(tl::updateConfig{})) == "other");
  CHECK(words_for(update()) == "nothing");
}

TEST_CASE("the last handler is given what has an event that nobody takes", "[events]") {
  auto const what = a_new_message("hello");
  auto const tag = what.visit([](unknown_update const&) { return event_tag::unknown_update; },
                              [](update const& other) { return other.tag(); });
  CHECK(tag == event_tag::new_message);
}

TEST_CASE("handlers may take events by value, change and own things", "[events]") {
  auto const what = a_new_message("hello");
  auto counter = std::make_unique<int>(0);
  std::optional<new_message> kept;
  auto count = [counter = std::move(counter), &kept](new_message m) mutable {
    kept = std::move(m);
    return ++*counter;
  };
  CHECK(what.visit(count, [](update) noexcept { return -1; }) == 1);
  CHECK(what.visit(count, [](update) noexcept { return -1; }) == 2);
  CHECK(kept->text() == "hello");
}

TEST_CASE("what a handler throws comes out of visiting", "[events]") {
  auto const what = a_new_message("hello");
  auto const refuse = [](new_message const&) { throw std::runtime_error("a handler's own"); };
  CHECK_THROWS_AS(what.visit(refuse, [](update const&) {}), std::runtime_error);
}

TEST_CASE("the task of a handler has its event until it ends", "[events]") {
  std::string first;
  std::string second;
  auto work = [&]() -> task<> {
    auto visited = a_new_message("a text that is too long for the string itself");
    auto waiting = visited.visit(wait_for, wait_for_other);
    visited = as_update(tl::updateConfig{});
    first = co_await std::move(waiting);
    second = co_await visited.visit(wait_for, wait_for_other);
  };
  test::run(work());
  CHECK(first ==
        "a text that is too long for the string itself, again a text that is too long for the "
        "string itself");
  CHECK(second == "other");
}
