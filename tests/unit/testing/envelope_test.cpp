// SPDX-License-Identifier: MIT OR Apache-2.0
#include <testing/api/envelope.hpp>

#include <mtp/mtproto/gzip.hpp>
#include <support/catch.hpp>

#include <core/wire.hpp>

#include <optional>

using namespace mtp;
using namespace mtp::testing;

namespace {

void put(bytes& to, std::uint32_t value) { wire::append_number(to, value); }

void put_text(bytes& to, bytes_view text) { REQUIRE(wire::append_text(to, text)); }

bytes const get_config{0x6b, 0x18, 0xf9, 0xc4};

bytes with_layer(std::uint32_t layer, bytes_view query) {
  bytes out;
  put(out, 0xda9b0d0d);
  put(out, layer);
  append(out, query);
  return out;
}

/// With a proxy and every kind of JSON.
bytes with_init(bytes_view query, std::uint32_t flags) {
  bytes out;
  put(out, 0xc1cd5ea9);
  put(out, flags);
  put(out, 17);
  for (auto const* text : {"phone", "system", "1.0\n", "en", "", "en"})
    put_text(out, as_bytes(text));
  if (flags & 1) {
    put(out, 0x75588b3f);
    put_text(out, as_bytes("proxy.example"));
    put(out, 443);
  }
  if (flags & 2) {
    put(out, 0x99c1d49d);
    put(out, 0x1cb5c415);
    put(out, 2);
    put(out, 0xc0de1bd9);
    put_text(out, as_bytes("tz_offset"));
    put(out, 0x2be0dfa4);
    put(out, 0);
    put(out, 0x40ac2000);
    put(out, 0xc0de1bd9);
    put_text(out, as_bytes("list"));
    put(out, 0xf7444763);
    put(out, 0x1cb5c415);
    put(out, 3);
    put(out, 0x3f6d7b68);
    put(out, 0xc7345e6a);
    put(out, 0x997275b5);
    put(out, 0xb71e767a);
    put_text(out, as_bytes("x"));
  }
  append(out, query);
  return out;
}

/// As clients said it before there were parameters, flags, or languages beside their own.
bytes with_old_init(std::uint32_t id, std::optional<std::uint32_t> flags, int languages,
                    bytes_view query) {
  bytes out;
  put(out, id);
  if (flags) put(out, *flags);
  put(out, 17);
  for (auto const* text : {"phone", "system", "1.0"}) put_text(out, as_bytes(text));
  for (int i = 0; i < languages; ++i) put_text(out, as_bytes("en"));
  if (flags.value_or(0) & 1) {
    put(out, 0x75588b3f);
    put_text(out, as_bytes("proxy.example"));
    put(out, 443);
  }
  append(out, query);
  return out;
}

bytes packed(bytes_view query) {
  bytes out;
  put(out, 0x3072cfa1);
  put_text(out, mtproto::gzip(query));
  return out;
}

}  // namespace

TEST_CASE("a bare call is its own envelope", "[testing][envelope]") {
  auto const opened = open_envelope(get_config);
  REQUIRE(opened);
  CHECK(opened->query == get_config);
  CHECK(opened->method() == 0xc4f9186b);
  CHECK_FALSE(opened->layer);
  CHECK_FALSE(opened->initialises);
}

TEST_CASE("layer and initialisation are read", "[testing][envelope]") {
  for (std::uint32_t const flags : {0u, 1u, 2u, 3u}) {
    auto const opened = open_envelope(with_layer(166, with_init(get_config, flags)));
    REQUIRE(opened);
    CHECK(opened->layer == 166);
    CHECK(opened->initialises);
    CHECK(opened->api_id == 17);
    CHECK(opened->client == "phone / system / 1.0?");
    CHECK(opened->query == get_config);
  }
}

TEST_CASE("an initialisation of older forms is read", "[testing][envelope]") {
  for (auto const& init :
       {with_old_init(0x785188b8, 0, 3, get_config), with_old_init(0x785188b8, 1, 3, get_config),
        with_old_init(0xc7481da6, {}, 3, get_config),
        with_old_init(0x69796de9, {}, 1, get_config)}) {
    auto const whole = with_layer(158, init);
    auto const opened = open_envelope(whole);
    REQUIRE(opened);
    CHECK(opened->layer == 158);
    CHECK(opened->initialises);
    CHECK(opened->api_id == 17);
    CHECK(opened->client == "phone / system / 1.0");
    CHECK(opened->query == get_config);
    for (std::size_t size = 0; size < whole.size(); ++size)
      CHECK_FALSE(open_envelope(bytes_view(whole).first(size)));
  }
}

TEST_CASE("wrappers come in any order, packed or not", "[testing][envelope]") {
  bytes after;
  put(after, 0xcb9f372d);
  put(after, 4);
  put(after, 5);
  append(after, packed(get_config));
  bytes quiet;
  put(quiet, 0xbf9459b7);
  append(quiet, with_layer(200, packed(with_init(after, 0))));
  bytes several;
  put(several, 0x3dc4b4f0);
  put(several, 0x1cb5c415);
  put(several, 1);
  put(several, 8);
  put(several, 0);
  append(several, quiet);
  auto const opened = open_envelope(packed(several));
  REQUIRE(opened);
  CHECK(opened->without_updates);
  CHECK(opened->layer == 200);
  CHECK(opened->initialises);
  CHECK(opened->after == std::vector<std::int64_t>{8, (5LL << 32) + 4});
  CHECK(opened->query == get_config);
}

TEST_CASE("an envelope that is cut short is refused", "[testing][envelope]") {
  auto const whole = with_layer(166, with_init(get_config, 3));
  for (std::size_t size = 0; size < whole.size(); ++size)
    CHECK_FALSE(open_envelope(bytes_view(whole).first(size)));
}

TEST_CASE("bombs and endless wrappers are refused", "[testing][envelope]") {
  bytes endless;
  for (int i = 0; i < 100; ++i) put(endless, 0xbf9459b7);
  append(endless, get_config);
  CHECK_FALSE(open_envelope(endless));
  CHECK_FALSE(open_envelope(packed(bytes(100'000)), 1000));
  bytes deep;
  for (int i = 0; i < 1000; ++i) {
    put(deep, 0xf7444763);
    put(deep, 0x1cb5c415);
    put(deep, 1);
  }
  auto call = with_init(bytes(), 2);
  call.resize(call.size() - 4);
  bytes nested = with_init({}, 0);
  nested[4] = 2;
  append(nested, deep);
  append(nested, get_config);
  CHECK_FALSE(open_envelope(nested));
  bytes damaged = packed(get_config);
  damaged[18] ^= 0xff;
  CHECK_FALSE(open_envelope(damaged));
}
