// SPDX-License-Identifier: MIT OR Apache-2.0
#include "handshake_cipher.hpp"

#include <mtp/crypto/aes.hpp>
#include <mtp/crypto/hash.hpp>

#include <algorithm>

namespace mtp::MTP_ABI::mtproto {
namespace {

constexpr std::size_t hash_size = 20;

}  // namespace

bytes seal_inner(crypto::aes_key_iv const& key, bytes_view object, random_source& random,
                 handshake_fault fault) {
  bytes out;
  append(out, crypto::sha1(object));
  if (fault == handshake_fault::answer_hash) out[7] ^= 1;
  append(out, object);
  std::size_t const used = out.size();
  out.resize((used + crypto::aes_block - 1) / crypto::aes_block * crypto::aes_block);
  if (fault == handshake_fault::overlong_padding) out.resize(out.size() + crypto::aes_block);
  random.fill(mutable_bytes(out).subspan(used));
  crypto::wiped_bytes<32> iv = key.iv;
  crypto::ige_encrypt(key.key, iv, out, out);
  return out;
}

result<inner_part, protocol_errc> open_inner(crypto::aes_key_iv const& key, bytes_view encrypted) {
  if (encrypted.size() % crypto::aes_block != 0 || encrypted.size() <= hash_size)
    return failure{protocol_errc::bad_answer_length};
  bytes plain(encrypted.size());
  crypto::wiped_bytes<32> iv = key.iv;
  crypto::ige_decrypt(key.key, iv, encrypted, plain);
  inner_part part;
  std::copy_n(plain.begin(), hash_size, part.hash.begin());
  part.object_and_padding.assign(plain.begin() + hash_size, plain.end());
  return part;
}

result<void, protocol_errc> check_inner(inner_part const& part, std::size_t left) {
  if (left >= crypto::aes_block) return failure{protocol_errc::bad_answer_length};
  bytes_view const whole = part.object_and_padding;
  if (!crypto::constant_time_equal(crypto::sha1(whole.first(whole.size() - left)), part.hash))
    return failure{protocol_errc::bad_answer_hash};
  return {};
}

}  // namespace mtp::MTP_ABI::mtproto
