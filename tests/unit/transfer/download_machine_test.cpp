// SPDX-License-Identifier: MIT OR Apache-2.0
#include "transfer/download_machine.hpp"

#include "support/catch.hpp"
#include "support/seeded_random.hpp"

#include <algorithm>
#include <vector>

using namespace mtp;
using namespace mtp::transfer;

namespace {

using machine = download_machine;
using action = download_machine::action;

constexpr std::uint64_t sizes[] = {0,
                                   1,
                                   128 * kib,
                                   128 * kib + 1,
                                   10 * mib,
                                   10 * mib + 1,
                                   3 * max_part_size,
                                   3 * max_part_size + 7,
                                   20 * max_part_size};

/// A server that has so many bytes, and whoever writes them.
struct download {
  machine at;
  std::uint64_t has = 0;
  std::vector<machine::ask> under_way = {};
  std::vector<std::pair<std::int64_t, std::uint64_t>> here = {};
  std::int64_t next_written = 0;
  std::uint64_t written = 0;
  std::size_t most_held = 0;

  void on_ask(machine::ask const& wanted) {
    under_way.push_back(wanted);
    most_held = std::max(most_held, under_way.size() + here.size());
  }
  void on_write(machine::write const& ready) {
    CHECK(ready.part == next_written++);
    auto const found =
        std::ranges::find(here, ready.part, &std::pair<std::int64_t, std::uint64_t>::first);
    REQUIRE(found != here.end());
    written += found->second;
    here.erase(found);
    at.on_written();
  }
  std::uint64_t answer_to(machine::ask const& one) const {
    return one.offset >= has ? 0 : std::min(one.limit, has - one.offset);
  }
  void answer(std::size_t which) {
    auto const one = under_way.at(which);
    under_way.erase(under_way.begin() + static_cast<std::ptrdiff_t>(which));
    here.emplace_back(one.part, answer_to(one));
    at.on_part(one.part, answer_to(one));
  }

  action settle() {
    for (;;) {
      auto const todo = at.next();
      if (auto const* wanted = std::get_if<machine::ask>(&todo)) {
        on_ask(*wanted);
      } else if (auto const* ready = std::get_if<machine::write>(&todo)) {
        on_write(*ready);
      } else {
        return todo;
      }
    }
  }

  /// Answers whatever is under way in an order that the dice say.
  action run(random_source& dice) {
    action last = settle();
    while (last == action(machine::wait{})) {
      REQUIRE_FALSE(under_way.empty());
      answer(dice.make<std::uint32_t>() % under_way.size());
      last = settle();
    }
    return last;
  }
};

}  // namespace

TEST_CASE("a file comes down in order, whatever the order of the answers", "[transfer]") {
  for (unsigned seed = 0; seed < 50; ++seed) {
    test::seeded_random dice(seed);
    for (auto const size : sizes) {
      for (bool const known : {true, false}) {
        CAPTURE(size, known, seed);
        auto const told = known ? std::optional(size) : std::nullopt;
        download d{.at = machine(plan_download(told)), .has = size};
        CHECK(d.run(dice) == action(machine::done{}));
        CHECK(d.written == size);
        CHECK(d.at.size() == size);
        CHECK(d.most_held <= 8);
        CHECK(d.under_way.empty());
      }
    }
  }
}

TEST_CASE("while nobody writes no more is asked for", "[transfer]") {
  machine at(plan_download(40 * mib), 4);
  for (int part = 0; part < 4; ++part) {
    CHECK(std::holds_alternative<machine::ask>(at.next()));
    at.on_part(part, max_part_size);
    if (part == 0) CHECK(at.next() == action(machine::write{0}));
  }
  CHECK(at.next() == action(machine::wait{}));
  at.on_written();
  CHECK(at.next() == action(machine::write{1}));
  CHECK(std::holds_alternative<machine::ask>(at.next()));
  CHECK(at.next() == action(machine::wait{}));
}

TEST_CASE("a part that cannot be one of the file ends the transfer", "[transfer]") {
  auto const with = [](std::optional<std::uint64_t> told, std::uint64_t size_of_first) {
    machine at(plan_download(told));
    CHECK(std::holds_alternative<machine::ask>(at.next()));
    at.on_part(0, size_of_first);
    return at.next();
  };
  action const refused = machine::fail{transfer_errc::bad_file_part};
  CHECK(with(1000, 1001) == refused);
  CHECK(with(1000, 999) == refused);
  CHECK(with(1000, 0) == refused);
  CHECK(with(20 * mib, max_part_size - 1) == refused);
  CHECK(with(std::nullopt, max_part_size + 1) == refused);
  CHECK(with(std::nullopt, 0) == action(machine::write{0}));
}

TEST_CASE("a file that has holes is none", "[transfer]") {
  action const refused = machine::fail{transfer_errc::bad_file_part};
  machine later(plan_download(std::nullopt));
  for (int i = 0; i < 3; ++i) CHECK(std::holds_alternative<machine::ask>(later.next()));
  later.on_part(2, 5);
  later.on_part(1, 7);  // the file ends here, and there was more
  CHECK(later.next() == refused);

  machine sooner(plan_download(std::nullopt));
  for (int i = 0; i < 3; ++i) CHECK(std::holds_alternative<machine::ask>(sooner.next()));
  sooner.on_part(1, 7);
  sooner.on_part(2, 5);
  CHECK(sooner.next() == refused);
}

TEST_CASE("answers to nothing change nothing", "[transfer]") {
  machine at(plan_download(3 * mib + 1));
  CHECK(std::holds_alternative<machine::ask>(at.next()));
  auto const limit = plan_download(3 * mib + 1).part_size;
  for (std::int64_t const part : {std::int64_t{-1}, std::int64_t{1}, std::int64_t{1} << 60})
    at.on_part(part, limit);
  at.on_part(0, limit);
  at.on_part(0, 1);  // once more
  CHECK(at.next() == action(machine::write{0}));
}

TEST_CASE("a file without an end is given up", "[transfer]") {
  machine at(plan_download(std::nullopt));
  action last = at.next();
  std::int64_t parts = 0;
  while (!std::holds_alternative<machine::fail>(last)) {
    if (auto const* wanted = std::get_if<machine::ask>(&last))
      at.on_part(wanted->part, wanted->limit);
    if (std::holds_alternative<machine::write>(last)) at.on_written(), ++parts;
    last = at.next();
  }
  CHECK(last == action(machine::fail{transfer_errc::file_too_large}));
  CHECK(parts == max_premium_parts);
}

TEST_CASE("a download of which the beginning is there asks for the rest", "[transfer]") {
  machine at(plan_download(30 * max_part_size + 1), 2, {}, 29);
  CHECK(std::get<machine::ask>(at.next()) == machine::ask{29, 29 * max_part_size, max_part_size});
  CHECK(std::get<machine::ask>(at.next()).part == 30);
  at.on_part(30, 1);
  CHECK(std::holds_alternative<machine::wait>(at.next()));
  at.on_part(29, max_part_size);
  CHECK(std::get<machine::write>(at.next()).part == 29);
  at.on_written();
  CHECK(std::get<machine::write>(at.next()).part == 30);
  at.on_written();
  CHECK(std::holds_alternative<machine::done>(at.next()));
  machine all(plan_download(30 * max_part_size), 2, {}, 30);
  CHECK(std::holds_alternative<machine::done>(all.next()));
}
