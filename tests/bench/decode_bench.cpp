// SPDX-License-Identifier: MIT OR Apache-2.0
// How long a page of history takes to read into a received value, to copy deeply and to write,
// beside a plain memcpy of the same bytes and a decoder into values that own their parts. All in
// one run: compare, do not quote.
#include "history_value.hpp"
#include "owning.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <limits>
#include <vector>

namespace {

using namespace mtp;

constexpr double budget = 0.28;  ///< of owning: the most that received may take

/// Keeps the compiler from dropping what nobody reads.
template <class T>
void keep(T const& value) {
  asm volatile("" : : "r"(&value) : "memory");
}

/// The least time of one call, in microseconds, over rounds of many calls.
template <class Work>
double best_of(Work work) {
  constexpr int rounds = 30;
  constexpr int calls = 300;
  double best = std::numeric_limits<double>::max();
  for (int round = 0; round < rounds; ++round) {
    auto const start = std::chrono::steady_clock::now();
    for (int call = 0; call < calls; ++call) work();
    std::chrono::duration<double, std::micro> const spent =
        std::chrono::steady_clock::now() - start;
    best = std::min(best, spent.count() / calls);
  }
  return best;
}

}  // namespace

int main() {
  auto const value = bench::history_value();
  auto const encoded = tl::encode(value);
  if (!encoded || encoded->size() != bench::history_size) {
    std::fprintf(stderr, "the value takes %zu bytes, not %zu\n", encoded ? encoded->size() : 0,
                 bench::history_size);
    return 1;
  }
  mtp::bytes const& wire = *encoded;
  auto const whole = tl::decode<tl::messages::Messages>(wire);
  if (!whole || !(*(*whole)->get_if<tl::messages::channelMessages>() == value)) {
    std::fprintf(stderr, "the value did not come back as it was\n");
    return 1;
  }
  // The library takes packets as buffers of their own; so that both decoders start from the same
  // bytes in memory, the received one is charged for the buffer too.
  double const received_us = best_of([&] {
    auto page = tl::decode<tl::messages::Messages>(wire);
    keep(page);
  });
  double const owning_us = best_of([&] {
    auto page = bench::owning::decode(wire.data(), wire.size());
    keep(page);
  });
  double const copy_us = best_of([&] {
    tl::messages::Messages page = **whole;
    keep(page);
  });
  double const encode_us = best_of([&] {
    auto out = tl::encode(**whole);
    keep(out);
  });
  std::vector<std::uint8_t> target(wire.size());
  double const memcpy_us = best_of([&] {
    std::memcpy(target.data(), wire.data(), wire.size());
    keep(target);
  });
  std::printf("received_us %.2f\nowning_us %.2f\ncopy_us %.2f\nencode_us %.2f\nmemcpy_us %.2f\n",
              received_us, owning_us, copy_us, encode_us, memcpy_us);
  std::printf("received / owning %.3f\n", received_us / owning_us);
  std::printf(
      "{\"bytes\":%zu,\"received_us\":%.2f,\"owning_us\":%.2f,\"copy_us\":%.2f,\"encode_us\":%.2f,"
      "\"memcpy_us\":%.2f,\"received_of_owning\":%.3f}\n",
      wire.size(), received_us, owning_us, copy_us, encode_us, memcpy_us, received_us / owning_us);
  if (received_us <= budget * owning_us) return 0;
  std::fprintf(stderr, "received takes more than %.2f of owning\n", budget);
  return 1;
}
