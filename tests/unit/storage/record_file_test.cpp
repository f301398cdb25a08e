// SPDX-License-Identifier: MIT OR Apache-2.0
#include "storage/file/record_file.hpp"

#include "storage/file/entry_reader.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

#include <mtp/testing/crashing_files.hpp>

#include <sys/stat.h>

#include <string>

using namespace mtp;
using mtp::detail::record_file;
using mtp::testing::crashing_files;

namespace {

std::filesystem::path const name = "/s/account";
/// Of which a file is written anew every few commits.
constexpr detail::rewriting_limits small_limits{
    .records = 8, .frames = 512, .step = 128, .unsynced = 4096};
constexpr int commits = 24;

bytes to_bytes(std::string_view text) { return bytes(text.begin(), text.end()); }
record_key key_of(int i) {
  return record_key(record_space::values, to_bytes("v" + std::to_string(i)));
}
std::string value_of(int i) { return std::string(40, static_cast<char>('a' + i % 26)); }

void commit(record_file& to, int i) {
  write_batch batch;
  batch.put(record_space::values, key_of(i).id, to_bytes(value_of(i)));
  to.commit(batch, durability::at_once);
}

/// A file in which there are sorted records and commits behind them.
bytes whole_file() {
  crashing_files files;
  record_file file(name, files, small_limits);
  for (int i = 0; i < commits; ++i) commit(file, i);
  return files.content(name);
}

/// How many of the commits are there, each with the value it must have. Throws what reading throws.
int count_commits(record_file& from) {
  int count = 0;
  while (count < commits) {
    auto const found = from.get(key_of(count));
    if (!found) break;
    REQUIRE(as_text(*found) == value_of(count));
    ++count;
  }
  for (int i = count; i < commits; ++i) REQUIRE(!from.get(key_of(i)));
  return count;
}

/// How many commits a file of that content holds; an error when it cannot be opened or read, and
/// then it is as it was.
result<int> commits_in(bytes const& content) {
  crashing_files files;
  files.put(name, content);
  try {
    record_file file(name, files, small_limits);
    return count_commits(file);
  } catch (store_error const& e) {
    CHECK(e.place() == name);
    CHECK(files.content(name) == content);
    return failure{e.code()};
  }
}

std::size_t frames_at(bytes const& content) {
  detail::record_header header;
  REQUIRE(detail::decode_header(bytes_view(content).first(detail::record_header_size), header) ==
          detail::header_fault::none);
  return header.frames_at();
}

}  // namespace

TEST_CASE("a damaged file of records is refused and stays as it is", "[storage][records]") {
  auto const whole = whole_file();
  REQUIRE(commits_in(whole).value() == commits);
  auto const last = whole.size() - detail::frame_head_size - detail::entry_head_size - 43;
  REQUIRE(last > frames_at(whole));
  for (std::size_t at = 0; at < whole.size(); ++at) {
    auto damaged = whole;
    damaged[at] ^= 0x10;
    auto const found = commits_in(damaged);
    CAPTURE(at);
    if (found) {
      // The last commit may have been under way when the power failed: nobody can know.
      CHECK(at >= last);
      CHECK(*found == commits - 1);
    } else {
      bool const version = at >= 8 && at < 12;
      CHECK(found.error() == (version ? client_errc::newer_store : client_errc::bad_session_file));
    }
  }
}

TEST_CASE("a file of records that was cut holds whole commits, or is refused",
          "[storage][records]") {
  auto const whole = whole_file();
  int before = commits;
  for (std::size_t size = whole.size(); size-- > frames_at(whole);) {
    auto const found = commits_in(bytes(whole.begin(), whole.begin() + static_cast<long>(size)));
    REQUIRE(found);
    CHECK((*found == before || *found == before - 1));
    before = *found;
  }
  CHECK(before < commits - 1);
  for (std::size_t size = frames_at(whole); size-- > 0;) {
    auto const found = commits_in(bytes(whole.begin(), whole.begin() + static_cast<long>(size)));
    REQUIRE(!found);
    CHECK(found.error() == client_errc::bad_session_file);
  }
}

TEST_CASE("a file of another program is not taken for records", "[storage][records]") {
  for (auto const* text :
       {"", "x", "SQLite format 3, and so on, for as long as a header is here.."}) {
    auto const found = commits_in(to_bytes(text));
    REQUIRE(!found);
    CHECK(found.error() == client_errc::bad_session_file);
  }
}

TEST_CASE("a file of records does not grow with what was written over", "[storage][records]") {
  crashing_files files;
  record_file file(name, files, small_limits);
  std::size_t largest = 0;
  for (int i = 0; i < 2000; ++i) {
    commit(file, i % 5);
    largest = std::max(largest, files.content(name).size());
  }
  CHECK(largest < 4000);
  for (int i = 0; i < 5; ++i) CHECK(file.get(key_of(i)) == to_bytes(value_of(i)));
}

namespace {

/// Commits until it dies at that step. False when it comes to the end.
bool dies_at(crashing_files& files, int step) {
  try {
    record_file file(name, files, small_limits);
    files.fail(crashing_files::trouble::crash, step);
    for (int i = 0; i < commits - 1; ++i) commit(file, i);
  } catch (crashing_files::crash const&) {
    return true;
  }
  return false;
}

}  // namespace

TEST_CASE("who follows a killed writer loses nothing when the power fails", "[storage][records]") {
  int step = 0;
  for (crashing_files files; dies_at(files, step); files = crashing_files()) {
    files.restart(crashing_files::aftermath::killed);
    int found = 0;
    {
      record_file follower(name, files, small_limits);
      found = count_commits(follower);
      commit(follower, found);
    }
    files.restart(crashing_files::aftermath::power_cut);
    record_file last(name, files, small_limits);
    CAPTURE(step);
    CHECK(count_commits(last) == found + 1);
    ++step;
  }
  CHECK(step > commits);
}

TEST_CASE("who finds another file in the place of the own writes no more", "[storage][records]") {
  crashing_files files;
  record_file file(name, files, small_limits);
  commit(file, 0);
  files.put(name, whole_file());
  try {
    commit(file, 1);
    FAIL("it was written");
  } catch (store_error const& e) {
    CHECK(e.code() == client_errc::lease_lost);
  }
  CHECK(files.content(name) == whole_file());
}

TEST_CASE("a file of records is its owner's only", "[storage][records]") {
  test::temporary_folder const folder;
  record_file file(folder / "account", local_files(), small_limits);
  for (int i = 0; i < commits; ++i) commit(file, i);
  struct stat about{};
  REQUIRE(::stat((folder / "account").c_str(), &about) == 0);
  CHECK((about.st_mode & 0777) == 0600);
}

TEST_CASE("an error of the system is told with its path and reason", "[storage][records]") {
  try {
    record_file const file("/nobody/has/this/folder/account", local_files());
    FAIL("it was opened");
  } catch (store_error const& e) {
    CHECK(e.code() == client_errc::storage);
    CHECK(e.reason() == std::errc::no_such_file_or_directory);
    CHECK(std::string(e.what()).find("/nobody/has/this/folder/account") == 0);
    CHECK(std::string(e.what()).find("No such file or directory") != std::string::npos);
  }
}
