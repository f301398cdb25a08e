// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/testing/world/file_store.hpp>
#include <support/catch.hpp>

using namespace mtp::testing;
using mtp::bytes;

namespace {

constexpr std::int64_t owner = 42;

bytes pattern(std::size_t size) {
  bytes out(size);
  for (std::size_t i = 0; i < size; ++i) out[i] = static_cast<std::uint8_t>(i * 31 + i / 977);
  return out;
}

std::string save(file_store& store, std::int32_t part, bytes const& content) {
  auto const done = store.save_part(owner, {.file_id = 1, .part = part, .content = content});
  return done ? "" : done.error().text;
}

std::string save_big(file_store& store, std::int32_t part, std::int32_t total,
                     bytes const& content) {
  auto const done = store.save_part(
      owner, {.file_id = 1, .part = part, .big = true, .total_parts = total, .content = content});
  return done ? "" : done.error().text;
}

std::string problem(file_store& store, std::int32_t parts, std::string md5 = "") {
  auto const done = store.assemble(owner, {.file_id = 1, .parts = parts, .name = "f", .md5 = md5});
  return done ? "" : done.error().text;
}

}  // namespace

TEST_CASE("a file of any part size comes together in any order", "[testing][files]") {
  for (std::size_t const size : {1024u, 2048u, 32768u, 65536u, 131072u, 524288u}) {
    file_store store(1);
    auto const whole = pattern(size * 3 + 100);
    for (std::int32_t const part : {3, 1, 0, 2, 1}) {
      auto const begin = whole.begin() + static_cast<std::ptrdiff_t>(size) * part;
      auto const end = part == 3 ? whole.end() : begin + static_cast<std::ptrdiff_t>(size);
      CHECK(save(store, part, bytes(begin, end)) == "");
    }
    auto const done = store.assemble(owner, {.file_id = 1, .parts = 4});
    REQUIRE(done);
    CHECK(**done == whole);
    CHECK(save(store, 1, bytes(size)) == "");  // a late repetition is harmless
    CHECK(**store.assemble(owner, {.file_id = 1, .parts = 4}) == whole);
  }
}

TEST_CASE("parts are refused with the errors of the API", "[testing][files]") {
  file_store store(1);
  CHECK(save(store, 0, {}) == "FILE_PART_EMPTY");
  CHECK(save(store, -1, pattern(1024)) == "FILE_PART_INVALID");
  CHECK(save(store, 4000, pattern(1024)) == "FILE_PART_INVALID");
  CHECK(save(store, 0, pattern(512 * 1024 + 1)) == "FILE_PART_TOO_BIG");
  CHECK(save_big(store, 0, 0, pattern(1024)) == "FILE_PARTS_INVALID");
  CHECK(save_big(store, 0, -2, pattern(1024)) == "FILE_PARTS_INVALID");
  CHECK(save_big(store, 0, 8001, pattern(1024)) == "FILE_PARTS_INVALID");
  CHECK(save_big(store, 3, 3, pattern(1024)) == "FILE_PART_INVALID");
  CHECK(save_big(store, 0, 3, pattern(3072)) == "FILE_PART_SIZE_INVALID");
  CHECK(save_big(store, 0, 3, pattern(1000)) == "FILE_PART_SIZE_INVALID");
  CHECK(save_big(store, 0, 3, pattern(2048)) == "");
  CHECK(save_big(store, 1, 3, pattern(1024)) == "FILE_PART_SIZE_CHANGED");
  CHECK(save_big(store, 2, 3, pattern(4096)) == "FILE_PART_SIZE_CHANGED");
  CHECK(save_big(store, 1, 4, pattern(2048)) == "FILE_PARTS_INVALID");
}

TEST_CASE("a streamed file learns its length at the end", "[testing][files]") {
  for (bool const empty_end : {false, true}) {
    file_store store(1);
    CHECK(save_big(store, 0, -1, pattern(1024)) == "");
    CHECK(save_big(store, 1, -1, pattern(1024)) == "");
    CHECK(save_big(store, 2, 3, empty_end ? bytes{} : pattern(7)) == "");
    auto const done = store.assemble(owner, {.file_id = 1, .parts = 3});
    REQUIRE(done);
    CHECK((*done)->size() == (empty_end ? 2048u : 2055u));
  }
}

