// SPDX-License-Identifier: MIT OR Apache-2.0
#include "support/catch.hpp"
#include "support/run.hpp"
#include "support/store_holder.hpp"
#include "support/temporary_folder.hpp"

#include <mtp/core/environment.hpp>
#include <mtp/storage/file_records.hpp>
#include <mtp/storage/memory_records.hpp>
#include <mtp/testing/crashing_files.hpp>

using namespace mtp;

namespace {

void run_suite(std::function<testing::record_store_factory()> const& place) {
  for (auto const& check : testing::record_store_suite()) {
    INFO(check.name);
    CHECK_NOTHROW(test::run(check.run(real_environment(), place())));
  }
}

}  // namespace

TEST_CASE("a store in memory is a store", "[storage][suite]") {
  run_suite([] { return [store = memory_records()] { return store; }; });
}

TEST_CASE("a store in a file is a store", "[storage][suite]") {
  test::temporary_folder folder;
  int places = 0;
  run_suite([&] {
    auto const path = folder / ("s" + std::to_string(++places)).c_str();
    return [path] { return file_records(path.string()); };
  });
}

TEST_CASE("a store in a file loses nothing, whatever goes wrong at which step",
          "[storage][suite]") {
  auto make = [](file_system& files) { return file_records("/s/account", files); };
  // Thousands of steps: seconds, or minutes where others keep the machine busy.
  test::run(testing::check_crashes(real_environment(), make), std::chrono::minutes(9));
}

TEST_CASE("holds a store in a file until it is killed", "[.holder]") {
  test::run(test::hold_store(file_records(test::held_path())));
}

TEST_CASE("of two processes on one file one works, and the other follows a dead one",
          "[storage][suite]") {
  test::temporary_folder folder;
  auto const path = folder / "account";
  test::check_two_processes("[.holder]", path, [path] { return file_records(path.string()); });
}
