// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/transport/framing.hpp>

#include "streams.hpp"
#include "support/catch.hpp"
#include "support/vectors/transport.hpp"

#include <algorithm>

using namespace mtp;
using namespace mtp::transport;
using namespace mtp::test;

namespace {

std::unique_ptr<framing> make(kind k, role r, framing_options options = {}) {
  static seeded_random random(1);
  return make_framing(k, r, random, options);
}

std::string header_of(kind k, vectors::header_vector const& known, role r) {
  auto const payload = counting(known.payload_length);
  auto with = make(k, r);
  auto const wire = encoded(*with, payload, {.quick_ack = known.quick_ack});
  REQUIRE(std::equal(payload.rbegin(), payload.rend(), wire.rbegin()));
  return to_hex(bytes_view(wire).first(wire.size() - payload.size()));
}

bytes with_tag_removed(kind k, bytes wire) {
  std::size_t const tag = k == kind::full ? 0 : k == kind::abridged ? 1 : 4;
  wire.erase(wire.begin(), wire.begin() + static_cast<std::ptrdiff_t>(tag));
  return wire;
}

constexpr kind all_kinds[] = {kind::abridged, kind::intermediate, kind::padded_intermediate,
                              kind::full};

bool is_error(reading const& r, protocol_errc e) { return r.error == make_error_code(e); }

}  // namespace

TEST_CASE("full packets are those of the known answers", "[transport][vectors]") {
  auto with = make(kind::full, role::client);
  auto twice = make(kind::full, role::client);
  for (auto const& known : vectors::full_packets) {
    INFO(known.source);
    auto const payload = counting(known.payload_length);
    auto& framing = known.payload_length == 0 ? *with : *twice;
    auto const wire = encoded(framing, payload);
    CHECK(to_hex(wire) == known.head + to_hex(payload) + known.sum);
  }
}

TEST_CASE("short headers are those of the known answers", "[transport][vectors]") {
  for (auto const& known : vectors::abridged_headers) {
    CHECK(header_of(kind::abridged, known, role::server) == known.header);
    CHECK(header_of(kind::abridged, known, role::client) == std::string("ef") + known.header);
  }
  for (auto const& known : vectors::intermediate_headers) {
    CHECK(header_of(kind::intermediate, known, role::server) == known.header);
    CHECK(header_of(kind::intermediate, known, role::client) ==
          std::string("eeeeeeee") + known.header);
  }
}

TEST_CASE("transport errors are those of the known answers", "[transport][vectors]") {
  bytes wire;
  make(kind::abridged, role::server)->encode_error(-404, wire);
  CHECK(to_hex(wire) == vectors::abridged_error_404);
  wire.clear();
  make(kind::intermediate, role::server)->encode_error(-404, wire);
  CHECK(to_hex(wire) == vectors::intermediate_error_404);
  for (auto const& known : vectors::transport_errors) {
    auto client = make(kind::intermediate, role::client);
    auto got = read_all(*client, from_hex(std::string("04000000") + known.payload), 1);
    CHECK(got.frames == std::vector<frame>{transport_error{known.code}});
  }
}

TEST_CASE("quick acknowledgements are those of the known answers", "[transport][vectors]") {
  auto reads = [](kind k, std::string const& wire) {
    auto client = make(k, role::client);
    return read_all(*client, from_hex(wire), 1).frames;
  };
  std::vector<frame> const expected{quick_ack{vectors::quick_ack_token}};
  CHECK(reads(kind::intermediate, vectors::quick_ack_intermediate) == expected);
  CHECK(reads(kind::padded_intermediate, vectors::quick_ack_intermediate) == expected);
  CHECK(reads(kind::abridged, vectors::quick_ack_abridged) == expected);
  CHECK(reads(kind::padded_intermediate,
              std::string("08000000") + vectors::quick_ack_padded_payload) == expected);
  CHECK(reads(kind::padded_intermediate,
              std::string("0b000000") + vectors::quick_ack_padded_payload + "0a0b0c") == expected);

  bytes wire;
  make(kind::abridged, role::server)->encode_quick_ack(vectors::quick_ack_token, wire);
  CHECK(to_hex(wire) == vectors::quick_ack_abridged);
  wire.clear();
  make(kind::intermediate, role::server)->encode_quick_ack(vectors::quick_ack_token, wire);
  CHECK(to_hex(wire) == vectors::quick_ack_intermediate);
  wire.clear();
  make(kind::padded_intermediate, role::server, {.max_padding = 0})
      ->encode_quick_ack(vectors::quick_ack_token, wire);
  CHECK(to_hex(wire) == std::string("08000000") + vectors::quick_ack_padded_payload);
  wire.clear();
  make(kind::full, role::server)->encode_quick_ack(vectors::quick_ack_token, wire);
  CHECK(wire.empty());
}

