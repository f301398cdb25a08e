// SPDX-License-Identifier: MIT OR Apache-2.0
// What sealing and opening a message takes from the heap: nothing, from C++ or from OpenSSL.
#include "openssl_allocations.hpp"
#include "with_kernels.hpp"

#include <mtp/crypto/message_cipher.hpp>
#include <support/catch.hpp>
#include <support/heap_use.hpp>
#include <support/seeded_random.hpp>

#include <openssl/crypto.h>

namespace {

std::size_t openssl_calls = 0;

}  // namespace

namespace {

// OpenSSL takes other functions only before its first allocation, so this runs before main().
void* counted_malloc(std::size_t size, char const*, int) {
  ++openssl_calls;
  return std::malloc(size);
}
void* counted_realloc(void* p, std::size_t size, char const*, int) {
  ++openssl_calls;
  return std::realloc(p, size);
}
void counted_free(void* p, char const*, int) { std::free(p); }

bool const counts_openssl =
    CRYPTO_set_mem_functions(counted_malloc, counted_realloc, counted_free) == 1;

}  // namespace

std::size_t mtp::test::openssl_allocations() { return openssl_calls; }

namespace {

using namespace mtp;
using namespace mtp::test;
using crypto::direction;

struct taken {
  std::size_t by_new = 0;
  std::size_t by_openssl = 0;
};

template <class Work>
taken taken_by(Work work) {
  std::size_t const n = test::heap.count;
  std::size_t const o = openssl_calls;
  work();
  return {test::heap.count - n, openssl_calls - o};
}

}  // namespace

TEST_CASE("sealing and opening a message takes nothing from the heap", "[crypto][message]") {
  REQUIRE(counts_openssl);
  seeded_random random(31);
  crypto::auth_key const key(random.make<std::array<std::uint8_t, crypto::auth_key::size>>());
  for (auto const choice : all_kernels()) {
    with_kernels const now(choice);
    CAPTURE(name_of(choice));
    for (std::size_t const size : {64U, 1024U, 16384U}) {
      CAPTURE(size);
      bytes plain(size);
      random.fill(plain);
      bytes packet(crypto::packet_header + size);
      std::array<bytes_view, 3> const parts = {bytes_view(plain).first(32),
                                               bytes_view(plain).subspan(32, 20),
                                               bytes_view(plain).subspan(52)};
      bool right = true;
      auto const both = [&] {
        crypto::seal(key, direction::to_server, parts, packet);
        right = right && crypto::open_in_place(key, direction::to_server, packet).has_value();
      };
      both();  // a thread's first message may
      auto const cost = taken_by(both);
      CHECK(right);
      CHECK(cost.by_new == 0);
      CHECK(cost.by_openssl == 0);
    }
  }
  CHECK(taken_by([] { bytes const counted(1); }).by_new == 1);
  CHECK(taken_by([] { OPENSSL_free(OPENSSL_malloc(1)); }).by_openssl == 1);
}
