// SPDX-License-Identifier: MIT OR Apache-2.0
#include "kernels.hpp"

#include "cpu.hpp"

#include <atomic>
#include <cassert>

namespace mtp::MTP_ABI::crypto {
namespace {

std::atomic<kernel_choice>& chosen() noexcept {
  static std::atomic<kernel_choice> choice(best_kernels());
  return choice;
}

}  // namespace

bool runs_here(aes_kernel kernel) noexcept {
  switch (kernel) {
    case aes_kernel::aes_ni: return cpu().aes;
    case aes_kernel::vaes: return cpu().vaes;
    default: return true;
  }
}

bool runs_here(sha_kernel kernel) noexcept { return kernel == sha_kernel::portable || cpu().sha; }

bool runs_here(modular_kernel kernel) noexcept {
  return kernel == modular_kernel::portable || cpu().ifma;
}

modular_kernel best_modular_kernel() noexcept {
  return cpu().ifma ? modular_kernel::ifma : modular_kernel::portable;
}

kernel_choice best_kernels() noexcept {
  kernel_choice best;
  if (cpu().aes) best.aes = aes_kernel::aes_ni;
  if (cpu().vaes) best.aes = aes_kernel::vaes;
  if (cpu().sha) best.sha = sha_kernel::sha_ni;
  return best;
}

kernel_choice used_kernels() noexcept { return chosen().load(std::memory_order_relaxed); }

void use_kernels(kernel_choice choice) noexcept {
  assert(runs_here(choice.aes) && runs_here(choice.sha));
  chosen().store(choice, std::memory_order_relaxed);
}

}  // namespace mtp::MTP_ABI::crypto
