// SPDX-License-Identifier: MIT OR Apache-2.0
#include <support/catch.hpp>
#include <support/hex.hpp>
#include <support/vectors/handshakes.hpp>

#include <mtproto/handshake_objects.hpp>

using namespace mtp;
using namespace mtp::test;
namespace wire = mtp::mtproto::wire;

namespace {

/// Reading gives an object that is written as it was; every shorter text is refused.
template <class Object>
void round_trip(std::string_view hex) {
  bytes const data = from_hex(hex);
  bytes_view rest = data;
  auto const object = wire::read<Object>(rest);
  REQUIRE(object);
  bytes const again = wire::write(*object);
  CHECK(to_hex(again) == hex.substr(0, again.size() * 2));
  CHECK(rest.size() == data.size() - again.size());
  for (std::size_t size = 0; size < again.size(); ++size) {
    bytes_view cut = bytes_view(data).first(size);
    CHECK_FALSE(wire::read<Object>(cut));
    CHECK(cut.size() == size);
  }
}

}  // namespace

TEST_CASE("recorded objects are read, written and refused when cut", "[mtproto][objects]") {
  for (auto const& v : vectors::handshake_all) {
    round_trip<wire::req_pq_multi>(v.req_pq_multi);
    round_trip<wire::resPQ>(v.res_pq);
    round_trip<wire::req_DH_params>(v.req_dh_params);
    round_trip<wire::server_DH_params_ok>(v.server_dh_params_ok);
    round_trip<wire::set_client_DH_params>(v.set_client_dh_params);
    round_trip<wire::dh_gen_ok>(v.dh_gen_ok);
    round_trip<wire::server_DH_inner_data>(v.answer_with_hash.substr(40));
  }
}

TEST_CASE("a count beyond the data is refused before room is made", "[mtproto][objects]") {
  bytes data = wire::write(wire::resPQ{.server_public_key_fingerprints = {1, 2}});
  for (std::uint32_t const count : {3U, 0x7fffffffU, 0x80000000U, 0xffffffffU}) {
    store_le(data.data() + data.size() - 20, count);
    bytes_view rest = data;
    CHECK_FALSE(wire::read<wire::resPQ>(rest));
  }
}

TEST_CASE("strings of all header kinds", "[mtproto][objects]") {
  for (std::size_t const size : {0U, 1U, 3U, 253U, 254U, 300U, 70000U}) {
    CAPTURE(size);
    bytes const data = wire::write(wire::client_DH_inner_data{.g_b = bytes(size, 7)});
    CHECK(data.size() % 4 == 0);
    bytes_view rest = data;
    auto const read = wire::read<wire::client_DH_inner_data>(rest);
    REQUIRE(read);
    CHECK(read->g_b == bytes(size, 7));
    CHECK(rest.empty());
  }
}

TEST_CASE("a string may be longer than its header needs; the header 255 is refused",
          "[mtproto][objects]") {
  bytes data = wire::write(wire::client_DH_inner_data{});
  data.resize(data.size() - 4);
  bytes longer = data;
  append(longer, from_hex("fe010000aa000000"));
  bytes_view rest = longer;
  auto const read = wire::read<wire::client_DH_inner_data>(rest);
  REQUIRE(read);
  CHECK(to_hex(read->g_b) == "aa");
  bytes strange = data;
  append(strange, from_hex("ff01000000000000aa000000"));
  rest = strange;
  CHECK_FALSE(wire::read<wire::client_DH_inner_data>(rest));
}
