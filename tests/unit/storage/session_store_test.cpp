// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/storage/session_store.hpp>

#include "support/catch.hpp"
#include "support/run.hpp"
#include "support/session_examples.hpp"
#include "support/temporary_folder.hpp"

#include <mtp/core/error.hpp>

#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

using namespace mtp;

namespace {

session_state opened(session_store& store) {
  session_state state;
  auto open = [&]() -> task<> { state = co_await store.open(); };
  test::run(open());
  return state;
}

void committed(session_store& store, session_change change) {
  auto commit = [&]() -> task<> { co_await store.commit(std::move(change)); };
  test::run(commit());
}

std::error_code error_of_open(session_store& store) {
  try {
    opened(store);
  } catch (error const& e) {
    return e.code();
  }
  return {};
}

session_change home(int dc) {
  session_change change;
  change.home_dc = dc;
  return change;
}

/// A child that opens the store, tells so, and then commits until it is killed.
pid_t restless_child(std::filesystem::path const& path, int ready) {
  pid_t const child = ::fork();
  if (child != 0) return child;
  auto store = file_session(path);
  opened(*store);
  committed(*store, home(1));
  (void)!::write(ready, "x", 1);
  for (int i = 1;; ++i) committed(*store, home(i % 5 + 1));
}

}  // namespace

TEST_CASE("both stores give back what was committed", "[storage][store]") {
  test::temporary_folder folder;
  bool const in_file = GENERATE(true, false);
  auto store = in_file ? file_session(folder / "bot.session") : memory_session();
  CHECK(opened(*store) == session_state{});
  session_change change = home(2);
  change.dcs[2] = test::full_session().dcs[2];
  committed(*store, change);
  session_change later;
  later.self = stored_self{.id = 5, .bot = true};
  committed(*store, later);
  store->close();

  session_state expected;
  apply(expected, change);
  apply(expected, later);
  CHECK(opened(*store) == expected);
  store->close();
  if (in_file) CHECK(opened(*file_session(folder / "bot.session")) == expected);
}

TEST_CASE("both stores have one holder at a time", "[storage][store]") {
  test::temporary_folder folder;
  bool const in_file = GENERATE(true, false);
  auto store = in_file ? file_session(folder / "bot.session") : memory_session();
  opened(*store);
  auto other = in_file ? file_session(folder / "bot.session") : store;
  CHECK(error_of_open(*other) == client_errc::session_in_use);
  store->close();
  CHECK(!error_of_open(*other));
}

TEST_CASE("a session file is readable by its owner only", "[storage][store]") {
  test::temporary_folder folder;
  auto store = file_session(folder / "bot.session");
  opened(*store);
  committed(*store, home(2));
  struct stat info = {};
  REQUIRE(::stat((folder / "bot.session").c_str(), &info) == 0);
  CHECK((info.st_mode & 0777) == 0600);
  CHECK(!std::filesystem::exists(folder / "bot.session.new"));
}

TEST_CASE("a file that is no session is refused and left alone", "[storage][store]") {
  test::temporary_folder folder;
  auto const path = folder / "bot.session";
  std::ofstream(path) << "not a session";
  auto store = file_session(path);
  CHECK(error_of_open(*store) == client_errc::bad_session_file);
  std::string text;
  std::getline(std::ifstream(path), text);
  CHECK(text == "not a session");
}

TEST_CASE("a folder that does not exist is a storage error that names the file",
          "[storage][store]") {
  test::temporary_folder folder;
  auto store = file_session(folder / "nowhere" / "bot.session");
  try {
    opened(*store);
    FAIL("opened");
  } catch (error const& e) {
    CHECK(e.code() == client_errc::storage);
    CHECK(std::string(e.what()).find("bot.session") != std::string::npos);
  }
}

TEST_CASE("a link to a session file stays a link", "[storage][store]") {
  test::temporary_folder folder;
  auto const real = folder / "real.session";
  {
    auto store = file_session(real);
    opened(*store);
    committed(*store, home(2));
  }
  std::filesystem::create_symlink(real, folder / "link.session");
  auto store = file_session(folder / "link.session");
  CHECK(opened(*store).home_dc == 2);
  committed(*store, home(3));
  CHECK(error_of_open(*file_session(real)) == client_errc::session_in_use);
  store->close();
  CHECK(std::filesystem::is_symlink(folder / "link.session"));
  CHECK(opened(*file_session(real)).home_dc == 3);
}

TEST_CASE("a killed process leaves a good file and no lease", "[storage][store]") {
  test::temporary_folder folder;
  auto const path = folder / "bot.session";
  for (int round = 0; round < 10; ++round) {
    int ready[2];
    REQUIRE(::pipe(ready) == 0);
    pid_t const child = restless_child(path, ready[1]);
    char told = 0;
    REQUIRE(::read(ready[0], &told, 1) == 1);
    CHECK(error_of_open(*file_session(path)) == client_errc::session_in_use);
    ::usleep(static_cast<unsigned>(round) * 700);
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    ::close(ready[0]);
    ::close(ready[1]);
    auto store = file_session(path);
    int const home_dc = opened(*store).home_dc;
    CHECK((home_dc >= 1 && home_dc <= 5));
  }
}
