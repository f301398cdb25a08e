// SPDX-License-Identifier: MIT OR Apache-2.0
#include "support/catch.hpp"

#include <mtp/tl/api.hpp>
#include <mtp/tl/names.hpp>
#include <mtp/tl/service.hpp>

namespace {

namespace tl = mtp::tl;

std::string const long_text(20, 'x');

}  // namespace

TEST_CASE("the types of TL itself print as what they are", "[tl][api]") {
  CHECK(tl::to_text(std::int32_t{-7}) == "-7");
  CHECK(tl::to_text(true) == "true");
  CHECK(tl::to_text(1.5) == "1.5");
  CHECK(tl::to_text(tl::string("a\"b")) == "\"a\\\"b\"");
  CHECK(tl::to_text(tl::bytes(mtp::bytes{1, 0xfe})) == "0x01fe");
  CHECK(tl::to_text(tl::list<std::int32_t>{1, -2}) == "[1, -2]");
  CHECK(tl::to_text(tl::list<std::int64_t>{}) == "[]");
  CHECK(tl::to_text(tl::list<tl::string>{"a", "b"}) == "[\"a\", \"b\"]");
}

TEST_CASE("printing can be spread over lines and kept short", "[tl][api]") {
  tl::inputUser const someone{.user_id = 1, .access_hash = 2};
  CHECK(tl::to_text(someone, {.multiline = true}) ==
        "inputUser{\n  user_id: 1\n  access_hash: 2\n}");
  CHECK(tl::to_text(tl::string(long_text), {.max_text = 3}) == "\"xxx\"... (20 bytes)");
  CHECK(tl::to_text(tl::bytes(mtp::bytes(5, 0xaa)), {.max_text = 2}) == "0xaaaa... (5 bytes)");
  tl::list<std::int32_t> const numbers = {1, 2, 3, 4, 5};
  CHECK(tl::to_text(numbers, {.max_items = 2}) == "[1, 2, ...]");
  CHECK(tl::to_text(numbers, {.max_items = 5}) == "[1, 2, 3, 4, 5]");
}

TEST_CASE("bytes print as the value they hold, or as what is wrong with them", "[tl][api]") {
  auto const data = tl::encode(tl::inputUser{.user_id = 1, .access_hash = 2});
  REQUIRE(data);
  CHECK(tl::bytes_to_text(*data) == "inputUser{user_id: 1, access_hash: 2}");
  auto const service = tl::encode(tl::mtproto::pong{.msg_id = 1, .ping_id = 2});
  REQUIRE(service);
  CHECK(tl::bytes_to_text(*service) == "pong{msg_id: 1, ping_id: 2}");
  mtp::bytes_view const whole = *data;
  CHECK(tl::bytes_to_text(whole.first(10)) == "inputUser{user_id: <cut short>");
  mtp::bytes more = *data;
  more.push_back(0);
  CHECK(tl::bytes_to_text(more) == "inputUser{user_id: 1, access_hash: 2}<1 bytes left over>");
  CHECK(tl::bytes_to_text(mtp::bytes{1, 2, 3, 4}) == "<unknown constructor>");
  CHECK(tl::bytes_to_text({}) == "<cut short>");
}

TEST_CASE("a text with a length that TL does not know is an error", "[tl][api]") {
  auto data = tl::encode(tl::inputPhoneContact{.phone = "1", .first_name = "a", .last_name = "b"});
  REQUIRE(data);
  std::size_t const phone = 4 + 4 + 8;  // behind the id, the flags and client_id
  REQUIRE((*data)[phone] == 1);
  (*data)[phone] = 255;
  auto const refused = tl::decode<tl::inputPhoneContact>(*data);
  REQUIRE(!refused);
  CHECK(refused.error().code == tl::decode_errc::bad_string);
  CHECK(refused.error().path == "inputPhoneContact.phone");
}

TEST_CASE("a text beyond what TL can say is not written", "[tl][api]") {
  std::string const largest((std::size_t{1} << 24) - 1, 'x');
  tl::inputPhoneContact value{.phone = "1", .first_name = largest, .last_name = ""};
  CHECK(tl::encode(value));
  value.first_name = largest + "x";
  auto const refused = tl::encode(value);
  REQUIRE(!refused);
  CHECK(refused.error().code == tl::encode_errc::too_long);
  CHECK(refused.error().field == "first_name");
}
