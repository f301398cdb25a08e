// SPDX-License-Identifier: MIT OR Apache-2.0
#include "openssl.hpp"

#include <mtp/crypto/aes.hpp>

#include <algorithm>

namespace mtp::MTP_ABI::crypto {

struct ctr_stream::state {
  ossl::cipher_context context;
};

namespace {

EVP_CIPHER const* algorithm() {
  static auto const fetched = ossl::check_new(EVP_CIPHER_fetch(nullptr, "AES-256-CTR", nullptr));
  return fetched;
}

}  // namespace

ctr_stream::ctr_stream(int256 const& key, int128 const& iv) : state_(std::make_unique<state>()) {
  state_->context = ossl::check_new(ossl::cipher_context(EVP_CIPHER_CTX_new()));
  ossl::check(
      EVP_EncryptInit_ex2(state_->context.get(), algorithm(), key.data(), iv.data(), nullptr));
}

ctr_stream::ctr_stream(ctr_stream&&) noexcept = default;
ctr_stream& ctr_stream::operator=(ctr_stream&&) noexcept = default;
ctr_stream::~ctr_stream() = default;

void ctr_stream::apply(mutable_bytes data) {
  constexpr std::size_t max_part = 1U << 30;
  while (!data.empty()) {
    std::size_t const part = std::min(data.size(), max_part);
    int written = 0;
    ossl::check(EVP_EncryptUpdate(state_->context.get(), data.data(), &written, data.data(),
                                  static_cast<int>(part)));
    data = data.subspan(part);
  }
}

}  // namespace mtp::MTP_ABI::crypto