TEST_CASE("what one end frames the other reads, however it is cut", "[transport]") {
  auto const k =
      GENERATE(kind::abridged, kind::intermediate, kind::padded_intermediate, kind::full);
  auto const from = GENERATE(role::client, role::server);
  INFO(name_of(k));
  auto const to = from == role::client ? role::server : role::client;
  std::vector<bytes> const payloads{encrypted_shape(1), encrypted_shape(30), encrypted_shape(31),
                                    encrypted_shape(3), encrypted_shape(100)};
  auto writer = make(k, from);
  bytes wire;
  for (auto const& payload : payloads) writer->encode(payload, wire);
  if (from == role::client) wire = with_tag_removed(k, wire);
  for (std::size_t step : {std::size_t{1}, std::size_t{2}, std::size_t{3}, std::size_t{7},
                           std::size_t{511}, wire.size()}) {
    auto reader = make(k, to);
    auto got = read_all(*reader, wire, step);
    REQUIRE(!got.error);
    REQUIRE(got.frames.size() == payloads.size());
    for (std::size_t i = 0; i < payloads.size(); ++i)
      CHECK(std::get<packet>(got.frames[i]) == packet{payloads[i]});
  }
}

TEST_CASE("a stream split in two at any byte gives the same frames", "[transport]") {
  auto const k =
      GENERATE(kind::abridged, kind::intermediate, kind::padded_intermediate, kind::full);
  auto writer = make(k, role::server);
  bytes wire;
  writer->encode(encrypted_shape(2, 1), wire);
  writer->encode_error(-429, wire);
  writer->encode(encrypted_shape(33, 2), wire);
  writer->encode_quick_ack(0x80000007, wire);
  std::vector<frame> expected{packet{encrypted_shape(2, 1)}, transport_error{-429},
                              packet{encrypted_shape(33, 2)}};
  if (k != kind::full) expected.push_back(quick_ack{0x80000007});
  for (std::size_t cut = 0; cut <= wire.size(); ++cut) {
    auto reader = make(k, role::client);
    auto first = read_all(*reader, bytes_view(wire).first(cut), wire.size());
    auto second = read_all(*reader, bytes_view(wire).subspan(cut), wire.size());
    REQUIRE(!first.error);
    REQUIRE(!second.error);
    std::move(second.frames.begin(), second.frames.end(), std::back_inserter(first.frames));
    REQUIRE(first.frames == expected);
  }
}

TEST_CASE("a truncated stream waits for more and gives no frame", "[transport]") {
  for (kind k : all_kinds) {
    auto const wire = encoded(*make(k, role::server, {.max_padding = 0}), encrypted_shape(4));
    for (std::size_t length = 0; length < wire.size(); ++length) {
      auto reader = make(k, role::client);
      auto got = read_all(*reader, bytes_view(wire).first(length), 1);
      CHECK(!got.error);
      CHECK(got.frames.empty());
      CHECK(reader->buffered() == length);
    }
  }
}

TEST_CASE("a client that wants a quick acknowledgement is understood", "[transport]") {
  for (kind k : {kind::abridged, kind::intermediate, kind::padded_intermediate}) {
    for (std::size_t blocks : {std::size_t{2}, std::size_t{64}}) {
      auto client = make(k, role::client);
      auto wire = encoded(*client, encrypted_shape(blocks), {.quick_ack = true});
      auto server = make(k, role::server);
      auto got = read_all(*server, with_tag_removed(k, wire), 1);
      REQUIRE(got.frames.size() == 1);
      CHECK(std::get<packet>(got.frames[0]) == packet{encrypted_shape(blocks), true});
    }
  }
}

