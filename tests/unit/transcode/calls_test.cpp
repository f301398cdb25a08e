// SPDX-License-Identifier: MIT OR Apache-2.0
#include "support.hpp"

namespace {

using namespace mtp::test;
using mtp::testing::announced_layer;
using mtp::testing::call_reader;

constexpr char const* old_calls =
    "b#5 n:int = B; ---functions---\n"
    "invokeWithLayer#da9b0d0d {X:Type} layer:int query:!X = X;\n"
    "initConnection#c1cd5ea9 {X:Type} flags:# api_id:int query:!X = X;\n"
    "get#11 id:int = B; list#12 id:Vector<int> = Vector<B>; gone#13 = B;";
constexpr char const* new_calls =
    "b#6 n:long = B; ---functions---\n"
    "invokeWithLayer#da9b0d0d {X:Type} layer:int query:!X = X;\n"
    "initConnection#c1cd5eaa {X:Type} flags:# api_id:int params:flags.1?int query:!X = X;\n"
    "get#21 flags:# id:long = B; list#22 id:Vector<long> = Vector<B>;";

two_layers const& calls() {
  static two_layers const both(old_calls, new_calls);
  return both;
}

TEST_CASE("a call is carried by name, with the calls in it", "[transcode][calls]") {
  two_layers const& t = calls();
  auto const in = t.in()("invokeWithLayer").u32(158)("initConnection").u32(0).u32(6)("get").u32(7);
  CHECK(t.call(in) == hex(t.out()("invokeWithLayer")
                              .u32(158)("initConnection")
                              .u32(0)
                              .u32(6)("get")
                              .u32(0)
                              .i64(7)));
}

TEST_CASE("a call that the other side lacks is an error that names it", "[transcode][calls]") {
  two_layers const& t = calls();
  auto const done = t.go.call(t.in()("invokeWithLayer").u32(158)("gone"));
  REQUIRE_FALSE(done);
  CHECK(done.error().code == transcode_errc::no_counterpart);
  CHECK(done.error().name == "gone");
  CHECK(done.error().message() == "the other layer has nothing for it: gone");
}

TEST_CASE("a call of an unknown id is an error that shows it", "[transcode][calls]") {
  two_layers const& t = calls();
  auto const done = t.go.call(t.in()("invokeWithLayer").u32(158).u32(0xbad));
  REQUIRE_FALSE(done);
  CHECK(done.error().code == transcode_errc::unknown_function);
  CHECK(done.error().name == "#00000bad");
  // A constructor is no call, and a function no value.
  CHECK(t.go.call(t.in()("b").u32(1)).error().code == transcode_errc::unknown_function);
  CHECK(t.go.value(t.in()("get").u32(1)).error().code == transcode_errc::unknown_constructor);
}

TEST_CASE("an answer is read by the function that gave it", "[transcode][calls]") {
  two_layers const& t = calls();
  CHECK(t.hex(t.go.answer("get", t.in()("b").u32(7))) == hex(t.out()("b").i64(7)));
  CHECK(t.hex(t.go.answer("list", t.in().list(2)("b").u32(1)("b").u32(2))) ==
        hex(t.out().list(2)("b").i64(1)("b").i64(2)));
  CHECK(t.go.answer("list", t.in()("b").u32(7)).error().code == transcode_errc::wrong_constructor);
  CHECK(t.go.answer("gone", t.in()("b").u32(7)).error().code == transcode_errc::no_counterpart);
  CHECK(t.go.answer("nothing", t.in()("b").u32(7)).error().code ==
        transcode_errc::unknown_function);
}

TEST_CASE("an answer of a constructor that the other side lacks gets a stand-in",
          "[transcode][calls]") {
  two_layers const t("b#5 n:int = B; c#6 n:int = B; ---functions--- get#1 = B;",
                     "b#5 n:int = B; ---functions--- get#2 = B;");
  CHECK(t.hex(t.go.answer("get", t.in()("c").u32(7))) == hex(t.out()("b").u32(7)));
}

TEST_CASE("an answer of a function that now answers something else gets a default",
          "[transcode][calls]") {
  two_layers const t(
      "b#5 n:int = B; ---functions--- get#1 = B;",
      "boolFalse#bc799737 = Bool; boolTrue#997275b5 = Bool; ---functions--- get#2 = Bool;");
  CHECK(t.hex(t.go.answer("get", t.in()("b").u32(7))) == hex(t.out().no()));
}

TEST_CASE("the innermost call is found through its wrappers", "[transcode][calls]") {
  document_ptr const schema = make_schema(old_calls);
  call_reader const reader(schema);
  auto const wrapped =
      writer(schema)("invokeWithLayer").u32(158)("initConnection").u32(0).u32(6)("get").u32(7);
  auto const found = reader.innermost(wrapped);
  REQUIRE(found);
  CHECK(found->name == "get");
  CHECK(found->id == 0x11);
  CHECK(found->offset == 20);
  auto const packed =
      reader.innermost(writer(schema)("invokeWithLayer").u32(158).u32(0x3072cfa1).text("zip"));
  REQUIRE(packed);
  CHECK(packed->name.empty());
  CHECK(packed->id == 0x3072cfa1);
  CHECK(packed->offset == 8);
}

TEST_CASE("wrappers without end are refused", "[transcode][calls]") {
  document_ptr const schema = make_schema(old_calls);
  writer w(schema);
  for (int i = 0; i < 1000; ++i) w("invokeWithLayer").u32(158);
  CHECK(call_reader(schema).innermost(w("get").u32(1)).error().code == transcode_errc::too_deep);
  CHECK(call_reader(schema).innermost(writer(schema)("invokeWithLayer")).error().code ==
        transcode_errc::truncated);
  CHECK(call_reader(schema).innermost({}).error().code == transcode_errc::truncated);
  CHECK_FALSE(announced_layer(writer(schema)("get").u32(1)).has_value());
}

TEST_CASE("the layer of a call is found before anything else is known", "[transcode][calls]") {
  document_ptr const ours = mtp::testing::own_schema();
  CHECK(announced_layer(writer(ours)("invokeWithLayer").u32(158)) == 158);
  CHECK(announced_layer(writer(ours)("invokeWithoutUpdates")("invokeWithLayer").u32(158)) == 158);
  CHECK(announced_layer(writer(ours)("invokeAfterMsg").i64(1)("invokeWithLayer").u32(9)) == 9);
  CHECK(announced_layer(
            writer(ours)("invokeAfterMsgs").list(2).i64(1).i64(2)("invokeWithLayer").u32(9)) == 9);
  CHECK(announced_layer(writer(ours)("invokeWithMessagesRange")("messageRange")
                            .u32(1)
                            .u32(2)("invokeWithLayer")
                            .u32(9)) == 9);
  CHECK_FALSE(
      announced_layer(writer(ours)("invokeAfterMsgs").list(0xffffffff)("invokeWithLayer").u32(9))
          .has_value());
  CHECK_FALSE(announced_layer(writer(ours)("help.getConfig").u32(0)).has_value());
  CHECK_FALSE(announced_layer({}).has_value());
}

}  // namespace
