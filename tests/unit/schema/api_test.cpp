// SPDX-License-Identifier: MIT OR Apache-2.0
#include "support.hpp"

#include <support/known_layers.hpp>

namespace {

using namespace mtp::tl::schema;
using mtp::test::read_schema_file;

document const& api() {
  static document const read = mtp::test::parse_good(read_schema_file("api.tl"));
  return read;
}

parsed const& service() {
  static std::string const list = read_schema_file("mtproto.exceptions");
  static parsed const read =
      parse(read_schema_file("mtproto.tl"),
            {.exceptions = parse_exceptions(list, "mtproto.exceptions").entries});
  return read;
}

TEST_CASE("the API schema has its layer, and all of it", "[schema][api]") {
  CHECK((api().counts() == mtp::test::known(api().layer()).many));
}

TEST_CASE("the API schema has its functions in the right namespaces", "[schema][api]") {
  CHECK((api().functions_by_namespace() ==
         std::map<std::string, std::size_t>{
             {"", 11},         {"account", 128}, {"aicompose", 7},  {"auth", 30},
             {"bots", 40},     {"channels", 58}, {"chatlists", 11}, {"communities", 9},
             {"contacts", 30}, {"ephemeral", 8}, {"folders", 1},    {"fragment", 1},
             {"help", 25},     {"langpack", 5},  {"messages", 261}, {"payments", 76},
             {"phone", 43},    {"photos", 5},    {"premium", 5},    {"smsjobs", 7},
             {"stats", 8},     {"stickers", 11}, {"stories", 33},   {"toncenter", 2},
             {"updates", 3},   {"upload", 8},    {"users", 7},      {"wallet", 26}}));
}

TEST_CASE("every id of the API schema follows from its text", "[schema][api]") {
  for (auto const& one : api().definitions()) {
    INFO(print(one));
    REQUIRE(one.printed_id.has_value());
    CHECK(computed_id(one) == *one.printed_id);
    CHECK(api().find_id(one.id) == &one);
  }
}

TEST_CASE("known declarations have their ids", "[schema][api]") {
  CHECK(api().find_constructor("account.password")->id == 0x957b50fb);
  CHECK(api().find_constructor("keyboardButton")->id == 0x2f67a72f);
  CHECK(api().find_constructor("inputUser")->id == 0xf21158c6);
  CHECK(api().find_function("wallet.getState")->id == 0xab83b33a);
  CHECK(api().find_constructor("channel")->id == 0x7ad15240);
  CHECK(api().find_constructor("userFull")->id == 0xb90c2afd);
  CHECK(api().find_constructor("messageReplyHeader")->id == 0xddb5ab75);
  CHECK(api().find_function("messages.setShareTheme")->id == 0x698a9b1a);
  CHECK(api().find_type("Update")->constructors.size() == 170);
}

TEST_CASE("the service schema parses, with three exceptions to the id rule", "[schema][api]") {
  INFO(text(service().problems));
  CHECK(service().problems.empty());
  CHECK((service().schema.counts() == counts{47, 10, 32}));
  std::size_t exceptions = 0;
  for (auto const& one : service().schema.definitions()) {
    REQUIRE(one.printed_id.has_value());
    if (computed_id(one) != one.id) ++exceptions;
  }
  CHECK(exceptions == 3);
  CHECK(service().schema.find_constructor("message")->id == 0x5bb8e511);
}

TEST_CASE("the service schema stands in our own order", "[schema][api]") {
  std::string const text = read_schema_file("mtproto.tl");
  std::size_t const line = text.find('\n');
  CHECK(normalise(service().schema, {text.substr(3, line - 3)}) == text);
}

}  // namespace
