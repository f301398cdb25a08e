// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/types/callback_data.hpp>

#include <mtp/core/error.hpp>
#include <support/catch.hpp>

#include <string>

using namespace mtp;

namespace {

enum class choice : std::uint8_t { tea, coffee };

struct order {
  static constexpr std::string_view callback_name = "order";

  std::int64_t table = 0;
  choice of = choice::tea;
  bool sugar = false;
  std::string note = {};

  bool operator==(order const&) const = default;
};

/// The same fields under another name.
struct refund {
  static constexpr std::string_view callback_name = "refund";

  std::int64_t table = 0;
  choice of = choice::tea;
  bool sugar = false;
  std::string note = {};

  bool operator==(refund const&) const = default;
};

/// What an order has become.
struct new_order {
  static constexpr std::string_view callback_name = "order";
  static constexpr std::uint8_t callback_version = 2;

  std::int64_t table = 0;
  choice of = choice::tea;
  bool sugar = false;
  std::string note = {};
};

/// The same name and places, for numbers that an order does not hold.
struct numbers {
  static constexpr std::string_view callback_name = "order";

  std::int64_t table = 0;
  std::int64_t of = 0;
  std::int64_t sugar = 0;
  std::string note = {};
};

struct nothing {
  static constexpr std::string_view callback_name = "nothing";
};

struct wide {
  static constexpr std::string_view callback_name = "wide";

  std::int8_t a = 0;
  std::uint16_t b = 0;
  std::int32_t c = 0;
  std::uint64_t d = 0;
  std::int64_t e = 0;
  bool f = false;
  std::string g = {};
  char h = 0;

  bool operator==(wide const&) const = default;
};

}  // namespace

TEST_CASE("a struct is packed into callback data, and parsed", "[types][keyboards]") {
  callback_data<order> const orders;
  order const one{-7, choice::coffee, true, "no milk"};
  auto const data = orders.pack(one);
  CHECK(data.size() == 5 + 1 + 1 + 1 + 1 + 7);
  CHECK(orders.parse(data) == one);
  callback_data<wide> const all;
  wide const extremes{-128, 65535, INT32_MIN, UINT64_MAX, INT64_MIN, true, "g", 'h'};
  CHECK(all.parse(all.pack(extremes)) == extremes);
  CHECK(callback_data<nothing>().parse(callback_data<nothing>().pack({})));
}

TEST_CASE("data that is foreign, cut, changed or of another struct is none", "[types][keyboards]") {
  callback_data<order> const orders;
  auto const data = orders.pack({1, choice::tea, false, "x"});
  CHECK(!callback_data<refund>().parse(data));
  CHECK(!orders.parse(""));
  CHECK(!orders.parse("tea"));
  CHECK(!orders.parse(std::string(64, 'x')));
  CHECK(!orders.parse(data + "x"));
  for (std::size_t i = 0; i < data.size(); ++i) {
    CHECK(!orders.parse(data.substr(0, i)));
    auto changed = data;
    changed[i] ^= 1;
    CHECK(!orders.parse(changed));
  }
}

TEST_CASE("data of another version is taken by whoever asks for that version",
          "[types][keyboards]") {
  auto const old = callback_data<order>().pack({1});
  CHECK(!callback_data<new_order>().parse(old));
  CHECK(callback_data<order>().parse(old) == order{1});
  CHECK(!callback_data<order>().parse(callback_data<new_order>().pack({1})));
}

TEST_CASE("who has not the key cannot make up data", "[types][keyboards]") {
  bytes const key{1, 2, 3};
  callback_data<order> const secret(key);
  auto const data = secret.pack({5});
  CHECK(secret.parse(data) == order{5});
  CHECK(!callback_data<order>().parse(data));
  CHECK(!secret.parse(callback_data<order>().pack({5})));
}

TEST_CASE("a struct that is too long says so", "[types][keyboards]") {
  callback_data<order> const orders;
  auto const room = 64 - orders.pack({}).size();
  CHECK(orders.parse(orders.pack({.note = std::string(room, 'x')})));
  try {
    (void)orders.pack({.note = std::string(room + 1, 'x')});
    FAIL_CHECK("it was packed");
  } catch (error const& e) {
    CHECK(e.code() == client_errc::bad_argument);
    CHECK(std::string(e.what()).find("65 bytes of callback data, at most 64") != std::string::npos);
  }
}

TEST_CASE("a field that holds no such value makes data none", "[types][keyboards]") {
  // The mark is right: only the fields are another struct's.
  callback_data<numbers> const as_numbers;
  callback_data<order> const orders;
  CHECK(orders.parse(as_numbers.pack({1, 1, 1, ""})));
  CHECK(!orders.parse(as_numbers.pack({1, 256, 1, ""})));
  CHECK(!orders.parse(as_numbers.pack({1, 1, 2, ""})));
}
