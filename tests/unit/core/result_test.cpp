// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/core/result.hpp>

#include <mtp/core/bytes.hpp>
#include <support/catch.hpp>

#include <memory>
#include <string>

using namespace mtp;

TEST_CASE("a result holds a value or an error", "[core]") {
  result<int> good = 7;
  REQUIRE(good);
  CHECK(*good == 7);
  result<int> bad = failure{std::make_error_code(std::errc::timed_out)};
  REQUIRE(!bad);
  CHECK(bad.error() == std::errc::timed_out);
}

TEST_CASE("a result moves out what cannot be copied", "[core]") {
  result<std::unique_ptr<int>> r = std::make_unique<int>(3);
  std::unique_ptr<int> out = *std::move(r);
  CHECK(*out == 3);
}

TEST_CASE("a result without a value succeeds by default", "[core]") {
  result<void> good;
  CHECK(good);
  result<void> bad = failure{std::make_error_code(std::errc::io_error)};
  CHECK(!bad);
  CHECK(bad.error() == std::errc::io_error);
}

TEST_CASE("little-endian integers come back as they were stored", "[core]") {
  std::uint8_t buffer[8];
  store_le<std::int64_t>(buffer, -2);
  CHECK(buffer[0] == 0xfe);
  CHECK(load_le<std::int64_t>(buffer) == -2);
  CHECK(load_le<std::uint16_t>(buffer) == 0xfffe);
}
