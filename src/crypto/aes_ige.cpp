// SPDX-License-Identifier: MIT OR Apache-2.0
#include "ige_many.hpp"
#include "ige_stream.hpp"
#include "kernels.hpp"

#include <cassert>

namespace mtp::MTP_ABI::crypto {
namespace {

template <bool Encrypt>
void run_one(int256 const& key, int256& iv, bytes_view from, mutable_bytes to) {
  assert(from.size() == to.size() && from.size() % aes_block == 0);
  ige_stream<Encrypt> stream(key, iv);
  stream.run(from.data(), to.data(), from.size() / aes_block);
  iv = stream.iv();
}

template <bool Encrypt>
void run_many(std::span<ige_message const> messages) {
  if (messages.size() > 1 && used_kernels().aes != aes_kernel::portable)
    return run_interleaved<Encrypt>(messages);
  for (auto const& m : messages) run_one<Encrypt>(m.key, m.iv, m.from, m.to);
}

}  // namespace

void ige_encrypt(int256 const& key, int256& iv, bytes_view plain, mutable_bytes cipher) {
  run_one<true>(key, iv, plain, cipher);
}

void ige_decrypt(int256 const& key, int256& iv, bytes_view cipher, mutable_bytes plain) {
  run_one<false>(key, iv, cipher, plain);
}

void ige_encrypt_many(std::span<ige_message const> messages) { run_many<true>(messages); }
void ige_decrypt_many(std::span<ige_message const> messages) { run_many<false>(messages); }

}  // namespace mtp::MTP_ABI::crypto
