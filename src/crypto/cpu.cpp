// SPDX-License-Identifier: MIT OR Apache-2.0
#include "cpu.hpp"

#include <mtp/core/config.hpp>

#ifdef MTP_X86_KERNELS
#include <cpuid.h>
#endif

namespace mtp::MTP_ABI::crypto {
namespace {

#ifdef MTP_X86_KERNELS

struct leaf {
  unsigned a = 0;
  unsigned b = 0;
  unsigned c = 0;
  unsigned d = 0;

  explicit leaf(unsigned number) { __get_cpuid_count(number, 0, &a, &b, &c, &d); }
};

constexpr bool has(unsigned word, int bit) { return (word >> bit & 1U) != 0; }

/// The registers that the operating system saves when it changes between threads.
unsigned saved_registers() {
  unsigned low = 0;
  unsigned high = 0;
  __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return low;
}

bool saves_512_bits(leaf const& basic) {
  constexpr int osxsave = 27;
  constexpr unsigned sse_avx_and_avx512 = 0xe6;
  return has(basic.c, osxsave) && (saved_registers() & sse_avx_and_avx512) == sse_avx_and_avx512;
}

cpu_features detect() {
  leaf const basic(1);
  leaf const extended(7);
  bool const sse = has(basic.c, 9) && has(basic.c, 19);            // SSSE3, SSE4.1
  bool const avx512 = has(extended.b, 16) && has(extended.b, 31);  // F, VL
  bool const wide = avx512 && saves_512_bits(basic);
  cpu_features found;
  found.aes = sse && has(basic.c, 25);
  found.sha = sse && has(extended.b, 29);
  found.vaes = found.aes && wide && has(extended.c, 9);
  found.ifma = wide && has(extended.b, 21);
  return found;
}

#else

cpu_features detect() { return {}; }

#endif

}  // namespace

cpu_features const& cpu() noexcept {
  static cpu_features const found = detect();
  return found;
}

}  // namespace mtp::MTP_ABI::crypto
