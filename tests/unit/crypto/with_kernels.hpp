// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <crypto/kernels.hpp>

#include <string>
#include <vector>

namespace mtp::test {

/// Uses certain kernels as long as it lives.
class with_kernels {
 public:
  explicit with_kernels(crypto::kernel_choice choice) : before_(crypto::used_kernels()) {
    crypto::use_kernels(choice);
  }
  with_kernels(with_kernels const&) = delete;
  with_kernels& operator=(with_kernels const&) = delete;
  ~with_kernels() { crypto::use_kernels(before_); }

 private:
  crypto::kernel_choice before_;
};

/// Each pair of kernels that runs on this machine; the portable pair is the first.
inline std::vector<crypto::kernel_choice> all_kernels() {
  using crypto::aes_kernel;
  using crypto::sha_kernel;
  std::vector<crypto::kernel_choice> out;
  for (auto aes : {aes_kernel::portable, aes_kernel::aes_ni, aes_kernel::vaes}) {
    for (auto sha : {sha_kernel::portable, sha_kernel::sha_ni})
      if (runs_here(aes) && runs_here(sha)) out.push_back({aes, sha});
  }
  return out;
}

inline std::string name_of(crypto::kernel_choice choice) {
  constexpr char const* aes[] = {"portable AES", "AES-NI", "VAES"};
  constexpr char const* sha[] = {"portable SHA", "SHA-NI"};
  return std::string(aes[static_cast<int>(choice.aes)]) + " with " +
         sha[static_cast<int>(choice.sha)];
}

}  // namespace mtp::test
