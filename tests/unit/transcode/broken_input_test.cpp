// SPDX-License-Identifier: MIT OR Apache-2.0
#include "support.hpp"

namespace {

using namespace mtp::test;

two_layers const& layers() {
  static two_layers const both(
      "b#5 s:string = B; r#6 v:Vector<R> = R; c#7 = C; a#1 flags:# b:Bool v:Vector<B> "
      "w:vector<int> l:flags.0?long r:R x:B = A;",
      "b#15 s:string n:int = B; r#16 v:Vector<R> = R; c#7 = C; a#11 flags:# x:B b:Bool v:Vector<B> "
      "w:vector<int> l:flags.0?long r:R = A;");
  return both;
}

writer good() {
  return layers()
      .in()("a")
      .u32(1)
      .yes()
      .list(2)("b")
      .text("first")("b")
      .text("")
      .u32(2)
      .u32(1)
      .u32(2)
      .i64(77)("r")
      .list(1)("r")
      .list(0)("b")
      .text("x");
}

transcode_errc code_of(bytes_view data) {
  auto const done = layers().go.value(data);
  REQUIRE_FALSE(done);
  return done.error().code;
}

TEST_CASE("the good value is good", "[transcode][broken]") { REQUIRE(layers().go.value(good())); }

TEST_CASE("a value cut anywhere is an error", "[transcode][broken]") {
  bytes const whole = good();
  for (std::size_t size = 0; size < whole.size(); ++size) {
    auto const done = layers().go.value(bytes_view(whole).first(size));
    INFO(size);
    REQUIRE_FALSE(done);
    bool const expected = done.error().code == transcode_errc::truncated ||
                          done.error().code == transcode_errc::bad_count;
    CHECK(expected);
  }
}

TEST_CASE("bytes behind a value are an error", "[transcode][broken]") {
  bytes whole = good();
  whole.resize(whole.size() + 4);
  CHECK(code_of(whole) == transcode_errc::trailing_bytes);
}

TEST_CASE("an unknown constructor is an error that shows its id", "[transcode][broken]") {
  CHECK(code_of(layers().in().u32(0x99)) == transcode_errc::unknown_constructor);
  auto const done = layers().go.value(layers().in()("a").u32(0).yes().list(1).u32(0x99).u32(0));
  REQUIRE_FALSE(done);
  CHECK(done.error().code == transcode_errc::unknown_constructor);
  CHECK(done.error().name == "#00000099");
}

TEST_CASE("a constructor of another type is an error", "[transcode][broken]") {
  CHECK(code_of(layers().in()("a").u32(0).yes().list(1)("c").u32(0)) ==
        transcode_errc::wrong_constructor);
  CHECK(code_of(layers().in()("a").u32(0).u32(1)) == transcode_errc::wrong_constructor);
  CHECK(code_of(layers().in()("a").u32(0).yes().u32(1).u32(0)) ==
        transcode_errc::wrong_constructor);
}

TEST_CASE("a count beyond the bytes is an error before anything is reserved",
          "[transcode][broken]") {
  CHECK(code_of(layers().in()("a").u32(0).yes().list(0xffffffff)) == transcode_errc::bad_count);
  CHECK(code_of(layers().in()("a").u32(0).yes().list(0).u32(0x40000000)) ==
        transcode_errc::bad_count);
}

TEST_CASE("a string beyond the bytes, or of a private form, is an error", "[transcode][broken]") {
  CHECK(code_of(layers().in()("b").u32(0x00000005)) == transcode_errc::truncated);
  CHECK(code_of(layers().in()("b").u32(0xfffffffe)) == transcode_errc::truncated);
  CHECK(code_of(layers().in()("b").u32(0x000000ff).u32(0)) == transcode_errc::bad_count);
}

TEST_CASE("a short string in the long form is accepted", "[transcode][broken]") {
  CHECK(layers().go.value(layers().in()("b").u32(0x000001fe).u32('q')));
}

TEST_CASE("values nested without end are an error", "[transcode][broken]") {
  auto const nested = [](int levels) {
    writer w = layers().in();
    for (int i = 0; i < levels; ++i) w("r").list(i + 1 == levels ? 0 : 1);
    return w;
  };
  CHECK(layers().go.value(nested(20)));
  CHECK(code_of(nested(100000)) == transcode_errc::too_deep);
}

TEST_CASE("input and output have a limit", "[transcode][broken]") {
  two_layers const t("b#5 = B; a#1 v:Vector<B> = A;",
                     "b#6 p:string q:string r:int256 = B; a#2 v:Vector<B> = A;",
                     {.max_depth = 10, .max_size = 1000});
  writer w = t.in()("a").list(100);
  for (int i = 0; i < 100; ++i) w("b");
  auto const done = t.go.value(w);
  REQUIRE_FALSE(done);
  CHECK(done.error().code == transcode_errc::too_large);
  bytes const large(1004);
  CHECK(t.go.value(large).error().code == transcode_errc::too_large);
}

TEST_CASE("errors say what is wrong in words", "[transcode][broken]") {
  CHECK(layers().go.value(layers().in().u32(0x99)).error().message() ==
        "unknown constructor: #00000099");
  CHECK(layers().go.value({}).error().message() == "the bytes end inside a value");
}

}  // namespace
