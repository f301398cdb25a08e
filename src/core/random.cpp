// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/core/random.hpp>

#include "random_block.hpp"

#include <openssl/rand.h>

#include <algorithm>
#include <atomic>
#include <limits>
#include <stdexcept>

#if __has_include(<pthread.h>)
#include <pthread.h>
#endif

namespace mtp::MTP_ABI {
namespace {

void draw(mutable_bytes out) {
  constexpr std::size_t max_part = std::numeric_limits<int>::max();
  while (!out.empty()) {
    std::size_t const part = std::min(out.size(), max_part);
    if (RAND_bytes(out.data(), static_cast<int>(part)) != 1)
      throw std::runtime_error("no random bytes to be had");
    out = out.subspan(part);
  }
}

/// How many times fork() has made this process out of another.
std::atomic<unsigned> divisions = 0;

/// The block of a thread. It has no destructor, so that it can be used until the thread is gone.
constinit thread_local random_block block_of_this_thread;

/// Wipes the block when the thread ends.
struct block_wiper {
  bool armed = false;
  ~block_wiper() { block_of_this_thread.wipe(); }
};
thread_local block_wiper wiper_of_this_thread;

class openssl_random final : public random_source {
 public:
  openssl_random() {
#if __has_include(<pthread.h>)
    pthread_atfork(nullptr, nullptr, [] { divisions.fetch_add(1, std::memory_order_relaxed); });
#endif
  }

  void fill(mutable_bytes out) override {
    if (out.size() > random_block::max_request) return draw(out);
    wiper_of_this_thread.armed = true;
    block_of_this_thread.fill(out, draw, divisions.load(std::memory_order_relaxed));
  }
};

}  // namespace

random_source& system_random() {
  static openssl_random source;
  return source;
}

}  // namespace mtp::MTP_ABI
