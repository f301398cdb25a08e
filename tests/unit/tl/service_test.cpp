// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/tl/service.hpp>

#include "support/catch.hpp"
#include "support/hex.hpp"

namespace {

namespace tl = mtp::tl;
using namespace mtp::tl::mtproto;

mtp::bytes encoded(auto const& value) {
  auto out = tl::encode(value);
  REQUIRE(out);
  return *out;
}

}  // namespace

TEST_CASE("a function is written as its id and its fields", "[tl]") {
  ping const request{.ping_id = 0x0102030405060708};
  CHECK(mtp::test::to_hex(encoded(request)) == "ec77be7a0807060504030201");
  STATIC_REQUIRE(tl::tl_function<ping>);
  STATIC_REQUIRE(std::is_same_v<tl::answer<ping>, mtp::received<pong>>);
  auto const back = tl::decode<ping>(encoded(request));
  REQUIRE(back);
  auto const value = *back;
  CHECK(*value == request);
}

TEST_CASE("vectors may be boxed or bare, and so may their elements", "[tl]") {
  future_salts value{.req_msg_id = 1, .now = 2};
  value.salts = {future_salt{.valid_since = 3, .valid_until = 4, .salt = 5}};
  CHECK(mtp::test::to_hex(encoded(value)) ==
        "950850ae"
        "0100000000000000"
        "02000000"
        "01000000"
        "03000000"
        "04000000"
        "0500000000000000");
  msgs_ack const ack{.msg_ids = {7}};
  CHECK(mtp::test::to_hex(encoded(ack)) ==
        "59b4d662"
        "15c4b51c"
        "01000000"
        "0700000000000000");
}

TEST_CASE("the body of a message in a container is as long as the message says", "[tl]") {
  msg_container box;
  box.messages.push_back(
      message{.msg_id = 1, .seqno = 2, .bytes = 12, .body = encoded(ping{.ping_id = 9})});
  box.messages.push_back(
      message{.msg_id = 3, .seqno = 4, .bytes = 12, .body = encoded(ping{.ping_id = 8})});
  auto const data = encoded(box);
  auto const back = tl::decode<msg_container>(data);
  REQUIRE(back);
  auto const value = *back;
  CHECK(*value == box);
  CHECK(value->messages[1].body.view().size() == 12);

  mtp::bytes lies = data;
  lies[8 + 12] = 0xff;
  auto const refused = tl::decode<msg_container>(lies);
  REQUIRE(!refused);
  CHECK(refused.error().code == tl::decode_errc::truncated);
  CHECK(refused.error().path == "msg_container.messages[0].body");
}

TEST_CASE("a sum type holds one of its constructors", "[tl]") {
  Set_client_DH_params_answer answer;
  CHECK(answer.tag() == Set_client_DH_params_answer::tags::none);
  CHECK(!answer);
  dh_gen_retry retry;
  retry.nonce[0] = 1;
  answer = retry;
  REQUIRE(answer.get_if<dh_gen_retry>());
  CHECK(answer.get_if<dh_gen_ok>() == nullptr);
  CHECK(answer.tag() == Set_client_DH_params_answer::tags::dh_gen_retry);
  auto const id = answer.visit([](auto const& one) { return one.tl_id; });
  CHECK(id == dh_gen_retry::tl_id);
  auto const copy = answer;
  CHECK(copy == answer);
  answer.get_if<dh_gen_retry>()->nonce[0] = 2;
  CHECK(!(copy == answer));
  auto const back = tl::decode<Set_client_DH_params_answer>(encoded(copy));
  REQUIRE(back);
  auto const value = *back;
  CHECK(*value == copy);
}

TEST_CASE("an unknown constructor is an error that names the id", "[tl]") {
  auto const refused = tl::decode<DestroySessionRes>(encoded(ping{}));
  REQUIRE(!refused);
  CHECK(refused.error().code == tl::decode_errc::unknown_constructor);
  CHECK(refused.error().constructor == ping::tl_id);
  CHECK(refused.error().offset == 0);
}

TEST_CASE("trailing bytes are refused, or counted when allowed", "[tl]") {
  auto data = encoded(pong{.msg_id = 1, .ping_id = 2});
  data.push_back(0);
  auto const refused = tl::decode<pong>(data);
  REQUIRE(!refused);
  CHECK(refused.error().code == tl::decode_errc::trailing_bytes);
  std::size_t consumed = 0;
  auto const taken = tl::decode<pong>(data, {.rest = tl::trailing::allow, .consumed = &consumed});
  CHECK(taken);
  CHECK(consumed == data.size() - 1);
}

TEST_CASE("an empty required part is an error that names the field", "[tl]") {
  mtp::bytes out = {1, 2, 3};
  auto const done = tl::encode(out, Set_client_DH_params_answer{});
  REQUIRE(!done);
  CHECK(done.error().code == tl::encode_errc::empty_field);
  CHECK(out == mtp::bytes{1, 2, 3});
}

TEST_CASE("values print with their names", "[tl]") {
  future_salts value{.req_msg_id = 1, .now = -2};
  value.salts = {future_salt{.valid_since = 3, .valid_until = 4, .salt = 5}};
  CHECK(tl::to_text(value) ==
        "future_salts{req_msg_id: 1, now: -2, salts: [future_salt{valid_since: 3, valid_until: 4, "
        "salt: 5}]}");
  CHECK(tl::to_text(rpc_error{.error_code = 400, .error_message = "A\"\n\x01"}) ==
        "rpc_error{error_code: 400, error_message: \"A\\\"\\n\\x01\"}");
}
