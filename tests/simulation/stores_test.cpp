// SPDX-License-Identifier: MIT OR Apache-2.0
//
// A whole client whose files go wrong at each step in turn.
#include "stage.hpp"

#include <mtp/storage/file_records.hpp>
#include <mtp/testing/crashing_files.hpp>
#include <mtp/types/message.hpp>
#include <support/catch.hpp>

#include <algorithm>

using namespace mtp;
using namespace std::chrono_literals;
using mtp::test::sim_stage;
using mtp::testing::crashing_files;
using trouble = crashing_files::trouble;
using aftermath = crashing_files::aftermath;

namespace {

/// A data centre, and the disk of a bot.
struct disk_stage {
  sim_stage centre;
  crashing_files files;
  bool signed_in = false;  ///< the program was told so

  client_config config() {
    auto out = centre.config();
    out.records = file_records("/s/bot.session", files);
    return out;
  }
  /// A life that signs in, does something, and lets the store come to rest.
  void live() {
    centre.live(config(), [this](client& c) -> task<> {
      signed_in = true;
      (void)co_await c.get_me();
      co_await c.send_message("me", "hello");
      co_await centre.sim.sleep(1s);
    });
  }
  bool dies() {
    try {
      live();
    } catch (crashing_files::crash const&) {
      return true;
    }
    return false;
  }
  std::ptrdiff_t calls_of(std::string_view method) const {
    auto const log = centre.centre.call_log();
    return std::ranges::count(log, method, &testing::call_record::method);
  }
};

int steps_of_a_life() {
  disk_stage s;
  s.files.fail(trouble::none, 0);
  s.live();
  return s.files.steps();
}

}  // namespace

TEST_CASE("a client that dies at any step of its store goes on with its key and login",
          "[stores]") {
  auto const what = GENERATE(aftermath::killed, aftermath::power_cut, aftermath::torn);
  int const steps = steps_of_a_life();
  REQUIRE(steps > 15);
  for (int step = 0; step < steps; ++step) {
    disk_stage s;
    s.files.fail(trouble::crash, step);
    CAPTURE(step);
    REQUIRE(s.dies());
    bool const was_signed_in = s.signed_in;
    s.files.restart(what);
    s.centre.centre.clear_call_log();
    s.live();
    if (was_signed_in) REQUIRE(s.calls_of("auth.importBotAuthorization") == 0);
  }
}

TEST_CASE("a client whose store fails at any step once loses nothing", "[stores]") {
  int const steps = steps_of_a_life();
  for (int step = 0; step < steps; ++step) {
    disk_stage s;
    s.files.fail(trouble::error, step);
    CAPTURE(step);
    std::error_code failed;
    try {
      s.live();
    } catch (error const& e) {
      failed = e.code();
    }
    REQUIRE((!failed || failed == client_errc::storage));
    bool const was_signed_in = s.signed_in;
    s.files.restart(failed ? aftermath::killed : aftermath::power_cut);
    s.centre.centre.clear_call_log();
    s.live();
    if (was_signed_in) REQUIRE(s.calls_of("auth.importBotAuthorization") == 0);
  }
}
