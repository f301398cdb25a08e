// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtproto/handshake_objects.hpp>

#include <support/catch.hpp>
#include <support/hex.hpp>
#include <support/vectors/handshakes.hpp>

using namespace mtp;
using namespace mtp::test;
using mtproto::read_object;
using mtproto::write_object;
namespace object = mtp::tl::mtproto;

namespace {

/// Reading gives an object that is written as it was; every shorter text is refused.
template <class Object>
void round_trip(std::string_view hex) {
  bytes const data = from_hex(hex);
  bytes_view rest = data;
  auto const read = read_object<Object>(rest);
  REQUIRE(read);
  bytes const again = write_object(*read);
  CHECK(to_hex(again) == hex.substr(0, again.size() * 2));
  CHECK(rest.size() == data.size() - again.size());
  for (std::size_t size = 0; size < again.size(); ++size) {
    bytes_view cut = bytes_view(data).first(size);
    CHECK_FALSE(read_object<Object>(cut));
    CHECK(cut.size() == size);
  }
}

}  // namespace

TEST_CASE("recorded objects are read, written and refused when cut", "[mtproto][objects]") {
  for (auto const& v : vectors::handshake_all) {
    round_trip<object::req_pq_multi>(v.req_pq_multi);
    round_trip<object::resPQ>(v.res_pq);
    round_trip<object::req_DH_params>(v.req_dh_params);
    round_trip<object::server_DH_params_ok>(v.server_dh_params_ok);
    round_trip<object::set_client_DH_params>(v.set_client_dh_params);
    round_trip<object::dh_gen_ok>(v.dh_gen_ok);
    round_trip<object::server_DH_inner_data>(v.answer_with_hash.substr(40));
  }
}

TEST_CASE("a count beyond the data is refused before room is made", "[mtproto][objects]") {
  bytes data = write_object(object::resPQ{.server_public_key_fingerprints = {1, 2}});
  for (std::uint32_t const count : {3U, 0x7fffffffU, 0x80000000U, 0xffffffffU}) {
    store_le(data.data() + data.size() - 20, count);
    bytes_view rest = data;
    CHECK_FALSE(read_object<object::resPQ>(rest));
  }
}
