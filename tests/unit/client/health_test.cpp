// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What a client says of how it is, in three forms.
#include "support/catch.hpp"
#include "support/client_stage.hpp"

#include <mtp/mtp.hpp>

#include <algorithm>
#include <regex>
#include <set>
#include <sstream>

using namespace mtp;
using namespace std::chrono_literals;
using namespace mtp::test;
using order = updates::update_number::order;
using reason = updates::difference_reason;

namespace {

std::vector<std::string> lines_of(std::string const& text) {
  std::vector<std::string> out;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) out.push_back(line);
  return out;
}

bool has_line(std::string const& text, std::string const& wanted) {
  auto const all = lines_of(text);
  return std::ranges::find(all, wanted) != all.end();
}

/// Every line is one of the format, and the samples of a metric stand below its one head.
void check_format(std::string const& text) {
  std::regex const sample(
      R"re((mtp_[a-z_]+)(\{[a-z]+="([^"\\]|\\.)*"(,[a-z]+="([^"\\]|\\.)*")*\})? [-0-9.e+]+)re");
  std::set<std::string> seen;
  std::string now;
  for (auto const& line : lines_of(text)) {
    if (line.starts_with("# HELP ")) {
      now = line.substr(7, line.find(' ', 7) - 7);
      CHECK(seen.insert(now).second);
    } else if (line.starts_with("# TYPE ")) {
      CHECK(line == "# TYPE " + now + " gauge");
    } else {
      std::smatch found;
      bool const good = std::regex_match(line, found, sample);
      INFO(line);
      REQUIRE(good);
      CHECK(found[1] == now);
    }
  }
  CHECK(!seen.empty());
}

client_health some_health() {
  client_health out;
  out.status = client_status::ready;
  out.is_caught_up = true;
  out.channels = 3;
  out.queue = {.updates = 2, .bytes = 700};
  out.boxes.push_back({.place = {.of = order::common, .at = 9, .behind = 0},
                       .last = difference_health{.why = reason::gap, .age = 1500ms}});
  out.boxes.push_back(
      {.place = {.of = order::channel, .channel = 77, .at = 4, .behind = 5, .has_gap = true},
       .last = difference_health{
           .why = reason::told, .age = 2s, .failed = make_error_code(client_errc::timed_out)}});
  out.connections.push_back({.dc = 2, .open = 1, .calls = 3});
  return out;
}

/// The health of a client once it is so.
task<client_health> health_when(client& c, bool (*is_so)(client_health const&)) {
  auto out = co_await c.health();
  while (!is_so(out)) {
    co_await test::pause(1ms);
    out = co_await c.health();
  }
  co_return out;
}

bool is_ready(client_health const& now) { return now.is_caught_up && now.queue.updates == 2; }
bool has_early(client_health const& now) { return now.early != 0; }

}  // namespace

TEST_CASE("health is text for Prometheus, with whatever name an account has", "[client][health]") {
  auto one = some_health();
  check_format(to_prometheus(one));
  CHECK(has_line(to_prometheus(one), "mtp_box_lag{box=\"channel\",channel=\"77\"} 5"));
  CHECK(has_line(to_prometheus(one),
                 "mtp_difference_age_seconds{box=\"common\",reason=\"gap\"} 1.5"));
  one.name = "a\"b\\c\nd";
  auto two = some_health();
  two.name = "two";
  auto const text = to_prometheus(std::vector{one, two});
  check_format(text);
  CHECK(has_line(text, R"(mtp_channels{account="a\"b\\c\nd"} 3)"));
  CHECK(has_line(text, R"(mtp_channels{account="two"} 3)"));
}

TEST_CASE("health is a few lines for a log", "[client][health]") {
  auto one = some_health();
  one.name = "two";
  auto const lines = to_log_lines(one);
  REQUIRE(lines.size() == 4);
  CHECK(lines[0] ==
        "two: health: ready, caught up, 3 channels, 2 updates wait (700 bytes), 0 early (0 bytes), "
        "0 bytes unread");
  CHECK(lines[1] == "two: health: box common at 9, 0 behind, difference for gap 1.5 s ago");
  CHECK(
      lines[2].starts_with("two: health: box channel 77 at 4, 5 behind, gap, difference for told "
                           "2.0 s ago, failed: "));
  CHECK(lines[3] == "two: health: data centre 2 for main: 1 open, 0 begun, 3 calls");
}

TEST_CASE("a client says how far it got, what waits and what is missing", "[client][health]") {
  play([](client_stage& s) -> task<> {
    co_await live(s, [&](client& c) -> task<> {
      auto const early = co_await c.health();
      CHECK(early.boxes.empty());
      CHECK(!early.is_caught_up);
      co_await log_in(c);
      auto const stream = c.updates();
      co_await until([&] { return c.status() == client_status::ready; });
      s.alice_writes("one");
      s.alice_writes("two");
      auto const full = co_await health_when(c, is_ready);
      CHECK(full.status == client_status::ready);
      CHECK(full.is_caught_up);
      CHECK(full.queue.updates == 2);
      CHECK(full.queue.bytes > 0);
      REQUIRE(full.boxes.size() == 2);
      CHECK(full.boxes[0].place.at == 2);
      REQUIRE(full.boxes[0].last);
      CHECK(full.boxes[0].last->why == reason::start);
      CHECK(!full.boxes[0].last->is_under_way);
      REQUIRE(full.connections.size() == 1);
      CHECK(full.connections[0].dc == 2);
      CHECK(full.connections[0].open == 1);

      (void)s.api.alice_writes("lost");
      s.alice_writes("four");
      auto const gap = co_await health_when(c, has_early);
      CHECK(gap.boxes[0].place.has_gap);
      CHECK(gap.boxes[0].place.behind == 2);
      CHECK(gap.early == 1);
      auto const text = to_prometheus(gap);
      check_format(text);
      CHECK(text.find("secret") == std::string::npos);  // of the bot's token
    });
  });
}
