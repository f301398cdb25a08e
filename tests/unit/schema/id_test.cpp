// SPDX-License-Identifier: MIT OR Apache-2.0
#include "support.hpp"

#include <support/vectors/constructor_ids.hpp>

namespace {

using namespace mtp::tl::schema;

/// The declaration alone; the types it uses stand elsewhere.
definition read_alone(std::string_view text) {
  bool const call =
      text.find('!') != text.npos || text.starts_with("req_") || text.starts_with("ping");
  std::string const whole = (call ? "---functions--- " : "") + std::string(text) + ';';
  parsed const read = parse(whole, {.unknown_type = severity::warning});
  INFO(text << '\n' << mtp::tl::schema::text(read.problems));
  if (read.schema.definitions().size() == 1) return read.schema[0];
  FAIL("not one declaration");
  return {};
}

TEST_CASE("CRC32 gives its check value", "[schema][id]") {
  CHECK(crc32("123456789") == 0xcbf43926);
  CHECK(crc32("") == 0);
}

TEST_CASE("ids follow from the text of declarations", "[schema][id]") {
  for (auto const& vector : mtp::test::constructor_id_vectors) {
    if (vector.definition.find("vector<message>") != vector.definition.npos) continue;
    if (vector.definition.find("vector<future_salt>") != vector.definition.npos) continue;
    definition const one = read_alone(vector.definition);
    CHECK(id_text(one) == vector.normalised);
    CHECK(one.id == vector.id);
    CHECK(computed_id(one) == vector.id);
  }
}

TEST_CASE("ids of declarations with bare constructors follow too", "[schema][id]") {
  document const read = mtp::test::parse_good(
      "message msg_id:long = Message; future_salt x:int = FutureSalt;\n"
      "msg_container messages:vector<message> = MessageContainer;\n"
      "future_salts req_msg_id:long now:int salts:vector<future_salt> = FutureSalts;");
  CHECK(read.find_constructor("msg_container")->id == 0x73f1f8dc);
  CHECK(read.find_constructor("future_salts")->id == 0xae500895);
}

TEST_CASE("the id rule replaces `bytes` only as a whole type", "[schema][id]") {
  definition const one =
      mtp::test::parse_one("a flags:# bytes:int x:bytes y:flags.1?bytes z:Vector<bytes> = A;");
  CHECK(id_text(one) == "a flags:# bytes:int x:string y:flags.1?string z:Vector bytes = A");
}

TEST_CASE("the id rule drops flags of any flag word and nothing else", "[schema][id]") {
  definition const one =
      mtp::test::parse_one("a flags:# b:flags.0?true flags2:# c:flags2.5?true d:true = A;");
  CHECK(id_text(one) == "a flags:# flags2:# d:true = A");
}

}  // namespace
