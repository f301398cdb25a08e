// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "cpu.hpp"
#include "ige_lanes.hpp"
#include "sha256_state.hpp"

// Functions for one family of processors: to be called only where cpu() says so. Each has no more
// instructions at hand than its name says, because mixing SHA-NI with AVX-512 is two orders of
// magnitude slower than either.
#ifdef MTP_X86_KERNELS
namespace mtp::MTP_ABI::crypto::x86 {

/// The round keys for encrypting or decrypting, each `distance` blocks behind the one before.
void expand_encrypt_aes_ni(int256 const& key, int128* out, std::size_t distance) noexcept;
void expand_decrypt_aes_ni(int256 const& key, int128* out, std::size_t distance) noexcept;

/// One message, or a part of one. `from` and `to` may be the same.
void ige_encrypt_aes_ni(aes_schedule const& key, ige_feedback& at, std::uint8_t const* from,
                        std::uint8_t* to, std::size_t blocks) noexcept;
void ige_decrypt_aes_ni(aes_schedule const& key, ige_feedback& at, std::uint8_t const* from,
                        std::uint8_t* to, std::size_t blocks) noexcept;

/// So many blocks of every lane.
void ige_encrypt_aes_ni(ige_lanes<4>& lanes, std::size_t blocks) noexcept;
void ige_decrypt_aes_ni(ige_lanes<4>& lanes, std::size_t blocks) noexcept;
void ige_encrypt_vaes(ige_lanes<8>& lanes, std::size_t blocks) noexcept;
void ige_decrypt_vaes(ige_lanes<8>& lanes, std::size_t blocks) noexcept;

void sha256_sha_ni(sha256_state& state, std::uint8_t const* data, std::size_t blocks) noexcept;
/// One block of each of two messages.
void sha256_sha_ni(sha256_state& first, sha256_state& second, std::uint8_t const* first_block,
                   std::uint8_t const* second_block) noexcept;

/// Decrypts `groups` times four blocks, in place, and hashes as many bytes at the same time: in the
/// first group the 64 at `first`, then those that begin 64 bytes before what is decrypted.
void ige_decrypt_and_sha256(aes_schedule const& key, ige_feedback& at, std::uint8_t* text,
                            std::size_t groups, sha256_state& state,
                            std::uint8_t const* first) noexcept;

/// Montgomery's product of two numbers in forty words of 52 bits; `out` may be one of the factors.
void multiply_ifma(std::uint64_t* out, std::uint64_t const* a, std::uint64_t const* b,
                   std::uint64_t const* modulus, std::uint64_t inverse) noexcept;
/// One of so many such numbers in a row. Which one it is, no clock and no cache tells.
void select_ifma(std::uint64_t* out, std::uint64_t const* table, std::size_t entries,
                 std::size_t index) noexcept;

}  // namespace mtp::MTP_ABI::crypto::x86
#endif
