// SPDX-License-Identifier: MIT OR Apache-2.0
#include "support.hpp"

// Fields that have another type on the other side.

namespace {

using namespace mtp::test;

TEST_CASE("an int that became a long keeps its value and sign", "[transcode][types]") {
  two_layers const t("a#1 x:int = A;", "a#2 x:long = A;");
  CHECK(t.value(t.in()("a").u32(7)) == hex(t.out()("a").i64(7)));
  CHECK(t.value(t.in()("a").u32(0xffffffff)) == hex(t.out()("a").i64(-1)));
}

TEST_CASE("a long that became an int keeps its value where it fits, else is 0",
          "[transcode][types]") {
  two_layers const t("a#1 x:long = A;", "a#2 x:int = A;");
  CHECK(t.value(t.in()("a").i64(-7)) == hex(t.out()("a").u32(static_cast<std::uint32_t>(-7))));
  CHECK(t.value(t.in()("a").i64(0x100000001)) == hex(t.out()("a").u32(0)));
}

TEST_CASE("numbers go to and from doubles", "[transcode][types]") {
  two_layers const t("a#1 x:int y:long z:double u:double v:double = A;",
                     "a#2 x:double y:double z:int u:long v:int = A;");
  auto const in =
      t.in()("a").u32(static_cast<std::uint32_t>(-3)).i64(5).real(2.75).real(-9).real(1e300);
  CHECK(t.value(in) == hex(t.out()("a").real(-3).real(5).u32(2).i64(-9).u32(0)));
  auto const odd = t.in()("a").u32(0).i64(0).real(__builtin_nan("")).real(1e19).real(-1e10);
  CHECK(t.value(odd) == hex(t.out()("a").real(0).real(0).u32(0).i64(0).u32(0)));
}

TEST_CASE("string and bytes are the same on the wire", "[transcode][types]") {
  two_layers const t("a#1 x:string y:bytes = A;", "a#2 x:bytes y:string = A;");
  std::string const longer(300, 'q');
  CHECK(t.value(t.in()("a").text(longer).text("y")) == hex(t.out()("a").text(longer).text("y")));
}

TEST_CASE("a Bool may become a flag, and a flag a Bool", "[transcode][types]") {
  two_layers const t("a#1 flags:# x:Bool y:flags.0?Bool p:flags.1?true q:flags.2?true = A;",
                     "a#2 flags:# x:flags.5?true y:flags.6?true p:Bool q:flags.7?Bool = A;");
  CHECK(t.value(t.in()("a").u32(7).yes().yes()) == hex(t.out()("a").u32(7u << 5).yes().yes()));
  CHECK(t.value(t.in()("a").u32(1).no().no()) == hex(t.out()("a").u32(0).no()));
}

TEST_CASE("a string may become a text with entities, and go back", "[transcode][types]") {
  char const* plain = "a#1 flags:# x:string y:flags.0?string = A;";
  char const* rich =
      "e#5 = E; textWithEntities#751f3146 text:string entities:Vector<E> = TextWithEntities;"
      "a#2 flags:# x:TextWithEntities y:flags.0?TextWithEntities = A;";
  two_layers const up(plain, rich);
  CHECK(up.value(up.in()("a").u32(1).text("hi").text("yo")) == hex(up.out()("a")
                                                                       .u32(1)("textWithEntities")
                                                                       .text("hi")
                                                                       .list(0)("textWithEntities")
                                                                       .text("yo")
                                                                       .list(0)));
  two_layers const down(rich, plain);
  CHECK(down.value(down.in()("a")
                       .u32(1)("textWithEntities")
                       .text("hi")
                       .list(1)("e")("textWithEntities")
                       .text("yo")
                       .list(0)) == hex(down.out()("a").u32(1).text("hi").text("yo")));
}

TEST_CASE("boxed and bare lists and values go into each other", "[transcode][types]") {
  two_layers const t("b#5 n:int = B; a#1 v:Vector<B> w:vector<b> p:B q:b = A;",
                     "b#6 n:int = B; a#2 v:vector<%B> w:Vector<B> p:%B q:B = A;");
  auto const in = t.in()("a").list(1)("b").u32(1).u32(2).u32(2).u32(3)("b").u32(4).u32(5);
  CHECK(t.value(in) ==
        hex(t.out()("a").u32(1).u32(1).list(2)("b").u32(2)("b").u32(3).u32(4)("b").u32(5)));
}

TEST_CASE("elements of a list change with their type", "[transcode][types]") {
  two_layers const t("a#1 v:Vector<int> w:Vector<Vector<int>> = A;",
                     "a#2 v:Vector<long> w:Vector<Vector<long>> = A;");
  CHECK(t.value(t.in()("a").list(2).u32(1).u32(2).list(1).list(1).u32(3)) ==
        hex(t.out()("a").list(2).i64(1).i64(2).list(1).list(1).i64(3)));
}

TEST_CASE("types without anything in common give the default", "[transcode][types]") {
  two_layers const t(
      "b#5 = B; a#1 flags:# u:int v:string w:Vector<int> x:B y:Bool o:flags.0?string "
      "p:flags.1?true z:int = A;",
      "b#5 = B; a#2 flags:# u:string v:int w:B x:Vector<int> y:string o:flags.0?B p:int z:int = "
      "A;");
  auto const in =
      t.in()("a").u32(3).u32(1).text("v").list(2).u32(1).u32(2)("b").yes().text("o").u32(9);
  CHECK(t.value(in) ==
        hex(t.out()("a").u32(0).text("").u32(0)("b").list(0).text("").u32(0).u32(9)));
}

TEST_CASE("a list whose elements became something else is empty", "[transcode][types]") {
  two_layers const t("b#5 = B; a#1 v:Vector<B> w:Vector<string> = A;",
                     "b#5 = C; c#6 = B; a#2 v:Vector<B> w:Vector<B> = A;");
  CHECK(t.value(t.in()("a").list(2)("b")("b").list(1).text("x")) ==
        hex(t.out()("a").list(0).list(0)));
}

TEST_CASE("a constructor that moved to another type does not fit where the old type is wanted",
          "[transcode][types]") {
  two_layers const t("b#5 = B; a#1 x:B = A;", "b#5 = C; c#6 = B; a#2 x:B = A;");
  CHECK(t.value(t.in()("a")("b")) == hex(t.out()("a")("c")));
}

}  // namespace
