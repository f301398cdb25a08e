// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>

// Where the kernels for x86-64 can be compiled; whether they can run is asked at run time.
#if defined(__x86_64__) && defined(__GNUC__)
#define MTP_X86_KERNELS 1
#endif

namespace mtp::MTP_ABI::crypto {

/// What the processor can do, and the operating system lets it do, of what the kernels need.
struct cpu_features {
  bool aes = false;   ///< AES-NI, with SSSE3 and SSE4.1
  bool sha = false;   ///< SHA-NI, with SSSE3 and SSE4.1
  bool vaes = false;  ///< AES on 512 bits at a time, with AVX-512
  bool ifma = false;  ///< products of 52 bits, eight at a time, with AVX-512
};

/// Asked once.
cpu_features const& cpu() noexcept;

}  // namespace mtp::MTP_ABI::crypto
