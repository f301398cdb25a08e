// SPDX-License-Identifier: MIT OR Apache-2.0
#include "net/address_order.hpp"

#include "support/catch.hpp"

using namespace mtp;
using net::address_filter;
using net::order_addresses;

namespace {

dc_endpoint at(std::string host) { return {.host = std::move(host), .port = 443}; }

std::vector<std::string> hosts(std::vector<dc_endpoint> const& all) {
  std::vector<std::string> out;
  for (auto const& one : all) out.push_back(one.host);
  return out;
}

using names = std::vector<std::string>;

}  // namespace

TEST_CASE("the two families take turns, each in its own order", "[net][address]") {
  std::vector<dc_endpoint> const known{at("1.1.1.1"), at("2.2.2.2"), at("3.3.3.3"), at("::1"),
                                       at("::2")};
  CHECK(hosts(order_addresses(known, {}, {})) ==
        names{"1.1.1.1", "::1", "2.2.2.2", "::2", "3.3.3.3"});
}

TEST_CASE("the family of the first address of the book begins", "[net][address]") {
  std::vector<dc_endpoint> const known{at("::1"), at("1.1.1.1"), at("::2")};
  CHECK(hosts(order_addresses(known, {}, {})) == names{"::1", "1.1.1.1", "::2"});
}

TEST_CASE("without IPv6 only the others remain", "[net][address]") {
  std::vector<dc_endpoint> const known{at("::1"), at("1.1.1.1")};
  CHECK(hosts(order_addresses(known, {.ipv6 = false}, {})) == names{"1.1.1.1"});
}

TEST_CASE("the address that worked last comes first", "[net][address]") {
  std::vector<dc_endpoint> const known{at("1.1.1.1"), at("::1"), at("2.2.2.2")};
  CHECK(hosts(order_addresses(known, {}, at("2.2.2.2"))) == names{"2.2.2.2", "1.1.1.1", "::1"});
  // One that left the book is forgotten.
  CHECK(hosts(order_addresses(known, {}, at("9.9.9.9"))) == names{"1.1.1.1", "::1", "2.2.2.2"});
}

TEST_CASE("addresses for media serve transfers, first, and nothing else", "[net][address]") {
  auto media = at("5.5.5.5");
  media.media_only = true;
  std::vector<dc_endpoint> const known{at("1.1.1.1"), media};
  CHECK(hosts(order_addresses(known, {}, media)) == names{"1.1.1.1"});
  auto const purpose = GENERATE(link_purpose::upload, link_purpose::download);
  CHECK(hosts(order_addresses(known, {.purpose = purpose}, {})) == names{"5.5.5.5", "1.1.1.1"});
}

TEST_CASE("what worked last comes first among its like, and not before those for media",
          "[net][address]") {
  std::vector<dc_endpoint> known{at("1.1.1.1"), at("2.2.2.2"), at("5.5.5.5"), at("6.6.6.6")};
  known[2].media_only = known[3].media_only = true;
  address_filter const filter{.purpose = link_purpose::download};
  CHECK(hosts(order_addresses(known, filter, known[1])) ==
        names{"5.5.5.5", "6.6.6.6", "2.2.2.2", "1.1.1.1"});
  CHECK(hosts(order_addresses(known, filter, known[3])) ==
        names{"6.6.6.6", "5.5.5.5", "1.1.1.1", "2.2.2.2"});
}

TEST_CASE("addresses that this connection cannot use are left out", "[net][address]") {
  auto one = at("1.1.1.1");
  SECTION("of a CDN") { one.cdn = true; }
  SECTION("without a port") { one.port = 0; }
  SECTION("for obfuscated connections") { one.tcpo_only = true; }
  SECTION("with a secret") { one.secret = {1, 2, 3}; }
  CHECK(order_addresses({one}, {}, one).empty());
}

TEST_CASE("an address that wants a disguise is used where there is one", "[net][address]") {
  auto one = at("1.1.1.1");
  one.tcpo_only = true;
  CHECK(order_addresses({one}, {.obfuscated = true}, {}).size() == 1);
}

TEST_CASE("behind a proxy only fixed addresses serve; others use them too", "[net][address]") {
  auto fixed = at("2.2.2.2");
  fixed.is_static = true;
  std::vector<dc_endpoint> const known{at("1.1.1.1"), fixed};
  CHECK(hosts(order_addresses(known, {.static_only = true}, {})) == names{"2.2.2.2"});
  CHECK(hosts(order_addresses(known, {}, {})) == names{"1.1.1.1", "2.2.2.2"});
}
