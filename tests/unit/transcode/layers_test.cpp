// SPDX-License-Identifier: MIT OR Apache-2.0
#include "support.hpp"

#include <mtp/tl/schema/print.hpp>
#include <support/known_layers.hpp>

#include <span>

namespace {

using namespace mtp::test;
using mtp::testing::layer_match;
using mtp::testing::layer_set;
using mtp::testing::own_schema;

std::string text_of(int layer) {
  return "// LAYER " + std::to_string(layer) + "\na#1 x:int = A;\n";
}

TEST_CASE("our own schema is part of the library", "[layers]") {
  CHECK(mtp::testing::own_schema_text() == read_test_file("../tl/api.tl"));
  CHECK(own_schema() == own_schema());
}

TEST_CASE("some layers before ours are part of the library", "[layers]") {
  std::vector<int> layers;
  for (auto const& one : std::span(known_layers).subspan(1)) {
    layers.push_back(one.layer);
    auto const schema = mtp::testing::older_schema(one.layer);
    REQUIRE(schema != nullptr);
    CHECK(schema->layer() == one.layer);
    CHECK(schema->counts() == one.many);
    auto const text = normalise(*schema);
    if (one.crc != 0) CHECK(mtp::tl::schema::crc32(text) == one.crc);
    if (one.text_of_others) CHECK(text == read_test_file(one.text_of_others));
    CHECK(mtp::testing::older_schema(one.layer) == schema);
  }
  CHECK(mtp::testing::older_layers() == layers);
  CHECK(mtp::testing::older_schema(layers.back() - 1) == nullptr);
  CHECK(mtp::testing::older_schema(own_schema()->layer()) == nullptr);
}

TEST_CASE("a set with the older layers speaks each of them, made when it is asked for",
          "[layers]") {
  using namespace std::chrono_literals;
  layer_set set;
  set.add_older();
  CHECK(set.layers().size() == 1 + mtp::testing::older_layers().size());
  CHECK(set.prepare(1h) == 1);
  for (int const layer : mtp::testing::older_layers()) {
    auto const choice = set.choose(layer);
    CHECK(choice.match == layer_match::exact);
    CHECK(choice.schema == mtp::testing::older_schema(layer));
    REQUIRE(choice.bridge != nullptr);
    CHECK(choice.bridge->to_ours.from_layer() == layer);
  }
  CHECK(set.prepare(0s) == 1 + mtp::testing::older_layers().size());
}

TEST_CASE("a text that is given takes the place of an older layer of ours", "[layers]") {
  layer_set set;
  set.add_older();
  int const layer = mtp::testing::older_layers().front();
  REQUIRE(set.add(text_of(layer), "mine.tl").size() <= 1);
  CHECK(set.choose(layer).schema->find_constructor("a") != nullptr);
  CHECK(set.choose(layer).schema->find_constructor("channel") == nullptr);
}

TEST_CASE("with our own layer alone everybody gets it", "[layers]") {
  layer_set const set;
  int const own = own_schema()->layer();
  CHECK(set.own_layer() == own);
  auto const same = set.choose(own);
  CHECK(same.layer == own);
  CHECK(same.match == layer_match::exact);
  CHECK(same.bridge == nullptr);
  CHECK(same.schema == own_schema());
  CHECK(set.choose(158).layer == own);
  CHECK(set.choose(158).match == layer_match::higher);
  CHECK(set.choose(own + 1).match == layer_match::lower);
  CHECK(set.choose(own + 1).bridge == nullptr);
}

TEST_CASE("bridges are built ahead while there is time", "[layers]") {
  using namespace std::chrono_literals;
  layer_set set;
  for (int layer : {180, 200}) REQUIRE(set.add(text_of(layer), "some.tl").size() <= 1);
  CHECK(set.prepare(0s) == 0);
  set.choose(180);
  CHECK(set.prepare(0s) == 1);
  auto const bridge = set.choose(180).bridge;
  CHECK(set.prepare(1h) == 3);
  CHECK(set.choose(180).bridge == bridge);
}

TEST_CASE("a client gets its own layer, else the nearest lower one, else the nearest higher",
          "[layers]") {
  layer_set set;
  for (int layer : {200, 180, 227})
    CHECK_FALSE(mtp::tl::schema::any_error(set.add(text_of(layer), "x.tl")));
  CHECK((set.layers() == std::vector{180, 200, 227, set.own_layer()}));
  auto const chosen = [&](int layer) { return set.choose(layer).layer; };
  CHECK(chosen(227) == 227);
  CHECK(chosen(set.own_layer() - 1) == 227);
  CHECK(chosen(199) == 180);
  CHECK(chosen(158) == 180);
  CHECK(chosen(0) == 180);
  CHECK(chosen(1000) == set.own_layer());
  CHECK(set.choose(227).match == layer_match::exact);
  CHECK(set.choose(set.own_layer() - 1).match == layer_match::lower);
  CHECK(set.choose(158).match == layer_match::higher);
}

TEST_CASE("a bridge is made once and goes both ways", "[layers]") {
  layer_set set(make_schema("// LAYER 5\na#2 x:long = A;"));
  REQUIRE(set.add("// LAYER 4\na#1 x:int = A;", "x.tl").size() ==
          1);  // a warning: the id does not follow
  auto const choice = set.choose(4);
  REQUIRE(choice.bridge != nullptr);
  CHECK(choice.bridge == set.choose(3).bridge);
  bytes const ours = writer(make_schema("a#2 x:long = A;"))("a").i64(7);
  bytes const theirs = writer(make_schema("a#1 x:int = A;"))("a").u32(7);
  CHECK(*choice.bridge->to_ours.value(theirs) == ours);
  CHECK(*choice.bridge->to_theirs.value(ours) == theirs);
  CHECK(choice.bridge->to_ours.from_layer() == 4);
  CHECK(choice.bridge->to_ours.to_layer() == 5);
  CHECK(choice.calls != nullptr);
}

TEST_CASE("a text of our own layer takes the place of ours for the client", "[layers]") {
  layer_set set(make_schema("// LAYER 5\na#2 x:long = A;"));
  CHECK_FALSE(mtp::tl::schema::any_error(set.add("// LAYER 5\na#1 x:int = A;", "x.tl")));
  CHECK(set.choose(5).bridge != nullptr);
}

TEST_CASE("a declaration that cannot be used is left out, with a warning", "[layers]") {
  layer_set set;
  auto const problems = set.add("// LAYER 100\na#1 = A;\nb#1 = B;", "x.tl");
  CHECK_FALSE(mtp::tl::schema::any_error(problems));
  CHECK_FALSE(problems.empty());
  CHECK(set.choose(100).schema->find_constructor("a") != nullptr);
  CHECK(set.choose(100).schema->find_constructor("b") == nullptr);
}

TEST_CASE("a text of nothing but errors, or without a layer, is not added", "[layers]") {
  layer_set set;
  CHECK(mtp::tl::schema::any_error(set.add("// LAYER 101", "x.tl")));
  CHECK(mtp::tl::schema::any_error(set.add("a = A;", "x.tl")));
  auto const problems = set.add("// LAYER 100\na = ;", "x.tl");
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].text().substr(0, 16) == "x.tl:2:5: error:");
  CHECK((set.layers() == std::vector{set.own_layer()}));
}

TEST_CASE("of two texts of one layer the second counts, with a warning that names both",
          "[layers]") {
  layer_set set;
  REQUIRE_FALSE(mtp::tl::schema::any_error(set.add("// LAYER 100\na#1 = A;", "one.tl")));
  auto const problems = set.add("// LAYER 100\nb#2 = B;", "two.tl");
  REQUIRE_FALSE(mtp::tl::schema::any_error(problems));
  auto const text = problems.back().text();
  CHECK(text.substr(0, 6) == "two.tl");
  CHECK(text.find("warning: replaces another text of layer 100: one.tl") != std::string::npos);
  CHECK(set.choose(100).schema->find_constructor("b") != nullptr);
}

}  // namespace