TEST_CASE("transport errors arrive on every framing", "[transport]") {
  for (kind k : all_kinds) {
    for (int code : {-404, -429, -444, -403}) {
      bytes wire;
      auto server = make(k, role::server, {.max_padding = 15});
      for (int i = 0; i < 20; ++i) server->encode_error(code, wire);
      auto client = make(k, role::client);
      auto got = read_all(*client, wire, 3);
      CHECK(got.frames == std::vector<frame>(20, transport_error{code}));
    }
  }
  CHECK(meaning_of({-404}) == protocol_errc::unknown_key);
  CHECK(meaning_of({-429}) == protocol_errc::transport_flood);
  CHECK(meaning_of({-444}) == protocol_errc::wrong_dc);
  CHECK(meaning_of({-403}) == protocol_errc::transport_refused);
}

TEST_CASE("a keep-alive of four zero bytes is passed over", "[transport]") {
  auto client = make(kind::intermediate, role::client);
  bytes wire = from_hex("0400000000000000");
  make(kind::intermediate, role::server)->encode(encrypted_shape(1), wire);
  auto got = read_all(*client, wire, wire.size());
  CHECK(got.frames == std::vector<frame>{packet{encrypted_shape(1)}});
}

TEST_CASE("short payloads that mean nothing are refused", "[transport]") {
  auto refused = [](kind k, role r, char const* wire) {
    auto reader = make(k, r);
    return is_error(read_all(*reader, from_hex(wire), 1), protocol_errc::bad_frame);
  };
  CHECK(refused(kind::abridged, role::client, "0101000000"));          // a positive code
  CHECK(refused(kind::abridged, role::client, "026cfeffff00000000"));  // eight bytes
  CHECK(refused(kind::abridged, role::server, "016cfeffff"));          // only servers refuse
  CHECK(refused(kind::intermediate, role::client, "080000006cfeffff00000000"));
  CHECK(refused(kind::intermediate, role::server, "040000006cfeffff"));
  CHECK(refused(kind::padded_intermediate, role::client, "03000000000000"));
  CHECK(refused(kind::padded_intermediate, role::server, "0800000000000000ffffffff"));
  CHECK(refused(kind::padded_intermediate, role::client,
                "110000000000000000000000000000000000000000"));  // 17 bytes of a plain packet
  CHECK(refused(kind::padded_intermediate, role::client,
                "140000000100000000000000000000000000000000000000"));  // 20 of an encrypted one
}

TEST_CASE("a zero length is refused on every framing", "[transport]") {
  auto const zero = {
      std::pair{kind::abridged, "00"},           std::pair{kind::abridged, "7f000000"},
      std::pair{kind::intermediate, "00000000"}, std::pair{kind::padded_intermediate, "00000000"},
      std::pair{kind::full, "00000000"},         std::pair{kind::full, "0c0000000000000026ca8d32"}};
  for (auto const& [k, wire] : zero) {
    for (role r : {role::client, role::server}) {
      auto reader = make(k, r);
      CHECK(is_error(read_all(*reader, from_hex(wire), 1), protocol_errc::bad_frame));
    }
  }
}

TEST_CASE("a length that is no multiple of 4 is refused", "[transport]") {
  auto intermediate = make(kind::intermediate, role::client);
  CHECK(is_error(read_all(*intermediate, from_hex("41000000"), 1), protocol_errc::bad_frame));
  auto full = make(kind::full, role::client);
  CHECK(is_error(read_all(*full, from_hex("4d000000"), 1), protocol_errc::bad_frame));
}

