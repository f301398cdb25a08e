// SPDX-License-Identifier: MIT OR Apache-2.0
#include "support.hpp"

// The rules for what one side has and the other has not. Each test has two layers of its own.

namespace {

using namespace mtp::test;

TEST_CASE("a value keeps the fields that both sides have", "[transcode][rules]") {
  two_layers const t("a#1 x:int y:string = A;", "a#2 x:int y:string = A;");
  CHECK(t.value(t.in()("a").u32(7).text("seven")) == hex(t.out()("a").u32(7).text("seven")));
}

TEST_CASE("a field that the other side lacks is dropped", "[transcode][rules]") {
  two_layers const t("a#1 flags:# gone:string x:int old:flags.0?long bit:flags.1?true z:int = A;",
                     "a#2 x:int z:int = A;");
  CHECK(t.value(t.in()("a").u32(3).text("gone").u32(7).i64(1).u32(9)) ==
        hex(t.out()("a").u32(7).u32(9)));
}

TEST_CASE("a required field that only the other side has gets a default", "[transcode][rules]") {
  two_layers const t(
      "b#5 = B;\na#1 x:int = A;",
      "b#5 = B; c#6 y:int = C; c2#7 = C;\n"
      "a#2 flags:# n:int l:long d:double s:string x:int y:bytes v:Vector<int> w:vector<int> "
      "t:Bool b:B c:C k:int128 o:flags.3?int = A;");
  auto const want = t.out()("a")
                        .u32(0)
                        .u32(0)
                        .i64(0)
                        .i64(0)
                        .text("")
                        .u32(7)
                        .text("")
                        .list(0)
                        .u32(0)
                        .no()("b")("c2")
                        .i64(0)
                        .i64(0);
  CHECK(t.value(t.in()("a").u32(7)) == hex(want));
}

TEST_CASE("an optional field that only the other side has stays absent", "[transcode][rules]") {
  two_layers const t("a#1 x:int = A;",
                     "a#2 flags:# new:flags.4?string x:int bit:flags.5?true = A;");
  CHECK(t.value(t.in()("a").u32(7)) == hex(t.out()("a").u32(0).u32(7)));
}

TEST_CASE("bits move to where the other side has them, in any flag word", "[transcode][rules]") {
  two_layers const t("a#1 flags:# p:flags.0?true q:flags.9?int flags2:# r:flags2.1?true = A;",
                     "a#2 flags:# r:flags.30?true flags2:# q:flags2.2?int p:flags2.3?true = A;");
  CHECK(t.value(t.in()("a").u32(1 | 1 << 9).u32(5).u32(2)) ==
        hex(t.out()("a").u32(1u << 30).u32(4 | 8).u32(5)));
  CHECK(t.value(t.in()("a").u32(1 << 9).u32(5).u32(0)) == hex(t.out()("a").u32(0).u32(4).u32(5)));
}

TEST_CASE("bits that no field uses are not kept", "[transcode][rules]") {
  two_layers const t("a#1 flags:# x:int = A;", "a#2 flags:# x:int y:flags.7?int = A;");
  CHECK(t.value(t.in()("a").u32(0xffffffff).u32(1)) == hex(t.out()("a").u32(0).u32(1)));
}

TEST_CASE("a field may become optional or required", "[transcode][rules]") {
  two_layers const t("a#1 flags:# x:int y:flags.0?int = A;",
                     "a#2 flags:# x:flags.3?int y:int = A;");
  CHECK(t.value(t.in()("a").u32(1).u32(5).u32(6)) == hex(t.out()("a").u32(8).u32(5).u32(6)));
  CHECK(t.value(t.in()("a").u32(0).u32(5)) == hex(t.out()("a").u32(8).u32(5).u32(0)));
}

TEST_CASE("an unknown constructor is dropped where the field is optional", "[transcode][rules]") {
  two_layers const t("b#5 = B; c#6 x:int = B; a#1 flags:# b:flags.0?B n:int = A;",
                     "b#5 = B; a#1 flags:# b:flags.0?B n:int = A;");
  CHECK(t.value(t.in()("a").u32(1)("c").u32(9).u32(7)) == hex(t.out()("a").u32(0).u32(7)));
  CHECK(t.value(t.in()("a").u32(1)("b").u32(7)) == hex(t.out()("a").u32(1)("b").u32(7)));
}

TEST_CASE("an unknown constructor is left out of a list", "[transcode][rules]") {
  two_layers const t("b#5 y:int = B; c#6 x:string = B; a#1 v:Vector<B> n:int = A;",
                     "b#5 y:int = B; a#2 v:Vector<B> n:int = A;");
  auto const in =
      t.in()("a").list(4)("c").text("one")("b").u32(2)("c").text("three")("b").u32(4).u32(7);
  CHECK(t.value(in) == hex(t.out()("a").list(2)("b").u32(2)("b").u32(4).u32(7)));
}

TEST_CASE("elsewhere the constructor with the fewest required fields stands for it",
          "[transcode][rules]") {
  two_layers const t("d#7 x:int = B; a#1 b:B n:int = A;",
                     "b#5 x:int y:int = B; c#6 flags:# o:flags.0?int x:int = B; e#8 p:int q:int = "
                     "B; a#2 b:B n:int = A;");
  // What both have is kept.
  CHECK(t.value(t.in()("a")("d").u32(42).u32(7)) == hex(t.out()("a")("c").u32(0).u32(42).u32(7)));
}

TEST_CASE("what stands for a value must be possible to make", "[transcode][rules]") {
  // b has the fewest fields but needs a B itself: that one must be another.
  two_layers const t("d#7 = B; a#1 b:B = A;", "b#5 b:B = B; c#6 x:int y:int = B; a#2 b:B = A;");
  CHECK(t.value(t.in()("a")("d")) == hex(t.out()("a")("b")("c").u32(0).u32(0)));
}

TEST_CASE("where nothing can stand for it the value is an error that names it",
          "[transcode][rules]") {
  two_layers const t("d#7 = B; b#5 = B; a#1 b:B = A;", "b#5 b:B = B; a#2 b:B = A;");
  auto const done = t.go.value(t.in()("a")("d"));
  REQUIRE_FALSE(done);
  CHECK(done.error().code == transcode_errc::no_counterpart);
  CHECK(done.error().name == "d");
}

TEST_CASE("at the top nothing stands for an unknown constructor", "[transcode][rules]") {
  two_layers const t("a#1 = A; b#2 = A;", "a#1 = A;");
  auto const done = t.go.value(t.in()("b"));
  REQUIRE_FALSE(done);
  CHECK(done.error().code == transcode_errc::no_counterpart);
  CHECK(done.error().name == "b");
}

TEST_CASE("an unknown constructor deep down takes with it as little as possible",
          "[transcode][rules]") {
  two_layers const t(
      "gone#9 = N; b#5 n:N = B; a#1 flags:# v:Vector<B> o:flags.0?B = A;",
      "new#8 q:Q = N; q#7 q:Q = Q; b#5 n:N = B; a#1 flags:# v:Vector<B> o:flags.0?B = A;");
  // N cannot be made, so each B goes; the list and the optional field can do without.
  CHECK(t.value(t.in()("a").u32(1).list(1)("b")("gone")("b")("gone")) ==
        hex(t.out()("a").u32(0).list(0)));
}

TEST_CASE("fields that share a bit are all there or none", "[transcode][rules]") {
  two_layers const t("n#3 = N; m#4 = N; a#1 flags:# x:flags.1?int n:flags.2?N = A;",
                     "n#3 = N; a#2 flags:# t:flags.1?true x:flags.1?int y:flags.1?string "
                     "n:flags.2?N k:flags.2?int = A;");
  CHECK(t.value(t.in()("a").u32(2).u32(7)) == hex(t.out()("a").u32(2).u32(7).text("")));
  CHECK(t.value(t.in()("a").u32(0)) == hex(t.out()("a").u32(0)));
  CHECK(t.value(t.in()("a").u32(4)("m")) == hex(t.out()("a").u32(4)("n").u32(0)));
}

TEST_CASE("fields that moved into a constructor of their own are gathered there",
          "[transcode][rules]") {
  two_layers const t("a#1 flags:# reply_to_msg_id:flags.0?int top_msg_id:flags.9?int z:string = A;",
                     "none#7 = InputReplyTo; inputReplyToMessage#8 flags:# reply_to_msg_id:int "
                     "top_msg_id:flags.0?int quote:flags.1?string = InputReplyTo; "
                     "a#2 z:string flags:# reply_to:flags.3?InputReplyTo end:string = A;");
  auto const both = t.in()("a").u32(1 | 1 << 9).u32(5).u32(6).text("z");
  CHECK(t.value(both) ==
        hex(t.out()("a").text("z").u32(8)("inputReplyToMessage").u32(1).u32(5).u32(6).text("")));
  auto const one = t.in()("a").u32(1).u32(5).text("z");
  CHECK(t.value(one) ==
        hex(t.out()("a").text("z").u32(8)("inputReplyToMessage").u32(0).u32(5).text("")));
  auto const neither = t.in()("a").u32(1 << 9).u32(6).text("z");
  CHECK(t.value(neither) == hex(t.out()("a").text("z").u32(0).text("")));
}

TEST_CASE("fields that shared a bit may part", "[transcode][rules]") {
  two_layers const t("a#1 flags:# t:flags.1?true x:flags.1?int y:flags.1?string = A;",
                     "a#2 flags:# y:flags.3?string t:flags.0?true = A;");
  CHECK(t.value(t.in()("a").u32(2).u32(7).text("y")) == hex(t.out()("a").u32(8 | 1).text("y")));
}

}  // namespace
