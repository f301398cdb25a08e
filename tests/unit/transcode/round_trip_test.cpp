// SPDX-License-Identifier: MIT OR Apache-2.0
#include "random_values.hpp"

// Random values of whole layers. What both can hold must come back as it was; all else must at
// least be well formed.

namespace {

using namespace mtp::test;
using mtp::tl::schema::definition;

int const own = mtp::testing::own_schema()->layer();

document_ptr layer(int number) {
  static std::map<int, document_ptr> const all{
      {158, make_schema(read_test_file("support/schemas/layer_158_part.tl"))},
      {224, make_schema(read_test_file("support/schemas/layer_224.tl"))},
      {227, make_schema(read_test_file("interop/schemas/layer_227.tl"))},
      {own, mtp::testing::own_schema()},
  };
  auto const known = all.find(number);
  return known == all.end() ? mtp::testing::older_schema(number) : known->second;
}

/// The layers from which and to which ours is carried.
std::vector<int> other_layers() {
  std::vector<int> out = mtp::testing::older_layers();
  out.insert(out.end(), {227, 224});
  return out;
}

/// How many definitions two layers have in common at least: all but a few of the smaller one.
std::size_t expected_in_common(int a, int b) {
  auto const size = [](int of) { return layer(of)->definitions().size(); };
  return std::min(size(a), size(b)) * 94 / 100;
}

mtp::result<bytes, transcode_error> carry(transcoder const& by, definition const& one,
                                          bytes_view value) {
  return one.is_function() ? by.call(value) : by.value(value);
}

struct tally {
  std::size_t definitions = 0;
  std::size_t values = 0;
  std::size_t refused = 0;
};

/// Calls `look` with a definition and a value of it, `rounds` times for each that has any.
template <class Look>
tally each_value(int of, random_values values, int rounds, Look look) {
  tally seen;
  for (auto const& one : layer(of)->definitions()) {
    if (!values.possible(one)) continue;
    ++seen.definitions;
    for (int i = 0; i < rounds; ++i, ++seen.values) {
      bytes const value = values.make(one);
      INFO(one.full_name() << ' ' << hex(value));
      look(one, value);
    }
  }
  return seen;
}

/// There and back, for everything that both can hold.
tally there_and_back(int from, int to, int rounds) {
  transcoder const there(layer(from), layer(to));
  transcoder const back(layer(to), layer(from));
  auto const look = [&](definition const& one, bytes const& value) {
    auto const carried = carry(there, one, value);
    INFO((carried ? "" : carried.error().message()));
    REQUIRE(carried);
    auto const again = carry(back, one, *carried);
    REQUIRE(again);
    REQUIRE(hex(*again) == hex(value));
  };
  return each_value(from, random_values(layer(from), layer(to), 1), rounds, look);
}

/// One way, for everything: the result must be a good value of the other layer.
tally one_way(int from, int to, int rounds) {
  transcoder const there(layer(from), layer(to));
  transcoder const check(layer(to), layer(to));
  std::size_t refused = 0;
  auto const look = [&](definition const& one, bytes const& value) {
    auto const carried = carry(there, one, value);
    if (!carried) {
      REQUIRE(carried.error().code == transcode_errc::no_counterpart);
      ++refused;
      return;
    }
    auto const checked = carry(check, one, *carried);
    REQUIRE(checked);
    REQUIRE(hex(*checked) == hex(*carried));
  };
  auto seen = each_value(from, random_values(layer(from), layer(from), 2), rounds, look);
  seen.refused = refused;
  return seen;
}

TEST_CASE("what two layers can hold goes there and back unchanged", "[transcode][round_trip]") {
  for (int const other : other_layers()) {
    for (auto const& [from, to] : {std::pair(other, own), std::pair(own, other)}) {
      tally const seen = there_and_back(from, to, 6);
      INFO(from << " to " << to << ": " << seen.definitions << " definitions");
      CHECK(seen.definitions >= expected_in_common(from, to));
    }
  }
}

TEST_CASE("whatever one layer holds becomes a good value of another, or is refused",
          "[transcode][round_trip]") {
  for (int const other : other_layers()) {
    for (auto const& [from, to] : {std::pair(other, own), std::pair(own, other)}) {
      tally const seen = one_way(from, to, 4);
      INFO(from << " to " << to << ": " << seen.refused << " of " << seen.values << " refused");
      CHECK(seen.refused * 5 < seen.values);
    }
  }
}

TEST_CASE("a layer of which little is known gets good values or refusals",
          "[transcode][round_trip]") {
  // One constructor of the part is gone since, keyboardButtonCallback.
  CHECK(one_way(158, own, 20).refused == 20);
  tally const down = one_way(own, 158, 2);
  INFO(down.refused << " of " << down.values << " refused");
  CHECK(down.refused > 0);
  CHECK(down.refused < down.values);
}

TEST_CASE("a layer carried to itself stays as it is", "[transcode][round_trip]") {
  CHECK(there_and_back(own, own, 3).definitions >= 2550);
}

TEST_CASE("broken values of real layers are errors or good values, never a crash",
          "[transcode][round_trip]") {
  transcoder const there(layer(224), layer(own));
  transcoder const check(layer(own), layer(own));
  random_values values(layer(224), layer(224), 3);
  std::mt19937 random(4);
  for (auto const& one : layer(224)->definitions()) {
    if (!values.possible(one)) continue;
    bytes value = values.make(one);
    for (int change = 0; change < 6; ++change) {
      bytes broken = value;
      if (change % 2 == 0) broken.resize(random() % (broken.size() + 1));
      if (!broken.empty())
        broken[random() % broken.size()] ^= static_cast<std::uint8_t>(1 << random() % 8);
      auto const carried = carry(there, one, broken);
      if (carried) REQUIRE(carry(check, one, *carried));
    }
  }
}

}  // namespace
