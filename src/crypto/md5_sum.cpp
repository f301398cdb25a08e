// SPDX-License-Identifier: MIT OR Apache-2.0
#include "crypto/md5_sum.hpp"

#include "openssl.hpp"

namespace mtp::MTP_ABI::crypto {

struct md5_sum::state {
  ossl::digest_context context = ossl::check_new(ossl::digest_context(EVP_MD_CTX_new()));
};

md5_sum::md5_sum() : state_(std::make_unique<state>()) {
  ossl::check(EVP_DigestInit_ex2(state_->context.get(), EVP_md5(), nullptr));
}

md5_sum::md5_sum(md5_sum&&) noexcept = default;
md5_sum::~md5_sum() = default;

void md5_sum::add(bytes_view data) {
  ossl::check(EVP_DigestUpdate(state_->context.get(), data.data(), data.size()));
}

md5_digest md5_sum::finish() {
  md5_digest out;
  ossl::check(EVP_DigestFinal_ex(state_->context.get(), out.data(), nullptr));
  return out;
}

}  // namespace mtp::MTP_ABI::crypto
