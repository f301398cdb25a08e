// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/net/address_book.hpp>

#include "support/catch.hpp"

using namespace mtp;

TEST_CASE("an address book is read from a line", "[net][address]") {
  auto const book = parse_address_book("2@127.0.0.1:4430, 4@[::1]:443,2@dc.example:80");
  REQUIRE(book);
  address_book const expected{{2, {{"127.0.0.1", 4430}, {"dc.example", 80}}}, {4, {{"::1", 443}}}};
  CHECK(*book == expected);
}

TEST_CASE("a line that is no address book is refused with the part at fault", "[net][address]") {
  char const* const wrong =
      GENERATE("", ",", "2", "2@", "@h:1", "2@h", "2@h:", "2@h:0", "2@h:65536", "2@h:1x", "0@h:1",
               "-2@h:1", "10000@h:1", "2@:1", "2@::1:443", "2@[::1]", "2@[h]:1", "2@h/x:1",
               "2@h h:1", "x@h:1", "2@127.0.0.1:4430,,4@h:1", "2@1@h:1");
  CAPTURE(wrong);
  auto const book = parse_address_book(wrong);
  REQUIRE(!book);
  CHECK(!book.error().empty());
}

TEST_CASE("the built-in addresses know every data centre of both worlds", "[net][address]") {
  auto const& real = builtin_addresses(dc_environment::production);
  auto const& trial = builtin_addresses(dc_environment::test);
  CHECK(real.size() == 5);
  CHECK(trial.size() == 3);
  CHECK(real.at(2).front() == dc_endpoint{"149.154.167.51", 443});
  CHECK(trial.at(2).front() == dc_endpoint{"149.154.167.40", 443});
}
