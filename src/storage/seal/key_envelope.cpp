// SPDX-License-Identifier: MIT OR Apache-2.0
#include "storage/seal/key_envelope.hpp"

#include "storage/seal/record_cipher.hpp"

#include <mtp/storage/store_error.hpp>

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <new>
#include <string>

namespace mtp::MTP_ABI::detail {
namespace {

constexpr std::uint8_t envelope_version = 1;
constexpr std::uint8_t under_key = 1;
constexpr std::uint8_t under_passphrase = 2;
constexpr std::size_t salt_size = 16;
constexpr std::size_t head_size = 5;
constexpr std::size_t bound_size = head_size + salt_size;
constexpr std::size_t envelope_size = bound_size + seal_key_size + seal_overhead;

bool is_possible(scrypt_cost cost) noexcept {
  return cost.log2_n >= 10 && cost.log2_n <= 20 && cost.r >= 1 && cost.r <= 16 && cost.p >= 1 &&
         cost.p <= 16;
}

/// What a stored cost may ask for before anything says that the store is ours: eight times what is
/// taken by default for time, twice for memory.
constexpr std::uint64_t free_memory = std::uint64_t{256} << 20;
constexpr std::uint64_t free_work = std::uint64_t{1} << 30;

std::uint64_t memory_of(scrypt_cost cost) noexcept {
  return std::uint64_t{128} * cost.r << cost.log2_n;
}

std::uint64_t work_of(scrypt_cost cost) noexcept { return memory_of(cost) * cost.p; }

/// Whoever gives the key says with its cost what he is ready to pay.
bool is_affordable(scrypt_cost stored, scrypt_cost agreed) noexcept {
  return memory_of(stored) <= std::max(free_memory, memory_of(agreed)) &&
         work_of(stored) <= std::max(free_work, work_of(agreed));
}

[[noreturn]] void refuse_cost(scrypt_cost cost) {
  throw store_error(client_errc::bad_session_file, sealed_place,
                    "its passphrase costs " + std::to_string(memory_of(cost) >> 20) + " MiB, " +
                        std::to_string(cost.p) + " times; a key that names this cost opens it");
}

secret<bytes> stretched(std::string const& passphrase, bytes_view salt, scrypt_cost cost) {
  bytes out(seal_key_size);
  std::uint64_t const memory = memory_of(cost) + (1U << 20);
  int const done = EVP_PBE_scrypt(passphrase.data(), passphrase.size(), salt.data(), salt.size(),
                                  std::uint64_t{1} << cost.log2_n, cost.r, cost.p, memory,
                                  out.data(), out.size());
  if (done != 1) throw std::bad_alloc();
  return out;
}

secret<bytes> outer_key(store_key const& key, bytes_view salt, scrypt_cost cost) {
  if (key.passphrase.reveal().empty()) return key.key;
  return stretched(key.passphrase.reveal(), salt, cost);
}

}  // namespace

bool is_usable(store_key const& key) noexcept {
  bool const raw = key.key.reveal().size() == seal_key_size;
  bool const words = !key.passphrase.reveal().empty();
  return raw != words && (raw || key.key.reveal().empty()) && is_possible(key.cost);
}

bytes close_envelope(secret<bytes> const& inner, store_key const& key, random_source& random) {
  auto const kind = key.passphrase.reveal().empty() ? under_key : under_passphrase;
  bytes out{envelope_version, kind, static_cast<std::uint8_t>(key.cost.log2_n),
            static_cast<std::uint8_t>(key.cost.r), static_cast<std::uint8_t>(key.cost.p)};
  append(out, random.make<std::array<std::uint8_t, salt_size>>());
  auto const outer = outer_key(key, bytes_view(out).subspan(head_size), key.cost);
  auto const nonce = random.make<std::array<std::uint8_t, seal_nonce_size>>();
  auto const sealed = seal(outer.reveal(), nonce, inner.reveal(), out);
  append(out, sealed);
  return out;
}

secret<bytes> open_envelope(bytes_view envelope, store_key const& key) {
  if (!envelope.empty() && envelope[0] > envelope_version)
    throw store_error(client_errc::newer_store, sealed_place);
  if (envelope.size() != envelope_size || envelope[0] == 0)
    throw store_error(client_errc::bad_session_file, sealed_place);
  scrypt_cost const cost{.log2_n = envelope[2], .r = envelope[3], .p = envelope[4]};
  if (!is_possible(cost)) throw store_error(client_errc::bad_session_file, sealed_place);
  auto const kind = key.passphrase.reveal().empty() ? under_key : under_passphrase;
  if (envelope[1] != kind) throw store_error(client_errc::wrong_store_key, sealed_place);
  if (kind == under_passphrase && !is_affordable(cost, key.cost)) refuse_cost(cost);
  auto const bound = envelope.first(bound_size);
  auto const outer = outer_key(key, bound.subspan(head_size), cost);
  auto inner = unseal(outer.reveal(), envelope.subspan(bound_size), bound);
  if (!inner) throw store_error(client_errc::wrong_store_key, sealed_place);
  return *std::move(inner);
}

}  // namespace mtp::MTP_ABI::detail
