// SPDX-License-Identifier: MIT OR Apache-2.0
#include "storage/seal/record_cipher.hpp"

#include "core/wire.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <memory>
#include <new>

namespace mtp::MTP_ABI::detail {
namespace {

using cipher_context = std::unique_ptr<EVP_CIPHER_CTX, void (*)(EVP_CIPHER_CTX*)>;

/// OpenSSL refuses nothing here but memory.
void require(bool done) {
  if (!done) throw std::bad_alloc();
}

cipher_context begin(bytes_view key, bytes_view nonce, bytes_view bound, bool encrypts) {
  cipher_context out(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
  int size = 0;
  require(out && EVP_CipherInit_ex(out.get(), EVP_aes_256_gcm(), nullptr, key.data(), nonce.data(),
                                   encrypts) == 1);
  require(EVP_CipherUpdate(out.get(), nullptr, &size, bound.data(),
                           static_cast<int>(bound.size())) == 1);
  return out;
}

bytes hmac(bytes_view key, bytes_view data) {
  bytes out(EVP_MAX_MD_SIZE);
  unsigned size = 0;
  require(HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), data.data(), data.size(),
               out.data(), &size) != nullptr);
  out.resize(size);
  return out;
}

/// What a value is bound to: this format, its space, and the id under which it is kept.
bytes bound_to(record_space space, bytes_view kept) {
  bytes out = wire::writer().raw(as_bytes("mtp.record.1")).take();
  out.push_back(static_cast<std::uint8_t>(space));
  append(out, kept);
  return out;
}

}  // namespace

bytes seal(bytes_view key, bytes_view nonce, bytes_view text, bytes_view bound) {
  auto const context = begin(key, nonce, bound, true);
  bytes out(seal_overhead + text.size());
  std::copy(nonce.begin(), nonce.end(), out.begin());
  int size = 0;
  auto* const to = &out[seal_nonce_size];
  require(EVP_CipherUpdate(context.get(), to, &size, text.data(), static_cast<int>(text.size())) ==
          1);
  require(EVP_CipherFinal_ex(context.get(), to + size, &size) == 1);
  require(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, seal_tag_size,
                              to + text.size()) == 1);
  return out;
}

std::optional<bytes> unseal(bytes_view key, bytes_view sealed, bytes_view bound) {
  if (sealed.size() < seal_overhead) return {};
  auto const context = begin(key, sealed.first(seal_nonce_size), bound, false);
  auto const text = sealed.subspan(seal_nonce_size, sealed.size() - seal_overhead);
  std::array<std::uint8_t, seal_tag_size> tag{};
  std::copy(sealed.end() - seal_tag_size, sealed.end(), tag.begin());
  bytes out(text.size() + 1);  // OpenSSL wants a place also for nothing
  int size = 0;
  require(EVP_CipherUpdate(context.get(), out.data(), &size, text.data(),
                           static_cast<int>(text.size())) == 1);
  require(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, seal_tag_size, tag.data()) ==
          1);
  if (EVP_CipherFinal_ex(context.get(), &out[text.size()], &size) != 1) return {};
  out.pop_back();
  return out;
}

record_cipher::record_cipher(secret<bytes> key)
    : key_(std::move(key)), id_key_(hmac(key_.reveal(), as_bytes("mtp.record.ids"))) {}

bytes record_cipher::id_of(record_space space, bytes_view id) const {
  if (!hides(space)) return bytes(id.begin(), id.end());
  bytes all{static_cast<std::uint8_t>(space)};
  append(all, id);
  return hmac(id_key_.reveal(), all);
}

bytes record_cipher::encrypt(record_space space, bytes_view id, bytes_view value,
                             random_source& random) const {
  auto const nonce = random.make<std::array<std::uint8_t, seal_nonce_size>>();
  auto const bound = bound_to(space, id_of(space, id));
  if (!hides(space)) return seal(key_.reveal(), nonce, value, bound);
  bytes text;
  wire::append_number(text, static_cast<std::uint16_t>(id.size()));
  append(text, id);
  append(text, value);
  return seal(key_.reveal(), nonce, text, bound);
}

std::optional<record> record_cipher::decrypt(record_space space, bytes_view kept,
                                             bytes_view value) const {
  auto text = unseal(key_.reveal(), value, bound_to(space, kept));
  if (!text) return {};
  if (!hides(space)) return record(bytes(kept.begin(), kept.end()), *std::move(text));
  wire::reader in(*text);
  auto const id = in.take(in.number<std::uint16_t>());
  auto const rest = in.rest();
  if (!in.ok()) return {};
  return record(bytes(id.begin(), id.end()), bytes(rest.begin(), rest.end()));
}

}  // namespace mtp::MTP_ABI::detail
