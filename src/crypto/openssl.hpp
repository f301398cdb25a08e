// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>

#include <openssl/bn.h>
#include <openssl/evp.h>

#include <cstddef>
#include <limits>
#include <memory>
#include <new>

// What the sources of this layer share of OpenSSL: owners, and one reaction to a failure that only
// a lack of memory explains.
namespace mtp::MTP_ABI::crypto::ossl {

template <auto Free>
struct freed_by {
  template <class T>
  void operator()(T* p) const noexcept {
    Free(p);
  }
};

using cipher_context = std::unique_ptr<EVP_CIPHER_CTX, freed_by<EVP_CIPHER_CTX_free>>;
using digest_context = std::unique_ptr<EVP_MD_CTX, freed_by<EVP_MD_CTX_free>>;
using number = std::unique_ptr<BIGNUM, freed_by<BN_clear_free>>;
using number_context = std::unique_ptr<BN_CTX, freed_by<BN_CTX_free>>;
using key = std::unique_ptr<EVP_PKEY, freed_by<EVP_PKEY_free>>;
using key_context = std::unique_ptr<EVP_PKEY_CTX, freed_by<EVP_PKEY_CTX_free>>;
using text = std::unique_ptr<BIO, freed_by<BIO_free>>;

/// For calls that cannot fail on right arguments.
inline void check(int outcome) {
  if (outcome != 1) throw std::bad_alloc();
}

template <class Pointer>
Pointer check_new(Pointer p) {
  if (!p) throw std::bad_alloc();
  return p;
}

inline number to_number(unsigned char const* data, std::size_t size) {
  if (size > std::numeric_limits<int>::max()) throw std::bad_alloc();
  return check_new(number(BN_bin2bn(data, static_cast<int>(size), nullptr)));
}

inline number new_number() { return check_new(number(BN_new())); }
inline number_context new_context() { return check_new(number_context(BN_CTX_secure_new())); }

}  // namespace mtp::MTP_ABI::crypto::ossl
