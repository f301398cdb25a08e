// SPDX-License-Identifier: MIT OR Apache-2.0
#include "libsql/hrana_json.hpp"

#include "support/catch.hpp"

#include <random>

using namespace mtp;
using namespace mtp::libsql;

namespace {

constexpr std::string_view good_answer =
    R"({"baton":"b","base_url":null,"results":[{"type":"ok","response":
{"type":"batch","result":{"step_results":[{"cols":[{"name":"a","decltype":null}],"affected_row_count":1,
"last_insert_rowid":"7","rows":[[{"type":"integer","value":"-5"},{"type":"text","value":"x"}],
[{"type":"blob","base64":"AAEC"},{"type":"null"}]]},null],"step_errors":[null,
{"message":"no","code":"SQLITE_BUSY"}]}}}]})";

std::string replaced(std::string text, std::string_view what, std::string_view with) {
  auto const at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), with);
}

/// Exchanges, leaves out or repeats some of it.
std::string spoilt(std::string text, std::mt19937& random) {
  constexpr std::string_view some = "{}[]\":,0-9.eEnulltruefals\\\xff\x00 ";
  for (int i = 0; i < 3 && !text.empty(); ++i) {
    auto const at = random() % text.size();
    auto const count = random() % 40;
    switch (random() % 3) {
      case 0: text[at] = some[random() % some.size()]; break;
      case 1: text.erase(at, count); break;
      default: text.insert(at, text.substr(at, count));
    }
  }
  return text;
}

}  // namespace

TEST_CASE("an answer of Hrana is read", "[libsql][json]") {
  auto const found = decode_answer(good_answer, 2);
  REQUIRE(found);
  CHECK(found->baton == "b");
  CHECK(found->base.empty());
  REQUIRE(found->outcomes.size() == 2);
  auto const& first = found->outcomes[0];
  CHECK(first.is_done());
  CHECK(first.changed() == 1);
  CHECK(first.integer(0, 0) == -5);
  CHECK(first.text(0, 1) == "x");
  CHECK(bytes(first.blob(1, 0).begin(), first.blob(1, 0).end()) == bytes{0, 1, 2});
  CHECK(first.is_null(1, 1));
  CHECK(first.is_null(2, 0));
  auto const& second = found->outcomes[1];
  CHECK(!second.is_done());
  REQUIRE(second.refused());
  CHECK(second.refused()->code == "SQLITE_BUSY");
}

TEST_CASE("any answer of Hrana is read or refused", "[libsql][json]") {
  CHECK(!decode_answer(good_answer, 1));
  CHECK(!decode_answer(good_answer, 3));
  for (std::size_t i = 0; i < good_answer.size(); ++i)
    CHECK(!decode_answer(good_answer.substr(0, i), 2));
  std::mt19937 random(42);
  for (int i = 0; i < 5'000; ++i) {
    auto const text = spoilt(std::string(good_answer), random);
    auto const found = decode_answer(text, 2);
    if (found && !found->refused) CHECK(found->outcomes.size() == 2);
    message_in(text);
  }
}

TEST_CASE("numbers of Hrana that are none are refused", "[libsql][json]") {
  std::string const good(good_answer);
  for (auto const* number : {"\"1e3\"", "\"9223372036854775808\"", "\"\"", "\" 1\"", "5", "null"})
    CHECK(!decode_answer(replaced(good, "\"-5\"", number), 2));
  for (auto const* count : {"1.5", "1e300", "\"1\"", "null", "[]"})
    CHECK(!decode_answer(replaced(good, ":1,", std::string(":") + count + ","), 2));
  CHECK(!decode_answer(replaced(good, "AAEC", "A*EC"), 2));
  CHECK(!decode_answer(replaced(good, "integer", "float"), 2));
}

TEST_CASE("an answer of Hrana with more values than any is not read to its end", "[libsql][json]") {
  std::string many = R"([{"type":"null"})";
  for (int i = 0; i < 100'000; ++i) many += R"(,{"type":"null"})";
  CHECK(!decode_answer(
      replaced(std::string(good_answer), R"([{"type":"integer")", many + R"(,{"type":"integer")"),
      2));
}
