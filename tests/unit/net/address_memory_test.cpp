// SPDX-License-Identifier: MIT OR Apache-2.0
#include "net/address_memory.hpp"

#include "support/catch.hpp"

using namespace mtp;
using net::address_memory;

namespace {

dc_endpoint at(char const* host) { return {.host = host, .port = 443}; }
std::vector<dc_endpoint> const three{at("1.1.1.1"), at("2.2.2.2"), at("3.3.3.3")};

}  // namespace

TEST_CASE("addresses of which nothing is known keep their order", "[net][address]") {
  auto all = three;
  CHECK(address_memory().sort(all) == 3);
  CHECK(all == three);
}

TEST_CASE("an address that led nowhere stands behind the others until it is good",
          "[net][address]") {
  address_memory memory;
  memory.on_bad(three[0]);
  auto all = three;
  CHECK(memory.sort(all) == 2);
  CHECK(all == std::vector{three[1], three[2], three[0]});
  memory.on_good(three[0]);
  all = three;
  CHECK(memory.sort(all) == 3);
  CHECK(all == three);
}

TEST_CASE("of addresses that all led nowhere the best come first", "[net][address]") {
  address_memory memory;
  for (auto const& one : three) memory.on_bad(one);
  memory.on_bad(three[0]);
  memory.on_bad(three[1]);
  memory.on_bad(three[1]);
  auto all = three;
  CHECK(memory.sort(all) == 1);
  CHECK(all == std::vector{three[2], three[0], three[1]});
  memory.forget();
  all = three;
  CHECK(memory.sort(all) == 3);
}

TEST_CASE("what is remembered of addresses is bounded", "[net][address]") {
  address_memory memory;
  auto one = at("1.1.1.1");
  for (std::uint16_t port = 1; port <= 1000; ++port) {
    one.port = port;
    memory.on_bad(one);
  }
  CHECK(memory.failures_of(one) == 1);
  one.port = 1;
  CHECK(memory.failures_of(one) == 0);
}
