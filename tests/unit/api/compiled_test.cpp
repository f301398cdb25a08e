// SPDX-License-Identifier: MIT OR Apache-2.0
// The types that have code of their own: the code does what the tables say.
#include "random_value.hpp"
#include "support/catch.hpp"
#include "tl/codec/generated.hpp"

#include <mtp/tl/decode.hpp>
#include <mtp/tl/encode.hpp>

#include <string>

namespace {

using namespace mtp::tl;
using codec::ops;

/// The same type without its code.
ops interpreted(ops const& of) {
  ops out = of;
  out.code = nullptr;
  return out;
}

auto read(ops const& of, mtp::bytes data) {
  return detail::decode(mtp::slice(std::move(data)), of, {});
}

/// What code and tables make of a value differently; empty when nothing.
std::string difference(ops const& code, mtp::bytes const& data) {
  ops const tables = interpreted(code);
  auto const a = read(code, data);
  auto const b = read(tables, data);
  if (!a || !b) return "does not decode";
  if (!codec::equal(a->value, b->value, tables)) return "is read differently";
  auto const by_code = detail::encode(a->value, code);
  auto const by_tables = detail::encode(a->value, tables);
  if (!by_code || !by_tables || *by_code != data || *by_tables != data)
    return "is written differently";
  return {};
}

/// The same for a value that is cut short.
std::string difference_of_errors(ops const& code, mtp::bytes const& data, std::size_t size) {
  mtp::bytes const cut(data.begin(), data.begin() + static_cast<std::ptrdiff_t>(size));
  auto const a = read(code, cut);
  auto const b = read(interpreted(code), cut);
  if (a || b) return "decodes though it is cut short";
  if (a.error().code != b.error().code || a.error().path != b.error().path)
    return a.error().text() + ", by tables " + b.error().text();
  return {};
}

template <class See>
std::size_t for_every_compiled(See see) {
  std::size_t count = 0;
  mtp::test::value_writer random(codec::names_of_api, 20261128);
  for (ops const* const of : codec::ops_of_api()) {
    if (!of->code) continue;
    ++count;
    auto const* const named = of->table->find(of->id);
    REQUIRE(named);
    for (int round = 0; round < 24; ++round)
      see(std::string(of->table->name(named->name)), *of, random.write(*named, round % 4));
  }
  return count;
}

}  // namespace

TEST_CASE("code reads and writes what the tables say", "[tl][api]") {
  std::size_t const count =
      for_every_compiled([](std::string const& name, ops const& of, auto const& value) {
        auto const problem = difference(of, value.data);
        if (!problem.empty()) FAIL_CHECK(name << " " << problem);
      });
  CHECK(count > 30);
}

TEST_CASE("code finds the errors that the tables find", "[tl][api]") {
  for_every_compiled([](std::string const& name, ops const& of, auto const& value) {
    if (value.open_end || value.data.size() > 600) return;
    for (std::size_t size = 4; size < value.data.size(); size += 4) {
      auto const problem = difference_of_errors(of, value.data, size);
      if (!problem.empty()) FAIL_CHECK(name << ": " << problem);
    }
  });
}