TEST_CASE("an incomplete file is not put together", "[testing][files]") {
  file_store store(1);
  CHECK(problem(store, 1) == "FILE_PART_0_MISSING");
  CHECK(save(store, 0, pattern(1024)) == "");
  CHECK(save(store, 2, pattern(1024)) == "");
  CHECK(problem(store, 3) == "FILE_PART_1_MISSING");
  CHECK(problem(store, 1) == "FILE_PARTS_INVALID");
  CHECK(problem(store, 0) == "FILE_PARTS_INVALID");
  CHECK(save(store, 1, pattern(1024)) == "");
  CHECK(problem(store, 3, "00") == "MD5_CHECKSUM_INVALID");
  CHECK(problem(store, 3) == "");
}

TEST_CASE("an MD5 is compared in any case of letters", "[testing][files]") {
  file_store store(1);
  bytes const abc{'a', 'b', 'c'};
  CHECK(save(store, 0, abc) == "");
  CHECK(problem(store, 1, "900150983CD24FB0D6963F7D28E17F72") == "");  // RFC 1321
}

TEST_CASE("uploads are bounded", "[testing][files]") {
  file_store store(1, 4096);
  CHECK(save(store, 0, pattern(2048)) == "");
  CHECK(save(store, 1, pattern(2048)) == "");
  CHECK(save(store, 1, pattern(2048)) == "");
  CHECK(save(store, 2, pattern(1024)) == "STORAGE_FULL");
  CHECK(problem(store, 2) == "");
}

TEST_CASE("a range is read by the rules of the API", "[testing][files]") {
  file_store store(1);
  auto const whole = pattern(3 * 1024 * 1024 + 5);
  auto const& file = store.store({.dc = 2, .content = std::make_shared<bytes const>(whole)});
  auto const reference = store.reference(file);
  file_request ask{.id = file.id, .access_hash = file.access_hash, .reference = reference};
  auto const read = [&](std::int64_t offset, std::int32_t limit, bool precise = false) {
    ask.offset = offset;
    ask.limit = limit;
    ask.precise = precise;
    return store.read(ask);
  };
  CHECK(read(0, 4096)->size() == 4096);
  CHECK(read(1024, 4096).error().text == "OFFSET_INVALID");
  CHECK(read(-4096, 4096).error().text == "OFFSET_INVALID");
  CHECK(read(INT64_MAX - 4095, 4096).error().text == "OFFSET_INVALID");
  CHECK(read(0, 0).error().text == "LIMIT_INVALID");
  CHECK(read(0, 3 * 4096).error().text == "LIMIT_INVALID");
  CHECK(read(0, 2 * 1024 * 1024).error().text == "LIMIT_INVALID");
  CHECK(read(4096, 1024 * 1024).error().text == "LIMIT_INVALID");  // across a mebibyte
  CHECK(read(1024, 3 * 1024, true)->size() == 3 * 1024);
  CHECK(read(3 * 1024 * 1024, 1024 * 1024)->size() == 5);
  CHECK(read(4 * 1024 * 1024, 1024 * 1024)->empty());
}

TEST_CASE("a file opens with its hash and a fresh reference only", "[testing][files]") {
  file_store store(1);
  auto const& file = store.store({.content = std::make_shared<bytes const>(pattern(10))});
  auto reference = store.reference(file);
  file_request ask{.id = file.id, .access_hash = file.access_hash, .limit = 4096};
  CHECK(store.read(ask).error().text == "FILE_REFERENCE_EMPTY");
  ask.reference = mtp::bytes_view(reference).first(5);
  CHECK(store.read(ask).error().text == "FILE_REFERENCE_INVALID");
  ask.reference = reference;
  CHECK(store.read(ask));
  ask.access_hash ^= 1;
  CHECK(store.read(ask).error().text == "FILE_ID_INVALID");
  ask.access_hash ^= 1;
  store.expire_references();
  CHECK(store.read(ask).error().text == "FILE_REFERENCE_EXPIRED");
}
