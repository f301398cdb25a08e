// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/core/random.hpp>

#include <openssl/rand.h>

#include <algorithm>
#include <limits>
#include <stdexcept>

namespace mtp {
namespace {

class openssl_random final : public random_source {
 public:
  void fill(mutable_bytes out) override {
    constexpr std::size_t most = std::numeric_limits<int>::max();
    while (!out.empty()) {
      std::size_t const part = std::min(out.size(), most);
      if (RAND_bytes(out.data(), static_cast<int>(part)) != 1)
        throw std::runtime_error("no random bytes to be had");
      out = out.subspan(part);
    }
  }
};

}  // namespace

random_source& system_random() {
  static openssl_random source;
  return source;
}

}  // namespace mtp
