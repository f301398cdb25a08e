// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/transport/detector.hpp>

#include "streams.hpp"
#include "support/catch.hpp"

using namespace mtp;
using namespace mtp::transport;
using namespace mtp::test;

namespace {

struct met {
  std::optional<detected> found = {};
  std::vector<frame> frames = {};
  std::error_code error = {};
};

/// A server: recognises, then reads.
met meet(detector& at_door, bytes_view wire, std::size_t step) {
  met out;
  for (std::size_t at = 0; at < wire.size() && !out.error; at += step) {
    auto const piece = wire.subspan(at, std::min(step, wire.size() - at));
    if (out.found) {
      auto got = read_all(*out.found->codec, piece, piece.size());
      std::move(got.frames.begin(), got.frames.end(), std::back_inserter(out.frames));
      out.error = got.error;
      continue;
    }
    auto found = at_door.feed(piece);
    if (!found) out.error = found.error();
    if (!found || !*found) continue;
    out.found = std::move(*found);
    auto got = out.found->codec->next();
    while (got && *got) {
      out.frames.push_back(std::move(**got));
      got = out.found->codec->next();
    }
    if (!got) out.error = got.error();
  }
  return out;
}

proxy_secret const one_secret{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
proxy_secret const other_secret{9, 9, 9};

}  // namespace

TEST_CASE("every transport is recognised, however its bytes are cut", "[transport]") {
  seeded_random random(7);
  for (auto const v : all_varieties()) {
    INFO(name_of(v));
    for (std::size_t step : {1, 2, 3, 5, 63, 64, 65, 4000}) {
      auto client = make_client(v, random);
      bytes wire;
      client->encode(encrypted_shape(3), wire);
      client->encode(encrypted_shape(60), wire);
      detector at_door(random);
      auto got = meet(at_door, wire, step);
      REQUIRE(!got.error);
      REQUIRE(got.found.has_value());
      CHECK(got.found->codec->framing_kind() == v.kind);
      CHECK(got.found->obfuscated == v.obfuscated);
      CHECK(got.frames ==
            std::vector<frame>{packet{encrypted_shape(3)}, packet{encrypted_shape(60)}});
    }
  }
}

TEST_CASE("the recognised codec answers in kind", "[transport]") {
  seeded_random random(8);
  for (auto const v : all_varieties()) {
    INFO(name_of(v));
    auto client = make_client(v, random);
    detector at_door(random);
    auto met_client = meet(at_door, encoded(*client, encrypted_shape(1)), 1);
    REQUIRE(met_client.found.has_value());
    bytes wire;
    met_client.found->codec->encode(encrypted_shape(5), wire);
    met_client.found->codec->encode_error(-404, wire);
    met_client.found->codec->encode_quick_ack(0x80000001, wire);
    auto got = read_all(*client, wire, 1);
    REQUIRE(got.frames.size() == (v.kind == kind::full ? 2 : 3));
    CHECK(got.frames[0] == frame(packet{encrypted_shape(5)}));
    CHECK(got.frames[1] == frame(transport_error{-404}));
  }
}

TEST_CASE("secrets tell the clients of a proxy front", "[transport]") {
  seeded_random random(9);
  auto try_with = [&](std::optional<proxy_secret> of_client, detector_options options) {
    auto client = make_obfuscated_client(kind::padded_intermediate, random, {},
                                         {.secret = of_client, .dc = 10002});
    detector at_door(random, std::move(options));
    return meet(at_door, encoded(**client, encrypted_shape(1)), 1);
  };
  detector_options const front{.secrets = {other_secret, one_secret},
                               .accept_without_secret = false};
  auto fits = try_with(one_secret, front);
  REQUIRE(fits.found.has_value());
  CHECK(fits.found->secret == one_secret);
  CHECK(fits.found->dc == 10002);
  CHECK(fits.frames == std::vector<frame>{packet{encrypted_shape(1)}});

  auto const unknown = make_error_code(protocol_errc::unknown_transport);
  CHECK(try_with(std::nullopt, front).error == unknown);
  CHECK(try_with(one_secret, {.secrets = {other_secret}}).error == unknown);
  CHECK(try_with(one_secret, {}).error == unknown);
  CHECK(try_with(std::nullopt, {.secrets = {other_secret}}).found.has_value());

  detector closed(random, front);
  CHECK(meet(closed, from_hex("ef"), 1).error == unknown);
}

TEST_CASE("HTTP and TLS are refused by name, and the refusal stays", "[transport]") {
  seeded_random random(10);
  auto refused = [&](std::string_view text) {
    detector at_door(random);
    auto const error = meet(at_door, as_bytes(text), 1).error;
    CHECK(meet(at_door, as_bytes(text), 100).error == error);
    return error;
  };
  auto const http = make_error_code(protocol_errc::http_refused);
  CHECK(refused("GET / HTTP/1.1\r\n") == http);
  CHECK(refused("POST /api HTTP/1.1\r\n") == http);
  CHECK(refused("HEAD / HTTP/1.1\r\n") == http);
  CHECK(refused("OPTIONS * HTTP/1.1\r\n") == http);
  CHECK(refused(std::string_view("\x16\x03\x01\x02\x00\x01", 6)) ==
        make_error_code(protocol_errc::tls_refused));
  CHECK(
      refused("SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3 and then some more text to fill 64 bytes") ==
      make_error_code(protocol_errc::unknown_transport));
}

TEST_CASE("less than an opening is waited for", "[transport]") {
  seeded_random random(11);
  for (auto const* start : {"", "ee", "eeeeee", "dd", "160301", "4745", "50000000000000"}) {
    detector at_door(random);
    auto got = meet(at_door, from_hex(start), 1);
    CHECK(!got.error);
    CHECK(!got.found.has_value());
  }
  detector at_door(random);
  auto got = meet(at_door, bytes(63, 0x31), 1);
  CHECK(!got.error);
  CHECK(!got.found.has_value());
}
