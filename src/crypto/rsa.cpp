// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/crypto/rsa.hpp>

#include "core/wire.hpp"
#include "openssl.hpp"

#include <mtp/crypto/hash.hpp>
#include <mtp/crypto/wipe.hpp>

#include <openssl/core_names.h>
#include <openssl/decoder.h>
#include <openssl/encoder.h>
#include <openssl/err.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <bit>
#include <utility>

namespace mtp::MTP_ABI::crypto {
namespace {

using decoder = std::unique_ptr<OSSL_DECODER_CTX, ossl::freed_by<OSSL_DECODER_CTX_free>>;
using encoder = std::unique_ptr<OSSL_ENCODER_CTX, ossl::freed_by<OSSL_ENCODER_CTX_free>>;

auto const not_a_key = failure{client_errc::bad_config};

EVP_PKEY* as_key(std::shared_ptr<void> const& key) { return static_cast<EVP_PKEY*>(key.get()); }

/// A password would be asked for on the terminal; a library does not.
int no_password(char*, std::size_t, std::size_t*, OSSL_PARAM const*, void*) { return 0; }

/// Reads PEM of any structure that holds an RSA key; null when there is none.
ossl::key read_pem(std::string_view pem, int selection) {
  EVP_PKEY* found = nullptr;
  decoder const context(ossl::check_new(
      OSSL_DECODER_CTX_new_for_pkey(&found, "PEM", nullptr, "RSA", selection, nullptr, nullptr)));
  OSSL_DECODER_CTX_set_passphrase_cb(context.get(), no_password, nullptr);
  auto const* data = reinterpret_cast<unsigned char const*>(pem.data());
  std::size_t size = pem.size();
  int const read = OSSL_DECODER_from_data(context.get(), &data, &size);
  ossl::key key(found);
  ERR_clear_error();
  if (read != 1) key.reset();
  return key;
}

std::string write_pem(EVP_PKEY const* key, int selection, char const* structure) {
  encoder const context(
      ossl::check_new(OSSL_ENCODER_CTX_new_for_pkey(key, selection, "PEM", structure, nullptr)));
  unsigned char* data = nullptr;
  std::size_t size = 0;
  ossl::check(OSSL_ENCODER_to_data(context.get(), &data, &size));
  std::string const out(reinterpret_cast<char const*>(data), size);
  OPENSSL_clear_free(data, size);
  return out;
}

ossl::number part_of(EVP_PKEY const* key, char const* name) {
  BIGNUM* value = nullptr;
  if (EVP_PKEY_get_bn_param(key, name, &value) != 1) return nullptr;
  return ossl::number(value);
}

bytes_view without_zeros(bytes_view number) {
  auto const first = std::ranges::find_if(number, [](std::uint8_t b) { return b != 0; });
  return {first, number.end()};
}

/// Modulus and exponent are hashed in their shortest form, each as a TL string.
std::int64_t fingerprint_of(rsa_block const& modulus, std::uint32_t exponent) {
  std::uint8_t e[4];
  for (int i = 0; i < 4; ++i) e[i] = static_cast<std::uint8_t>(exponent >> (24 - 8 * i));
  bytes const hashed = wire::writer().text(without_zeros(modulus)).text(without_zeros(e)).take();
  return load_le<std::int64_t>(sha1(hashed).data() + 12);
}

/// The two numbers of a public key, checked.
result<std::pair<rsa_block, std::uint32_t>> numbers(BIGNUM const* n, BIGNUM const* e) {
  if (!n || !e || BN_num_bits(n) != 2048 || !BN_is_odd(n)) return not_a_key;
  if (BN_num_bits(e) > 32 || BN_num_bits(e) < 2 || !BN_is_odd(e)) return not_a_key;
  rsa_block modulus;
  BN_bn2binpad(n, modulus.data(), static_cast<int>(modulus.size()));
  return std::pair{modulus, static_cast<std::uint32_t>(BN_get_word(e))};
}

result<std::pair<rsa_block, std::uint32_t>> numbers(EVP_PKEY const* key) {
  return numbers(part_of(key, OSSL_PKEY_PARAM_RSA_N).get(),
                 part_of(key, OSSL_PKEY_PARAM_RSA_E).get());
}

/// The key as OpenSSL's own object, for writing it.
ossl::key make_public(rsa_block const& modulus, std::uint32_t exponent) {
  rsa_block native = modulus;
  std::ranges::reverse(native);  // parameters are in the machine's own order
  if constexpr (std::endian::native == std::endian::big) std::ranges::reverse(native);
  OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_BN(OSSL_PKEY_PARAM_RSA_N, native.data(), native.size()),
      OSSL_PARAM_construct_uint32(OSSL_PKEY_PARAM_RSA_E, &exponent), OSSL_PARAM_construct_end()};
  ossl::key_context const context(
      ossl::check_new(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr)));
  EVP_PKEY* made = nullptr;
  ossl::check(EVP_PKEY_fromdata_init(context.get()));
  ossl::check(EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_PUBLIC_KEY, parameters));
  return ossl::key(made);
}

}  // namespace

