// SPDX-License-Identifier: MIT OR Apache-2.0
#define OPENSSL_SUPPRESS_DEPRECATED
#include "sha256.hpp"

#include "kernels.hpp"
#include "openssl.hpp"
#include "x86_kernels.hpp"

#include <openssl/sha.h>

#include <algorithm>

namespace mtp::MTP_ABI::crypto {
namespace {

constexpr std::size_t length_size = 8;

void run_blocks([[maybe_unused]] sha256_state& state, [[maybe_unused]] std::uint8_t const* data,
                [[maybe_unused]] std::size_t blocks) {
#ifdef MTP_X86_KERNELS
  x86::sha256_sha_ni(state, data, blocks);
#endif
}

void run_two([[maybe_unused]] sha256_state& first, [[maybe_unused]] sha256_state& second,
             [[maybe_unused]] std::uint8_t const* first_block,
             [[maybe_unused]] std::uint8_t const* second_block) {
#ifdef MTP_X86_KERNELS
  x86::sha256_sha_ni(first, second, first_block, second_block);
#endif
}

template <class Word>
void store_be(std::uint8_t* to, Word value) {
  for (std::size_t i = 0; i < sizeof value; ++i)
    to[i] = static_cast<std::uint8_t>(value >> (8 * (sizeof value - 1 - i)));
}

void store_digest(std::uint8_t* to, sha256_state const& state) {
  for (std::size_t i = 0; i < state.words.size(); ++i) store_be(to + 4 * i, state.words[i]);
}

/// A short message as the only block of its hash.
wiped_bytes<sha256_block> block_of(sha256_short message) {
  static_assert(sha256_short::extent < sha256_block - length_size);
  wiped_bytes<sha256_block> out;
  *std::copy_n(message.begin(), sha256_short::extent, out.begin()) = 0x80;
  store_be(out.data() + sha256_block - length_size, std::uint64_t{8 * sha256_short::extent});
  return out;
}

#ifdef OPENSSL_NO_DEPRECATED_3_0

sha256_digest with_openssl(bytes_view first, std::span<bytes_view const> rest) {
  thread_local auto const context = ossl::check_new(ossl::digest_context(EVP_MD_CTX_new()));
  static auto* const algorithm = ossl::check_new(EVP_MD_fetch(nullptr, "SHA256", nullptr));
  sha256_digest out;
  ossl::check(EVP_DigestInit_ex2(context.get(), algorithm, nullptr));
  ossl::check(EVP_DigestUpdate(context.get(), first.data(), first.size()));
  for (bytes_view part : rest)
    ossl::check(EVP_DigestUpdate(context.get(), part.data(), part.size()));
  ossl::check(EVP_DigestFinal_ex(context.get(), out.data(), nullptr));
  return out;
}

#else

// The functions below EVP take no memory, which EVP does for each digest.
sha256_digest with_openssl(bytes_view first, std::span<bytes_view const> rest) {
  SHA256_CTX context;
  SHA256_Init(&context);
  SHA256_Update(&context, first.data(), first.size());
  for (bytes_view part : rest) SHA256_Update(&context, part.data(), part.size());
  sha256_digest out;
  SHA256_Final(out.data(), &context);
  OPENSSL_cleanse(&context, sizeof context);
  return out;
}

#endif

}  // namespace

void sha256_sum::fill(bytes_view& data) {
  std::size_t const used = size_ % sha256_block;
  std::size_t const taken = std::min(data.size(), sha256_block - used);
  std::copy_n(data.begin(), taken, open_.begin() + static_cast<std::ptrdiff_t>(used));
  size_ += taken;
  data = data.subspan(taken);
}

void sha256_sum::add(bytes_view data) {
  if (size_ % sha256_block != 0) {
    fill(data);
    if (size_ % sha256_block == 0) run_blocks(state_, open_.data(), 1);
  }
  std::size_t const whole = data.size() / sha256_block;
  if (whole != 0) run_blocks(state_, data.data(), whole);
  size_ += whole * sha256_block;
  data = data.subspan(whole * sha256_block);
  if (!data.empty()) fill(data);
}

sha256_digest sha256_sum::finish() {
  std::size_t used = size_ % sha256_block;
  open_[used++] = 0x80;
  std::fill(open_.begin() + static_cast<std::ptrdiff_t>(used), open_.end(), std::uint8_t{0});
  if (used > sha256_block - length_size) {
    run_blocks(state_, open_.data(), 1);
    open_.fill(0);
  }
  store_be(open_.data() + sha256_block - length_size, size_ * 8);
  run_blocks(state_, open_.data(), 1);
  sha256_digest out;
  store_digest(out.data(), state_);
  return out;
}

sha256_digest sha256_of(bytes_view first, std::span<bytes_view const> rest) {
  if (used_kernels().sha == sha_kernel::portable) return with_openssl(first, rest);
  sha256_sum sum;
  sum.add(first);
  for (bytes_view part : rest) sum.add(part);
  return sum.finish();
}

sha256_digests sha256_pair(sha256_short first, sha256_short second) {
  if (used_kernels().sha == sha_kernel::portable)
    return {with_openssl(first, {}), with_openssl(second, {})};
  auto const first_block = block_of(first);
  auto const second_block = block_of(second);
  sha256_state one;
  sha256_state other;
  run_two(one, other, first_block.data(), second_block.data());
  sha256_digests out;
  store_digest(out.first.data(), one);
  store_digest(out.second.data(), other);
  return out;
}

}  // namespace mtp::MTP_ABI::crypto