TEST_CASE("a length beyond the limit is refused before the payload arrives", "[transport]") {
  framing_options const small{.max_payload = 1024};
  auto const large = {
      std::pair{kind::abridged, "7f010100"}, std::pair{kind::intermediate, "04040000"},
      std::pair{kind::padded_intermediate, "10040000"}, std::pair{kind::full, "10040000"}};
  for (auto const& [k, wire] : large) {
    auto reader = make(k, role::server, small);
    auto got = read_all(*reader, from_hex(wire), 1);
    CHECK(is_error(got, protocol_errc::frame_too_large));
    CHECK(got.max_buffered <= 4);
  }
  for (kind k : all_kinds) {
    auto wire = encoded(*make(k, role::server), bytes(1024, 1));
    auto reader = make(k, role::client, small);
    CHECK(!read_all(*reader, wire, 100).error);
  }
}

TEST_CASE("after an error a framing says it again and keeps nothing", "[transport]") {
  auto reader = make(kind::abridged, role::client);
  REQUIRE(is_error(read_all(*reader, from_hex("00"), 1), protocol_errc::bad_frame));
  auto const good = encoded(*make(kind::abridged, role::server), encrypted_shape(9));
  auto got = read_all(*reader, good, good.size());
  CHECK(is_error(got, protocol_errc::bad_frame));
  CHECK(got.frames.empty());
  CHECK(reader->buffered() == 0);
}

TEST_CASE("a full packet with any byte changed is refused or waited for", "[transport]") {
  auto const wire = encoded(*make(kind::full, role::server), encrypted_shape(4));
  for (std::size_t at = 0; at < wire.size(); ++at) {
    auto broken = wire;
    broken[at] ^= 0x11;
    auto reader = make(kind::full, role::client);
    auto got = read_all(*reader, broken, 1);
    CHECK(got.frames.empty());
    if (at >= 4) CHECK(is_error(got, protocol_errc::bad_frame));
  }
}

TEST_CASE("a full packet out of order, twice or missing is refused", "[transport]") {
  auto server = make(kind::full, role::server);
  auto const first = encoded(*server, encrypted_shape(1));
  auto const second = encoded(*server, encrypted_shape(2));
  auto refused = [](bytes_view once, bytes_view then) {
    auto reader = make(kind::full, role::client);
    read_all(*reader, once, once.size());
    return is_error(read_all(*reader, then, then.size()), protocol_errc::bad_frame);
  };
  CHECK(refused(second, first));
  CHECK(refused(first, first));
  CHECK(refused({}, second));
  CHECK_FALSE(refused(first, second));
}

TEST_CASE("padding towards clients is at most 3, towards servers 15", "[transport]") {
  std::size_t max_to_client = 0;
  std::size_t max_to_server = 0;
  auto const payload = encrypted_shape(2);
  auto client = make(kind::padded_intermediate, role::client);
  auto server = make(kind::padded_intermediate, role::server);
  encoded(*client, payload);  // the one with the tag
  for (int i = 0; i < 500; ++i) {
    max_to_client = std::max(max_to_client, encoded(*server, payload).size() - 4 - payload.size());
    max_to_server = std::max(max_to_server, encoded(*client, payload).size() - 4 - payload.size());
  }
  CHECK(max_to_client == 3);
  CHECK(max_to_server == 15);
}

TEST_CASE("padding is taken off plain packets by their own length", "[transport]") {
  bytes plain = from_hex(
      "0000000000000000"
      "0100000000000051"
      "08000000"
      "0102030405060708");
  auto wire_of = [&](bytes payload, std::size_t padding) {
    payload.insert(payload.end(), padding, 0x77);
    bytes wire(4);
    store_le(wire.data(), static_cast<std::uint32_t>(payload.size()));
    append(wire, payload);
    return wire;
  };
  for (std::size_t padding = 0; padding < 16; ++padding) {
    auto reader = make(kind::padded_intermediate, role::server);
    auto got = read_all(*reader, wire_of(plain, padding), 1);
    CHECK(got.frames == std::vector<frame>{packet{plain}});
  }
  plain[16] = 9;  // one more than there is
  auto reader = make(kind::padded_intermediate, role::server);
  CHECK(is_error(read_all(*reader, wire_of(plain, 0), 1), protocol_errc::bad_frame));
}