rsa_public_key::rsa_public_key(rsa_block const& modulus, std::uint32_t exponent)
    : modulus_(modulus), exponent_(exponent), fingerprint_(fingerprint_of(modulus, exponent)) {}

result<rsa_public_key> rsa_public_key::from_pem(std::string_view text) {
  auto const key = read_pem(text, EVP_PKEY_PUBLIC_KEY);
  if (!key) return not_a_key;
  auto const read = numbers(key.get());
  if (!read) return failure{read.error()};
  return rsa_public_key(read->first, read->second);
}

result<rsa_public_key> rsa_public_key::from_modulus(std::string_view hex, std::uint32_t exponent) {
  if (hex.size() > 512) return not_a_key;
  BIGNUM* parsed = nullptr;
  int const digits = BN_hex2bn(&parsed, std::string(hex).c_str());
  ossl::number const n(parsed);
  if (digits < 0 || static_cast<std::size_t>(digits) != hex.size()) return not_a_key;
  ossl::number const e = ossl::new_number();
  ossl::check(BN_set_word(e.get(), exponent));
  auto const read = numbers(n.get(), e.get());
  if (!read) return failure{read.error()};
  return rsa_public_key(read->first, read->second);
}

std::string rsa_public_key::to_pem() const {
  return write_pem(make_public(modulus_, exponent_).get(), EVP_PKEY_PUBLIC_KEY, "type-specific");
}

std::optional<rsa_block> rsa_public_key::encrypt(rsa_block const& number) const {
  if (!std::ranges::lexicographical_compare(number, modulus_)) return std::nullopt;
  auto const base = ossl::to_number(number.data(), number.size());
  auto const n = ossl::to_number(modulus_.data(), modulus_.size());
  auto const e = ossl::new_number();
  ossl::check(BN_set_word(e.get(), exponent_));
  auto const power = ossl::new_number();
  auto const context = ossl::new_context();
  ossl::check(BN_mod_exp(power.get(), base.get(), e.get(), n.get(), context.get()));
  rsa_block out;
  BN_bn2binpad(power.get(), out.data(), static_cast<int>(out.size()));
  return out;
}

rsa_private_key::rsa_private_key(std::shared_ptr<void> key, rsa_public_key public_half)
    : key_(std::move(key)), public_(std::move(public_half)) {}

result<rsa_private_key> rsa_private_key::adopt(std::shared_ptr<void> key) {
  auto const read = numbers(as_key(key));
  if (!read) return failure{read.error()};
  return rsa_private_key(std::move(key), rsa_public_key(read->first, read->second));
}

rsa_private_key rsa_private_key::generate() {
  for (;;) {
    std::shared_ptr<void> const key(ossl::check_new(EVP_RSA_gen(2048)),
                                    ossl::freed_by<EVP_PKEY_free>());
    auto made = adopt(key);
    if (!made) throw std::bad_alloc();
    auto const fingerprint = static_cast<std::uint64_t>(made->public_key().fingerprint());
    if (fingerprint >> 60 != 0) return std::move(*made);
  }
}

result<rsa_private_key> rsa_private_key::from_pem(std::string_view text) {
  auto key = read_pem(text, EVP_PKEY_KEYPAIR);
  if (!key || !part_of(key.get(), OSSL_PKEY_PARAM_RSA_D)) return not_a_key;
  return adopt(std::shared_ptr<void>(key.release(), ossl::freed_by<EVP_PKEY_free>()));
}

std::string rsa_private_key::to_pem() const {
  return write_pem(as_key(key_), EVP_PKEY_KEYPAIR, "PrivateKeyInfo");
}

std::optional<rsa_block> rsa_private_key::decrypt(rsa_block const& number) const {
  ossl::key_context const context(
      ossl::check_new(EVP_PKEY_CTX_new_from_pkey(nullptr, as_key(key_), nullptr)));
  ossl::check(EVP_PKEY_decrypt_init(context.get()));
  ossl::check(EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_NO_PADDING));
  rsa_block out;
  std::size_t size = out.size();
  int const done = EVP_PKEY_decrypt(context.get(), out.data(), &size, number.data(), number.size());
  ERR_clear_error();
  if (done != 1 || size != out.size()) return std::nullopt;
  return out;
}

}  // namespace mtp::MTP_ABI::crypto
