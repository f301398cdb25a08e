// SPDX-License-Identifier: MIT OR Apache-2.0
//
// A start that drops what waited at the server.
#include "support/catch.hpp"
#include "support/client_stage.hpp"

#include <mtp/mtp.hpp>

#include <algorithm>
#include <string>
#include <vector>

using namespace mtp;
using namespace std::chrono_literals;
using namespace mtp::test;

namespace {

void write_numbers(client_stage& s, int from, int to) {
  for (int i = from; i <= to; ++i) s.alice_writes(std::to_string(i));
}

}  // namespace

TEST_CASE("what waited at the server is dropped by a start that wants that", "[client][updates]") {
  play([](client_stage& s) -> task<> {
    co_await listen(s, [&](update_stream& updates) -> task<> {
      write_numbers(s, 1, 1);
      co_await expect_texts(updates, "1");
    });
    for (int i = 2; i <= 5; ++i) (void)s.api.alice_writes(std::to_string(i));
    auto config = s.config();
    config.drop_pending = true;
    std::vector<std::string> lines;
    auto const counted = [](std::string const& line) {
      return line.find("5 that waited at the server were dropped") != std::string::npos;
    };
    config.log = [&lines](log_level, std::string_view line) { lines.emplace_back(line); };
    co_await live(s, config, [&](client& c) -> task<> {
      co_await log_in(c);
      auto updates = c.updates();
      co_await until([&] { return std::ranges::any_of(lines, counted); });
      write_numbers(s, 6, 6);
      co_await expect_texts(updates, "6");
      (void)s.api.alice_writes(
          "7");  // a push that is lost waits at the server, but not from before
      write_numbers(s, 8, 8);
      co_await expect_texts(updates, "7 8");
    });
    CHECK(std::ranges::count_if(lines, counted) == 1);
    // The difference that brought the last two has no position between them.
    co_await listen(
        s, [&](update_stream& updates) -> task<> { co_await expect_texts(updates, "7 8"); });
  });
}
