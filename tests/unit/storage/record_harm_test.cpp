// SPDX-License-Identifier: MIT OR Apache-2.0
#include "core/wire.hpp"
#include "storage/file/file_lease.hpp"
#include "storage/file/record_file.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

#include <mtp/testing/crashing_files.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <limits>
#include <string>

using namespace mtp;
using mtp::detail::record_file;
using mtp::testing::crashing_files;

namespace {

std::filesystem::path const place = "/s/account";
/// Of which a rewriting takes many commits.
constexpr detail::rewriting_limits slow_rewriting{
    .records = 4, .frames = 512, .step = 1, .unsynced = 65536};

bytes to_bytes(std::string_view text) { return bytes(text.begin(), text.end()); }

write_batch batch_of(std::string const& id, std::size_t size = 40) {
  write_batch batch;
  batch.put(record_space::values, to_bytes(id), bytes(size, 'v'));
  return batch;
}

void put(record_file& to, std::string const& id, durability how = durability::at_once) {
  to.commit(batch_of(id), how);
}

/// Commits until a new file is being written beside the old one.
int commit_until_rewriting(record_file& to, std::filesystem::path const& aside,
                           std::function<bool(std::filesystem::path const&)> const& exists) {
  int count = 0;
  while (!exists(aside) && count < 1000) put(to, "early" + std::to_string(count++));
  return count;
}

/// Runs `what` in a child process; what it says.
template <class What>
bool in_a_child(What what) {
  auto const child = ::fork();
  if (child == 0) ::_exit(what() ? 1 : 0);
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFEXITED(status));
  return WEXITSTATUS(status) == 1;
}

std::error_code error_of_opening(crashing_files& files) {
  try {
    record_file const file(place, files);
  } catch (store_error const& e) {
    return e.code();
  }
  return {};
}

}  // namespace

TEST_CASE("a child process does not hold what its parent holds", "[storage][records]") {
  test::temporary_folder folder;
  auto const path = folder / "account";
  detail::file_lease lease(path, local_files(), {});
  CHECK(lease.is_held());
  CHECK(!in_a_child([&] { return lease.is_held(); }));
  auto file = std::make_unique<record_file>(path, local_files(), slow_rewriting);
  auto const aside = folder / "account.new";
  int const count =
      commit_until_rewriting(*file, aside, [](auto const& name) { return exists(name); });
  REQUIRE(exists(aside));
  CHECK(in_a_child([&] {
    file.reset();
    return exists(aside);
  }));
  for (int i = 0; i < 400; ++i) put(*file, "late" + std::to_string(i));
  for (int i = 0; i < count; ++i)
    CHECK(file->get(record_key(record_space::values, to_bytes("early" + std::to_string(i)))));
}

TEST_CASE("a file that somebody else writes beside the own one is left alone",
          "[storage][records]") {
  crashing_files files;
  auto const aside = place.string() + ".new";
  auto file = std::make_unique<record_file>(place, files, slow_rewriting);
  commit_until_rewriting(*file, aside, [&](auto const& name) { return files.exists(name); });
  REQUIRE(files.exists(aside));
  auto const theirs = to_bytes("what another process writes");
  files.put(aside, theirs);
  auto const mine = files.content(place);
  for (int i = 0; i < 8; ++i) put(*file, "late" + std::to_string(i));
  CHECK(files.content(place).size() > mine.size());
  CHECK(files.content(place) != theirs);
  file.reset();
  CHECK(files.content(aside) == theirs);
  record_file again(place, files);
  CHECK(again.get(record_key(record_space::values, to_bytes("late7"))));
}

