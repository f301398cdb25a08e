// SPDX-License-Identifier: MIT OR Apache-2.0
#include "methods/peers/peer_name.hpp"

#include "support/catch.hpp"

#include <string>

using mtp::detail::to_username;

TEST_CASE("a username is the same however it is written", "[client][names]") {
  for (auto const* written : {"alice_1",
                              "@alice_1",
                              "ALICE_1",
                              "@Alice_1",
                              "  @alice_1\n",
                              "t.me/alice_1",
                              "https://t.me/alice_1",
                              "http://T.me/Alice_1",
                              "https://www.t.me/alice_1/",
                              "https://t.me/alice_1/42",
                              "https://t.me/alice_1?start=x",
                              "https://t.me/s/alice_1",
                              "https://t.me/s/alice_1/42?single#x",
                              "telegram.me/alice_1",
                              "telegram.dog/alice_1",
                              "alice_1.t.me",
                              "https://alice_1.t.me/42",
                              "tg://resolve?domain=alice_1",
                              "tg:resolve?domain=Alice_1&post=42",
                              "tg://resolve?post=42&domain=alice_1#x"}) {
    INFO(written);
    CHECK(to_username(written) == "alice_1");
  }
  CHECK(to_username("s") == "s");
  CHECK(to_username("joinchat") == "joinchat");
  CHECK(to_username("tme") == "tme");
}

TEST_CASE("what names no account is no username", "[client][names]") {
  for (auto const* written : {"",
                              "@",
                              "@@alice",
                              " ",
                              "a b",
                              "ali-ce",
                              "алиса",
                              "+4912345",
                              "https://",
                              "https://t.me",
                              "https://t.me/",
                              "t.me/",
                              "t.me/s/",
                              "t.me/?start=x",
                              ".t.me",
                              "a.b.t.me",
                              "https://alice",
                              "https://example.com/alice",
                              "https://t.me.example.com/alice",
                              "t.me/+AbCdEf",
                              "t.me/joinchat/AbCdEf",
                              "t.me/c/1234/5",
                              "t.me/addstickers/Cats",
                              "t.me/proxy?server=1",
                              "tg://resolve?phone=4912345",
                              "tg://resolve?domain=",
                              "tg://join?invite=AbCdEf",
                              "tg://user?id=5",
                              "tg://"}) {
    INFO(written);
    CHECK_FALSE(to_username(written).has_value());
  }
  CHECK_FALSE(to_username(std::string(65, 'a')).has_value());
  CHECK(to_username(std::string(64, 'a')).has_value());
  CHECK_FALSE(to_username(std::string_view("a\0b", 3)).has_value());
}
