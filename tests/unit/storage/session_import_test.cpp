// SPDX-License-Identifier: MIT OR Apache-2.0
//
// A session file of the format before, found where a file of records is to be.
#include "storage/file/record_format.hpp"
#include "storage/session_codec.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"
#include "support/session_examples.hpp"

#include <mtp/core/environment.hpp>
#include <mtp/storage/account_store.hpp>
#include <mtp/storage/file_records.hpp>
#include <mtp/storage/session_store.hpp>
#include <mtp/storage/store_error.hpp>
#include <mtp/testing/crashing_files.hpp>

using namespace mtp;
using mtp::testing::crashing_files;
using trouble = crashing_files::trouble;
using aftermath = crashing_files::aftermath;

namespace {

constexpr auto session_path = "/s/bot.session";

/// What an account has of a session: a data centre without a key is nothing to keep.
session_state importable_session() {
  auto out = test::full_session();
  out.dcs.erase(4);
  return out;
}

task<session_state> all_of(account_store& account) {
  auto reading = export_session(account, std::string(client_consumer));
  auto out = co_await std::move(reading);
  std::optional<peer_id> last;
  for (;;) {
    auto const page = co_await account.peers(last);
    if (page.empty()) co_return out;
    for (auto const& one : page) out.access_hashes[one.id] = one.access_hash;
    last = page.back().id;
  }
}

/// One life of a store that is opened and read.
task<> open_and_read(crashing_files& files, session_state& found) {
  auto const strand = co_await asio::this_coro::executor;
  auto const store = file_records(session_path, files);
  co_await store->open(real_environment(), strand);
  account_store account(store);
  found = co_await all_of(account);
  co_await store->close();
}

session_state opened(crashing_files& files) {
  session_state found;
  test::run(open_and_read(files, found));
  return found;
}

std::error_code error_of_opening(crashing_files& files) {
  try {
    (void)opened(files);
  } catch (store_error const& e) {
    CHECK(e.place().starts_with(session_path));
    return e.code();
  }
  return {};
}

/// The life that imports, which something may end.
bool dies(crashing_files& files) {
  try {
    (void)opened(files);
  } catch (crashing_files::crash const&) {
    return true;
  }
  return false;
}

int steps_of_an_import() {
  crashing_files files;
  files.put(session_path, detail::encode_session(test::full_session()));
  files.fail(trouble::none, 0);
  (void)opened(files);
  return files.steps();
}

bool is_file_of_records(crashing_files& files) {
  return as_text(files.content(session_path)).starts_with(detail::record_file_magic);
}

}  // namespace

TEST_CASE("a session file becomes a file of records with all it holds", "[storage][import]") {
  crashing_files files;
  files.put(session_path, detail::encode_session(test::full_session()));
  CHECK(opened(files) == importable_session());
  CHECK(is_file_of_records(files));
  CHECK(!files.exists("/s/bot.session.import"));
  files.restart(aftermath::power_cut);
  CHECK(opened(files) == importable_session());
}

TEST_CASE("a session file larger than a commit is taken over whole", "[storage][import]") {
  auto large = importable_session();
  for (std::int64_t i = 1; i <= 40'000; ++i) large.access_hashes[{peer_kind::user, i}] = -i;
  crashing_files files;
  files.put(session_path, detail::encode_session(large));
  CHECK((opened(files) == large));
  files.restart(aftermath::power_cut);
  CHECK((opened(files) == large));
}

TEST_CASE("whoever dies while a session file is taken over loses nothing", "[storage][import]") {
  auto const what =
      GENERATE(aftermath::killed, aftermath::power_cut, aftermath::names_before_contents,
               aftermath::torn, aftermath::torn_first);
  int const steps = steps_of_an_import();
  REQUIRE(steps > 20);
  for (int step = 0; step < steps; ++step) {
    crashing_files files;
    files.put(session_path, detail::encode_session(test::full_session()));
    files.fail(trouble::crash, step);
    CAPTURE(step);
    REQUIRE(dies(files));
    files.restart(what);
    REQUIRE((opened(files) == importable_session()));
  }
}

TEST_CASE("an error while a session file is taken over loses nothing", "[storage][import]") {
  int const steps = steps_of_an_import();
  for (int step = 0; step < steps; ++step) {
    crashing_files files;
    files.put(session_path, detail::encode_session(test::full_session()));
    files.fail(trouble::error, step);
    CAPTURE(step);
    auto const failed = error_of_opening(files);
    REQUIRE((!failed || failed == client_errc::storage));
    REQUIRE((opened(files) == importable_session()));
    files.restart(aftermath::power_cut);
    REQUIRE((opened(files) == importable_session()));
  }
}

TEST_CASE("a session file that cannot be read is refused by its name and stays",
          "[storage][import]") {
  auto damaged = detail::encode_session(test::full_session());
  damaged.back() ^= 1;
  auto newer = detail::encode_session(test::full_session());
  newer[8] = 6;
  for (auto const& content : {damaged, newer}) {
    crashing_files files;
    files.put(session_path, content);
    auto const expected =
        content == newer ? client_errc::newer_store : client_errc::bad_session_file;
    CHECK(error_of_opening(files) == expected);
    CHECK(files.content(session_path) == content);
  }
}

TEST_CASE("a session of the format before is not opened over a file of records",
          "[storage][import]") {
  crashing_files files;
  CHECK(opened(files) == session_state{});
  auto const content = files.content(session_path);
  auto const before = file_session(session_path, files);
  std::error_code refused;
  auto const work = [&]() -> task<> {
    try {
      (void)co_await before->open();
    } catch (error const& e) {
      refused = e.code();
    }
  };
  test::run(work());
  CHECK(refused == client_errc::newer_store);
  CHECK(files.content(session_path) == content);
}