TEST_CASE("damage to what was coalesced is told after the file was closed", "[storage][records]") {
  crashing_files files;
  {
    record_file file(place, files);
    put(file, "first");
    put(file, "second", durability::coalesced);
    put(file, "third", durability::coalesced);
    file.sync();
  }
  auto const whole = files.content(place);
  CHECK(!error_of_opening(files));
  for (std::size_t at = detail::record_header_size; at < whole.size() - detail::frame_head_size;
       ++at) {
    auto damaged = whole;
    damaged[at] ^= 0x10;
    files.put(place, damaged);
    CAPTURE(at);
    CHECK(error_of_opening(files) == client_errc::bad_session_file);
    CHECK(files.content(place) == damaged);
  }
}

TEST_CASE("a torn commit full of marks is cut off in no time", "[storage][records]") {
  crashing_files files;
  {
    record_file file(place, files);
    put(file, "first");
  }
  auto torn = files.content(place);
  auto const whole = torn.size();
  auto const marks = wire::writer()
                         .raw(as_bytes("frme"))
                         .number(std::uint32_t{0})
                         .number(std::uint32_t{4} << 20)
                         .number(std::uint64_t{1})
                         .number(std::uint64_t{0})
                         .take();
  while (torn.size() < std::size_t{8} << 20) append(torn, marks);
  files.put(place, torn);
  auto const begun = std::chrono::steady_clock::now();
  CHECK(!error_of_opening(files));
  CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(60));
  CHECK(files.content(place).size() == whole);
}

namespace {

/// A file whose index names blocks of that size, all at the front.
bytes file_of_blocks(std::uint32_t count, std::uint32_t size) {
  wire::writer index;
  for (std::uint32_t i = 0; i < count; ++i)
    index.number(std::uint64_t{detail::record_header_size})
        .number(size)
        .number(std::uint16_t{2})
        .raw(as_bytes("\x0ek"));
  auto const written = index.take();
  bytes out = detail::encode_header({.index_at = detail::record_header_size + size,
                                     .index_size = written.size(),
                                     .index_checksum = detail::checksum(written),
                                     .blocks = count});
  out.resize(out.size() + size);
  append(out, written);
  return out;
}

}  // namespace

TEST_CASE("a file that asks for much memory is refused", "[storage][records]") {
  crashing_files files;
  files.put(place, file_of_blocks(1, 4096));
  CHECK(!error_of_opening(files));
  files.put(place, file_of_blocks(1, std::uint32_t{20} << 20));
  CHECK(error_of_opening(files) == client_errc::bad_session_file);
  files.put(place, file_of_blocks(2, 4096));  // the same block twice
  CHECK(error_of_opening(files) == client_errc::bad_session_file);
  files.put(place, file_of_blocks(1000, 4096));
  CHECK(error_of_opening(files) == client_errc::bad_session_file);
}

TEST_CASE("what is sorted does not gather in memory", "[storage][records]") {
  crashing_files files;
  auto made = files.create(place);
  REQUIRE(made);
  detail::checked_file file(place, *std::move(made));
  detail::sorted_writer out(file);
  constexpr std::size_t mib = std::size_t{1} << 20;
  for (int i = 100; i < 164; ++i)
    out.add(detail::key_text(record_space::values, to_bytes(std::to_string(i))),
            bytes(mib / 8, 'v'));
  CHECK(files.content(place).size() > 6 * mib);
}

TEST_CASE("a batch with an unknown space or step is not storable", "[storage][records]") {
  CHECK(batch_of("a").is_storable());
  for (int const number : {0, 17, 255}) {
    write_batch batch;
    batch.put(static_cast<record_space>(number), to_bytes("a"), {});
    CAPTURE(number);
    CHECK(!batch.is_storable());
  }
}

TEST_CASE("what is noted of a holder is read, whatever it is", "[storage][records]") {
  auto const since = [](std::string const& number) {
    return detail::decode_holder(to_bytes("process 7\nhost h\nsince " + number + "\nfence 3\n"))
        .since.time_since_epoch();
  };
  CHECK(since("1700000000") == std::chrono::seconds(1700000000));
  CHECK(since("9223372036854775807") == std::chrono::seconds(9'000'000'000));
  CHECK(since("-9223372036854775808") == std::chrono::seconds(-9'000'000'000));
}
