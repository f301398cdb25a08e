// SPDX-License-Identifier: MIT OR Apache-2.0
#include "transfer/upload_machine.hpp"

#include "support/catch.hpp"
#include "support/seeded_random.hpp"

#include <map>
#include <set>

using namespace mtp;
using namespace mtp::transfer;

namespace {

using machine = upload_machine;
using action = upload_machine::action;

constexpr std::size_t part_size = max_part_size;

machine of_known(std::uint64_t size, int held = 8) { return machine(*plan_upload(size), held); }
machine of_unknown(int held = 8) { return machine(*plan_upload(std::nullopt), held); }

/// What a server would have of a file, and what goes wrong on the way.
struct upload {
  machine at;
  std::uint64_t source = 0;  ///< how many bytes there are
  std::uint64_t taken = 0;
  std::map<std::int32_t, std::size_t> parts = {};  ///< read, by number
  std::set<std::int32_t> under_way = {};
  std::set<std::int32_t> saved = {};
  std::set<std::int32_t> totals = {};
  int most_held = 0;

  void read(machine::read const& wanted) {
    auto const size = std::min<std::uint64_t>(wanted.size, source - taken);
    taken += size;
    if (size != 0) parts[static_cast<std::int32_t>(parts.size())] = size;
    at.on_read(size);
    auto const held = static_cast<int>(parts.size() - saved.size());
    most_held = std::max(most_held, held);
  }
  void save(std::int32_t part) {
    under_way.erase(part);
    saved.insert(part);
    at.on_saved(part);
  }

  /// Goes on until there is nothing more to do at once.
  action settle() {
    for (;;) {
      auto const todo = at.next();
      if (auto const* wanted = std::get_if<machine::read>(&todo)) {
        read(*wanted);
      } else if (auto const* ready = std::get_if<machine::send>(&todo)) {
        CHECK(under_way.insert(ready->part).second);
        CHECK_FALSE(saved.contains(ready->part));
        if (ready->total != machine::unknown_total) totals.insert(ready->total);
      } else {
        return todo;
      }
    }
  }
};

}  // namespace

TEST_CASE("a file of known size goes up part by part, in any order", "[transfer]") {
  for (std::uint64_t const size :
       {std::uint64_t{1}, 128 * kib, 10 * mib, 10 * mib + 1, 10 * mib + part_size}) {
    CAPTURE(size);
    upload u{.at = of_known(size), .source = size};
    auto const parts = *plan_upload(size)->parts();
    action last = u.settle();
    while (last == action(machine::wait{})) {
      u.save(*u.under_way.rbegin());
      last = u.settle();
    }
    CHECK(last == action(machine::done{}));
    CHECK(u.saved.size() == static_cast<std::size_t>(parts));
    CHECK(u.totals == std::set<std::int32_t>{parts});
    CHECK(u.at.is_big() == (size > 10 * mib));
    CHECK(u.most_held <= 8);
  }
}

TEST_CASE("a file of unknown size says with its last part how many there are", "[transfer]") {
  for (std::uint64_t const size :
       {part_size + 1, 2 * part_size, 5 * part_size - 1, 40 * part_size, 40 * part_size + 7}) {
    CAPTURE(size);
    upload u{.at = of_unknown(), .source = size};
    auto const parts = static_cast<std::int32_t>((size + part_size - 1) / part_size);
    action last = u.settle();
    while (last == action(machine::wait{})) {
      REQUIRE_FALSE(u.under_way.empty());
      u.save(*u.under_way.begin());
      last = u.settle();
    }
    CHECK(last == action(machine::done{}));
    CHECK(u.totals == std::set<std::int32_t>{parts});
    CHECK(u.at.total() == parts);
    CHECK(u.at.is_big());
    CHECK(u.most_held <= 8);
  }
}

TEST_CASE("of a stream that ends with its first part nothing is big", "[transfer]") {
  for (std::uint64_t const size : {std::uint64_t{1}, std::uint64_t{part_size}}) {
    upload u{.at = of_unknown(), .source = size};
    CHECK(u.settle() == action(machine::wait{}));
    CHECK_FALSE(u.at.is_big());
    CHECK(u.at.size() == size);
    CHECK(u.totals == std::set<std::int32_t>{1});
    u.save(0);
    CHECK(u.settle() == action(machine::done{}));
  }
}

TEST_CASE("a source that is empty, shrinks or never ends is told", "[transfer]") {
  upload empty{.at = of_unknown()};
  CHECK(empty.settle() == action(machine::fail{transfer_errc::empty_file}));

  upload shrunk{.at = of_known(11 * mib), .source = 11 * mib - 1};
  action last = shrunk.settle();
  while (last == action(machine::wait{})) {
    shrunk.save(*shrunk.under_way.begin());
    last = shrunk.settle();
  }
  CHECK(last == action(machine::fail{transfer_errc::file_changed}));

  upload endless{.at = of_unknown(), .source = UINT64_MAX};
  last = endless.settle();
  while (last == action(machine::wait{})) {
    endless.save(*endless.under_way.begin());
    last = endless.settle();
  }
  CHECK(last == action(machine::fail{transfer_errc::file_too_large}));
  CHECK(endless.saved.size() < static_cast<std::size_t>(max_parts));
}

TEST_CASE("the largest stream that an account may send goes up", "[transfer]") {
  upload u{.at = of_unknown(), .source = max_parts * max_part_size};
  action last = u.settle();
  while (last == action(machine::wait{})) {
    u.save(*u.under_way.begin());
    last = u.settle();
  }
  CHECK(last == action(machine::done{}));
  CHECK(u.at.total() == max_parts);
}

TEST_CASE("no more parts are held than were allowed, two at least", "[transfer]") {
  for (int const held : {0, 1, 2, 5}) {
    upload u{.at = of_unknown(held), .source = 30 * part_size};
    action last = u.settle();
    while (last == action(machine::wait{})) {
      REQUIRE_FALSE(u.under_way.empty());
      u.save(*u.under_way.begin());
      last = u.settle();
    }
    CHECK(last == action(machine::done{}));
    CHECK(u.most_held <= std::max(held, 2));
  }
}

TEST_CASE("parts that are refused at any step leave the rest as it is", "[transfer]") {
  auto const trouble = parse_rpc_error(500, "INTERNAL", "upload.saveBigFilePart");
  for (int step = 0; step < 24; ++step) {
    test::seeded_random dice(static_cast<unsigned>(step));
    upload u{.at = of_known(11 * mib + 5), .source = 11 * mib + 5};
    int steps = 0;
    action last = u.settle();
    while (last == action(machine::wait{})) {
      if (steps++ == step) {
        auto const said = u.at.on_refused(trouble, 2, 2);
        CHECK(std::holds_alternative<part_patience::retry>(said));
        continue;
      }
      auto pick = u.under_way.begin();
      std::advance(pick, dice.make<std::uint32_t>() % u.under_way.size());
      u.save(*pick);
      last = u.settle();
    }
    CHECK(last == action(machine::done{}));
    CHECK(u.saved.size() == 23);
  }
}
