// SPDX-License-Identifier: MIT OR Apache-2.0
#include "storage/session_file.hpp"

#include "support/catch.hpp"
#include "support/session_examples.hpp"

#include <mtp/core/error.hpp>
#include <mtp/testing/crashing_files.hpp>

using namespace mtp;
using mtp::detail::session_file;
using mtp::testing::crashing_files;
using trouble = crashing_files::trouble;
using aftermath = crashing_files::aftermath;

namespace {

session_state older() {
  session_state state;
  state.home_dc = 1;
  return state;
}

/// Files in which older() was saved, and a session open on them.
struct saved {
  crashing_files files;
  std::unique_ptr<session_file> session = std::make_unique<session_file>("/s/bot", files);
  saved() {
    REQUIRE(session->open());
    REQUIRE(session->save(older()));
  }
};

session_state reopened(crashing_files& files) {
  session_file session("/s/bot", files);
  auto state = session.open();
  REQUIRE(state);
  return *state;
}

int steps_of_a_save() {
  saved s;
  s.files.fail(trouble::none, 0);
  REQUIRE(s.session->save(test::full_session()));
  return s.files.steps();
}

}  // namespace

TEST_CASE("a session file that does not exist is an empty session", "[storage][file]") {
  crashing_files files;
  CHECK(reopened(files) == session_state{});
  CHECK(!files.exists("/s/bot"));
}

TEST_CASE("a crash at any step leaves the state before or after", "[storage][file]") {
  int const steps = steps_of_a_save();
  REQUIRE(steps >= 5);
  auto const after_what =
      GENERATE(aftermath::killed, aftermath::power_cut, aftermath::names_before_contents);
  for (int step = 0; step < steps; ++step) {
    saved s;
    s.files.fail(trouble::crash, step);
    CHECK_THROWS_AS((void)s.session->save(test::full_session()), crashing_files::crash);
    s.session.reset();
    s.files.restart(after_what);
    session_state const found = reopened(s.files);
    CAPTURE(step);
    CHECK((found == older() || found == test::full_session()));
  }
}

TEST_CASE("what was saved survives a power cut", "[storage][file]") {
  saved s;
  REQUIRE(s.session->save(test::full_session()));
  s.session.reset();
  s.files.restart(aftermath::power_cut);
  CHECK(reopened(s.files) == test::full_session());
}

TEST_CASE("an error at any step is told, loses nothing and can be got over", "[storage][file]") {
  int const steps = steps_of_a_save();
  for (int step = 0; step < steps; ++step) {
    saved s;
    s.files.fail(trouble::error, step);
    auto const result = s.session->save(test::full_session());
    REQUIRE(!result);
    CHECK(result.error() == client_errc::storage);
    CHECK(!s.files.exists("/s/bot.new"));
    s.files.fail(trouble::none, 0);

    bool const last = step == steps - 1;  // renamed already; only the folder is not durable
    s.session->close();
    CHECK(reopened(s.files) == (last ? test::full_session() : older()));
    REQUIRE(s.session->open());
    CHECK(s.session->save(test::full_session()));
    s.session->close();
    CHECK(reopened(s.files) == test::full_session());
  }
}

TEST_CASE("an error while opening is told and leaves no lease", "[storage][file]") {
  for (int const step : {0, 2}) {  // between them who holds it is noted, which may fail
    saved s;
    s.session->close();
    s.files.fail(trouble::error, step);
    auto const state = s.session->open();
    REQUIRE(!state);
    CHECK(state.error() == client_errc::storage);
    CHECK(!s.session->is_open());
    s.files.fail(trouble::none, 0);
    CHECK(reopened(s.files) == older());
  }
}

TEST_CASE("a damaged session file is refused and stays as it is", "[storage][file]") {
  saved s;
  s.session.reset();
  bytes const garbage{1, 2, 3};
  s.files.put("/s/bot", garbage);
  session_file session("/s/bot", s.files);
  auto const state = session.open();
  REQUIRE(!state);
  CHECK(state.error() == client_errc::bad_session_file);
  CHECK(s.files.content("/s/bot") == garbage);
  CHECK(!session.is_open());
}

TEST_CASE("a session that could not be read again is not saved", "[storage][file]") {
  crashing_files files;
  session_file session("/s/bot", files, 200);
  REQUIRE(session.open());
  REQUIRE(session.save(older()));
  auto huge = older();
  for (int i = 0; i < 100; ++i) huge.channel_pts[i] = i;
  CHECK(session.save(huge).error() == client_errc::storage);
  session.close();
  CHECK(reopened(files) == older());
}

TEST_CASE("a session file has one holder at a time", "[storage][file]") {
  saved s;
  session_file other("/s/bot", s.files);
  auto const refused = other.open();
  REQUIRE(!refused);
  CHECK(refused.error() == client_errc::session_in_use);
  s.session->close();
  CHECK(other.open());
}
