// SPDX-License-Identifier: MIT OR Apache-2.0
#include "support.hpp"

namespace {

using namespace mtp::test;

TEST_CASE("fields may stand in another order", "[transcode][order]") {
  two_layers const t("a#1 x:int y:string z:Vector<long> = A;",
                     "a#2 z:Vector<long> y:string x:int = A;");
  CHECK(t.value(t.in()("a").u32(1).text("two").list(1).i64(3)) ==
        hex(t.out()("a").list(1).i64(3).text("two").u32(1)));
}

TEST_CASE("a flag word may come after fields that needed none", "[transcode][order]") {
  two_layers const t("a#1 x:int flags:# y:flags.0?int flags2:# z:flags2.0?int = A;",
                     "a#2 flags:# z:flags.0?int y:flags.1?int x:flags.2?int = A;");
  CHECK(t.value(t.in()("a").u32(1).u32(1).u32(2).u32(1).u32(3)) ==
        hex(t.out()("a").u32(7).u32(3).u32(2).u32(1)));
}

TEST_CASE("structures in another order are converted inside", "[transcode][order]") {
  two_layers const t("b#5 n:int = B; a#1 x:B y:B = A;", "b#6 m:int n:long = B; a#2 y:B x:B = A;");
  CHECK(t.value(t.in()("a")("b").u32(1)("b").u32(2)) ==
        hex(t.out()("a")("b").u32(0).i64(2)("b").u32(0).i64(1)));
}

TEST_CASE("what cannot be carried is skipped in another order too", "[transcode][order]") {
  two_layers const t("c#7 s:string = B; b#5 n:int = B; a#1 flags:# x:flags.0?B y:int z:B = A;",
                     "b#5 n:int = B; a#2 flags:# z:B y:int x:flags.0?B = A;");
  CHECK(t.value(t.in()("a").u32(1)("c").text("long enough").u32(4)("c").text("z")) ==
        hex(t.out()("a").u32(0)("b").u32(0).u32(4)));
}

}  // namespace
