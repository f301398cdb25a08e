// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Raw calls with options.
#include "support/catch.hpp"
#include "support/client_stage.hpp"

#include <mtp/core/task_scope.hpp>
#include <mtp/mtp.hpp>
#include <mtp/tl/functions/help.hpp>
#include <mtp/tl/types/NearestDc.hpp>

#include <set>
#include <vector>

using namespace mtp;
using namespace std::chrono_literals;
using namespace mtp::test;

namespace {

tl::help::getNearestDc const question{};

/// Answers the question in whatever wrapper it comes, and keeps the wrappers.
struct wrapped_calls {
  std::vector<std::uint32_t> heads = {};
  std::set<std::int64_t> predecessors = {};

  std::optional<scripted_api::reply> operator()(std::uint32_t id, bytes_view query) {
    bytes_view inner = query;
    if (id == tl::invokeAfterMsg::tl_id) {
      predecessors.insert(load_le<std::int64_t>(query.data() + 4));
      inner = query.subspan(12);
    } else if (id == tl::invokeWithoutUpdates::tl_id) {
      inner = query.subspan(4);
    } else if (id == tl::invokeWithTakeout::tl_id) {
      inner = query.subspan(12);
    }
    if (load_le<std::uint32_t>(inner.data()) != tl::help::getNearestDc::tl_id) return {};
    heads.push_back(id);
    return test::to_bytes(tl::nearestDc{.country = "DE", .this_dc = 2, .nearest_dc = 4});
  }
};

task<> ask(client& c, invoke_options options) {
  auto const answer = co_await c.invoke(question, options);
  CHECK(answer->nearest_dc == 4);
}

}  // namespace

TEST_CASE("a raw call goes in the wrappers that its options name", "[client][invoke]") {
  play([](client_stage& s) -> task<> {
    wrapped_calls calls;
    s.api.first = std::ref(calls);
    co_await live(s, [&](client& c) -> task<> {
      co_await log_in(c);
      co_await ask(c, {.without_updates = true});
      co_await ask(c, {.takeout_id = 5});
      co_await ask(c, {.priority = call_priority::interactive});
    });
    CHECK(calls.heads == std::vector<std::uint32_t>{tl::invokeWithoutUpdates::tl_id,
                                                    tl::invokeWithTakeout::tl_id,
                                                    tl::help::getNearestDc::tl_id});
  });
}

TEST_CASE("a call with a time limit ends, and the next one works", "[client][invoke]") {
  play([](client_stage& s) -> task<> {
    co_await live(s, [&](client& c) -> task<> {
      co_await log_in(c);
      s.api.first = [](std::uint32_t, bytes_view) { return scripted_server::silence{}; };
      auto const failed = co_await failure_of(c.invoke(question, {.timeout = 50ms}));
      CHECK(code_of(failed) == client_errc::timed_out);
      s.api.first = wrapped_calls();
      co_await ask(c, {.timeout = 10s});
    });
  });
}

TEST_CASE("options that contradict each other are refused before anything is sent",
          "[client][invoke]") {
  play([](client_stage& s) -> task<> {
    co_await live(s, [&](client& c) -> task<> {
      co_await log_in(c);
      std::error_code refused;
      try {
        (void)c.invoke(question, {.dc = -1});
      } catch (error const& e) {
        refused = e.code();
      }
      CHECK(refused == client_errc::bad_config);
    });
  });
}

TEST_CASE("each call of a chain names the one before it", "[client][invoke]") {
  play([](client_stage& s) -> task<> {
    wrapped_calls calls;
    s.api.first = std::ref(calls);
    co_await live(s, [&](client& c) -> task<> {
      co_await log_in(c);
      call_chain const chain;
      task_scope scope(s.executor);
      for (int i = 0; i < 3; ++i) scope.spawn(ask(c, {.chain = &chain}));
      co_await scope.join();
    });
    CHECK(calls.heads == std::vector<std::uint32_t>{tl::help::getNearestDc::tl_id,
                                                    tl::invokeAfterMsg::tl_id,
                                                    tl::invokeAfterMsg::tl_id});
    CHECK(calls.predecessors.size() == 2);
    CHECK(!calls.predecessors.contains(0));
  });
}
