// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>

#include <cstdint>

namespace mtp::MTP_ABI::crypto {

/// The ways to compute AES, each faster than the one before where it can run at all.
enum class aes_kernel : std::uint8_t {
  portable,  ///< what OpenSSL offers on any machine
  aes_ni,    ///< x86-64: one message alone, several interleaved
  vaes,      ///< the same, and more than four messages at a time in registers of 512 bits
};

/// The ways to compute SHA-256.
enum class sha_kernel : std::uint8_t { portable, sha_ni };

/// The ways to multiply modulo a number of 2048 bits.
enum class modular_kernel : std::uint8_t { portable, ifma };

bool runs_here(aes_kernel kernel) noexcept;
bool runs_here(sha_kernel kernel) noexcept;
bool runs_here(modular_kernel kernel) noexcept;
modular_kernel best_modular_kernel() noexcept;

struct kernel_choice {
  aes_kernel aes = aes_kernel::portable;
  sha_kernel sha = sha_kernel::portable;
  friend bool operator==(kernel_choice const&, kernel_choice const&) = default;
};

/// The fastest that run here.
kernel_choice best_kernels() noexcept;
/// Those that are used.
kernel_choice used_kernels() noexcept;
/// Uses these from now on, in all threads: for tests, and to find out where a wrong result comes
/// from. Both must run here.
void use_kernels(kernel_choice choice) noexcept;

}  // namespace mtp::MTP_ABI::crypto
