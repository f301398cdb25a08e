// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/transport/obfuscation.hpp>

#include "streams.hpp"
#include "support/catch.hpp"
#include "support/vectors/transport.hpp"

#include <algorithm>

using namespace mtp;
using namespace mtp::transport;
using namespace mtp::test;

namespace {

template <class Array>
Array array_of(std::string_view hex) {
  Array out{};
  auto const raw = from_hex(hex);
  REQUIRE(raw.size() == out.size());
  std::copy(raw.begin(), raw.end(), out.begin());
  return out;
}

std::optional<proxy_secret> secret_of(std::string_view hex) {
  if (hex.empty()) return std::nullopt;
  return array_of<proxy_secret>(hex);
}

kind kind_of(std::string_view tag) {
  return tag == "dddddddd" ? kind::padded_intermediate : kind::intermediate;
}

bytes header_written(vectors::obfuscation_vector const& known) {
  auto script = from_hex(known.random);
  script.resize(script.size() + 64);  // for the padding
  scripted_random random(script);
  obfuscation_options options{.secret = secret_of(known.secret)};
  if (known.names_dc) options.dc = static_cast<std::int16_t>(known.dc);
  auto client = make_obfuscated_client(kind_of(known.tag), random, {.max_padding = 0}, options);
  auto wire = encoded(**client, encrypted_shape(1));
  wire.resize(64);
  return wire;
}

bytes applied(crypto::ctr_stream& stream, std::string_view hex) {
  auto data = from_hex(hex);
  stream.apply(data);
  return data;
}

}  // namespace

TEST_CASE("obfuscated clients are those of the known answers", "[transport][vectors]") {
  for (auto const& known : vectors::obfuscated_clients) {
    INFO(known.source);
    auto const wire = header_written(known);
    CHECK(to_hex(wire) == known.header);
    auto const header = array_of<obfuscation_header>(known.header);
    auto const keys = derive_obfuscation_keys(header, secret_of(known.secret));
    CHECK(to_hex(keys.encrypt_key) == known.encrypt_key);
    CHECK(to_hex(keys.encrypt_iv) == known.encrypt_iv);
    CHECK(to_hex(keys.decrypt_key) == known.decrypt_key);
    CHECK(to_hex(keys.decrypt_iv) == known.decrypt_iv);
    auto const said = open_header(header, secret_of(known.secret));
    REQUIRE(said.has_value());
    CHECK(said->inner == kind_of(known.tag));
    if (known.names_dc) CHECK(said->dc == known.dc);
  }
}

TEST_CASE("the cipher goes on behind the header", "[transport][vectors]") {
  for (auto const& known : vectors::obfuscated_clients) {
    if (std::string_view(known.plain).empty()) continue;
    auto const header = array_of<obfuscation_header>(known.header);
    auto const keys = derive_obfuscation_keys(header, secret_of(known.secret));
    crypto::ctr_stream encrypt(keys.encrypt_key, keys.encrypt_iv);
    crypto::ctr_stream decrypt(keys.decrypt_key, keys.decrypt_iv);
    applied(encrypt, known.header);
    CHECK(to_hex(applied(encrypt, known.plain)) == known.encrypts_to);
    CHECK(to_hex(applied(decrypt, known.plain)) == known.decrypts_to);
  }
}

TEST_CASE("a server reads the header of the known answer", "[transport][vectors]") {
  auto const& known = vectors::obfuscated_server;
  auto const header = array_of<obfuscation_header>(known.header);
  auto const secret = secret_of(known.secret);
  auto const said = open_header(header, secret);
  REQUIRE(said.has_value());
  CHECK(said->inner == kind::padded_intermediate);
  CHECK(said->dc == known.dc);
  CHECK_FALSE(open_header(header, {}).has_value());

  auto const keys = derive_obfuscation_keys(header, secret);
  crypto::ctr_stream towards_client(keys.decrypt_key, keys.decrypt_iv);
  crypto::ctr_stream from_client(keys.encrypt_key, keys.encrypt_iv);
  applied(from_client, known.header);
  CHECK(to_hex(applied(towards_client, known.encrypts)) == known.encrypts_to);
  CHECK(to_hex(applied(from_client, known.decrypts)) == known.decrypts_to);
}

TEST_CASE("random bytes that look like another protocol are drawn again", "[transport]") {
  for (auto const* first : {"ef00000001010101", "4845414401010101", "504f535401010101",
                            "4745542001010101", "4f50544901010101", "1603010201010101",
                            "dddddddd01010101", "eeeeeeee01010101", "0101010100000000"}) {
    auto bad = from_hex(first);
    bad.resize(64, 7);
    obfuscation_header header;
    std::copy(bad.begin(), bad.end(), header.begin());
    CHECK_FALSE(usable_as_header(header));
    auto script = bad;
    script.resize(128, 9);
    scripted_random random(script);
    auto client = make_obfuscated_client(kind::abridged, random);
    CHECK(random.left() == 0);
    CHECK(encoded(**client, encrypted_shape(1))[0] == 9);
  }
}

TEST_CASE("full cannot be obfuscated", "[transport]") {
  seeded_random random(1);
  auto made = make_obfuscated_client(kind::full, random);
  REQUIRE_FALSE(made.has_value());
  CHECK(made.error() == make_error_code(protocol_errc::bad_frame));
}
