// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/tl/schema/compare.hpp>

#include "support.hpp"

#include <support/known_layers.hpp>

namespace {

using namespace mtp::tl::schema;
using mtp::test::parse_good;

// Ids are those that follow from the texts, but for `kept`, whose flag the id does not cover.
constexpr char const* old_text = R"(// LAYER 7
gone x:int = A;
kept flags:# a:int = A;
grown x:int y:string = A;
moved a:int b:int = B;
n.same x:A = n.Same;
---functions---
same = Bool;
ask x:int = A;
drop = Bool;
)";
constexpr char const* new_text = R"(// LAYER 8
kept flags:# quiet:flags.3?true a:int = A;
moved b:int a:int = B;
grown flags:# x:long z:flags.0?Vector<A> = A;
n.same x:A = n.Same;
n.fresh = n.Fresh;
---functions---
ask x:int = B;
same = Bool;
gone = Bool;
)";

constexpr char const* expected_text = R"(From layer 7 to layer 8
  before: 5 constructors, 3 functions, 3 types
  after:  5 constructors, 3 functions, 4 types

Added: 1 constructor, 1 function
  n.fresh#9dd162a9 = n.Fresh;
  gone#5c41dd18 = Bool;

Removed: 1 constructor, 1 function
  gone#d9bf56cb x:int = A;
  drop#34d39a4d = Bool;

New id: 2 constructors, 1 function
  grown#59276f2f: -y:string, +flags:#, ~x:int -> long, +z:flags.0?Vector<A>
  moved#0c2caa1d: fields in another order
  ask#4d4ed679: = B

Same id, other fields: 1 constructor, 0 functions
  kept#11c67dee: +quiet:flags.3?true
)";

struct two_texts {
  document before = parse_good(old_text);
  document after = parse_good(new_text);
  schema_changes changes = compare(before, after);
};

std::vector<std::string> names(std::vector<definition const*> const& list) {
  std::vector<std::string> out;
  for (auto const* one : list) out.push_back(one->full_name());
  return out;
}

std::string read_layer(std::string const& file) { return mtp::test::read_schema_file(file); }

TEST_CASE("a comparison finds what was added, removed and altered", "[schema][compare]") {
  two_texts const t;
  CHECK((names(t.changes.added) == std::vector<std::string>{"n.fresh", "gone"}));
  CHECK((names(t.changes.removed) == std::vector<std::string>{"gone", "drop"}));
  REQUIRE(t.changes.new_id.size() == 3);
  CHECK(t.changes.new_id[0].before->full_name() == "grown");
  REQUIRE(t.changes.same_id.size() == 1);
  CHECK(t.changes.same_id[0].after->full_name() == "kept");
  CHECK_FALSE(t.changes.empty());
}

TEST_CASE("a schema does not differ from itself, in whatever order it stands",
          "[schema][compare]") {
  document const one = parse_good("a = A; b x:A = B;\n---functions---\nf = A;");
  document const other = parse_good("---functions---\nf = A;\n---types---\nb x:A = B; a = A;");
  CHECK(compare(one, other).empty());
  CHECK(to_text(compare(one, one)) ==
        "From no layer to no layer\n  before: 2 constructors, 1 functions, 2 types\n"
        "  after:  2 constructors, 1 functions, 2 types\n");
}

TEST_CASE("changes are written for a reader, word for word", "[schema][compare]") {
  CHECK(to_text(two_texts().changes) == expected_text);
}

TEST_CASE("changes are written for a changelog", "[schema][compare]") {
  std::string const text = to_markdown(two_texts().changes);
  CHECK(
      text.starts_with("TL layer 7 to layer 8: 5 constructors, 3 functions, 4 types.\n\n"
                       "**Added: 1 constructor, 1 function**\n\n* `n.fresh#"));
  CHECK(text.find("\n* `moved#") != text.npos);
  CHECK(text.find("`: `-y:string`, `+flags:#`, `~x:int -> long`, `+z:flags.0?Vector<A>`\n") !=
        text.npos);
}

TEST_CASE("a patch makes the one schema of the other", "[schema][compare]") {
  two_texts const t;
  for (bool const forth : {true, false}) {
    document const& from = forth ? t.before : t.after;
    document const& to = forth ? t.after : t.before;
    parsed const made = apply_patch(from, to_patch(compare(from, to)));
    INFO(text(made.problems));
    REQUIRE(made.problems.empty());
    CHECK(made.schema.layer() == to.layer());
    CHECK(normalise(made.schema) == normalise(to));
    CHECK(compare(made.schema, to).empty());
  }
}

TEST_CASE("a patch says at its own places what is wrong with it", "[schema][compare]") {
  document const base = parse_good(old_text);
  auto const problems = [&](std::string_view patch) {
    return text(apply_patch(base, patch, {.file = "p"}).problems);
  };
  CHECK(problems("// LAYER 6\n-never\n") == "p:2:1: error: there is no `never` to remove\n");
  CHECK(problems("-same\n") == "p:1:1: error: there is no `same` to remove\n");
  CHECK(problems("---functions---\n-gone\n") == "p:2:1: error: there is no `gone` to remove\n");
  CHECK(problems("\nb = ;\n").starts_with("p:2:5: error: "));
  CHECK(problems("-moved\n").empty());
  CHECK(problems("---functions---\nask x:int = B;\n-same").empty());
}

TEST_CASE("the layer before ours is what others read in it", "[schema][compare]") {
  document const ours = parse_good(read_layer("api.tl"));
  int const layer = ours.layer() - 1;
  parsed const before = apply_patch(ours, read_layer("older/" + std::to_string(layer) + ".patch"));
  REQUIRE(before.ok());
  CHECK(before.schema.layer() == layer);
  CHECK((before.schema.counts() == mtp::test::known(layer).many));
  schema_changes const changes = compare(before.schema, ours);
  CHECK(changes.added.size() == 15 + 9);
  CHECK(changes.removed.empty());
  CHECK(changes.same_id.empty());
  std::vector<std::string> altered;
  for (auto const& one : changes.new_id) altered.push_back(one.after->full_name());
  CHECK((altered == std::vector<std::string>{"channel", "channelFull", "inputReplyToMessage",
                                             "messageReplyHeader", "userFull", "wallet.nftItem",
                                             "payments.getStarGiftWithdrawalUrl"}));
}

}  // namespace
