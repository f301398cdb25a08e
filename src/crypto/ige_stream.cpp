// SPDX-License-Identifier: MIT OR Apache-2.0
#include "ige_stream.hpp"

#include "ige_portable.hpp"
#include "kernels.hpp"
#include "x86_kernels.hpp"

#include <algorithm>

namespace mtp::MTP_ABI::crypto {

template <bool Encrypt>
ige_feedback to_feedback(int256 const& iv) noexcept {
  ige_feedback at;
  std::copy_n(iv.begin(), aes_block, (Encrypt ? at.feedback : at.other).begin());
  std::copy_n(iv.begin() + aes_block, aes_block, (Encrypt ? at.other : at.feedback).begin());
  return at;
}

template <bool Encrypt>
int256 to_iv(ige_feedback const& at) noexcept {
  int256 iv;
  std::ranges::copy(Encrypt ? at.feedback : at.other, iv.begin());
  std::ranges::copy(Encrypt ? at.other : at.feedback, iv.begin() + aes_block);
  return iv;
}

template ige_feedback to_feedback<true>(int256 const&) noexcept;
template ige_feedback to_feedback<false>(int256 const&) noexcept;
template int256 to_iv<true>(ige_feedback const&) noexcept;
template int256 to_iv<false>(ige_feedback const&) noexcept;

namespace {

void keep(int256 const& key, aes_schedule& schedule) {
  std::copy_n(key.begin(), aes_block, schedule.keys[0].begin());
  std::copy_n(key.begin() + aes_block, aes_block, schedule.keys[1].begin());
}

template <bool Encrypt>
void run_portable(aes_schedule const& schedule, ige_feedback& at, std::uint8_t const* from,
                  std::uint8_t* to, std::size_t blocks) {
  wiped_bytes<32> key;
  std::ranges::copy(schedule.keys[0], key.begin());
  std::ranges::copy(schedule.keys[1], key.begin() + aes_block);
  Encrypt ? portable::ige_encrypt(key, at, from, to, blocks)
          : portable::ige_decrypt(key, at, from, to, blocks);
}

#ifdef MTP_X86_KERNELS

template <bool Encrypt>
void expand(int256 const& key, aes_schedule& schedule) {
  Encrypt ? x86::expand_encrypt_aes_ni(key, schedule.keys.data(), 1)
          : x86::expand_decrypt_aes_ni(key, schedule.keys.data(), 1);
}

template <bool Encrypt>
void run_fast(aes_schedule const& schedule, ige_feedback& at, std::uint8_t const* from,
              std::uint8_t* to, std::size_t blocks) {
  Encrypt ? x86::ige_encrypt_aes_ni(schedule, at, from, to, blocks)
          : x86::ige_decrypt_aes_ni(schedule, at, from, to, blocks);
}

#else

template <bool>
void expand(int256 const&, aes_schedule&) {}
template <bool>
void run_fast(aes_schedule const&, ige_feedback&, std::uint8_t const*, std::uint8_t*, std::size_t) {
}

#endif

}  // namespace

template <bool Encrypt>
ige_stream<Encrypt>::ige_stream(int256 const& key, int256 const& iv)
    : portable_(used_kernels().aes == aes_kernel::portable), at_(to_feedback<Encrypt>(iv)) {
  portable_ ? keep(key, schedule_) : expand<Encrypt>(key, schedule_);
}

template <bool Encrypt>
void ige_stream<Encrypt>::run(std::uint8_t const* from, std::uint8_t* to, std::size_t blocks) {
  portable_ ? run_portable<Encrypt>(schedule_, at_, from, to, blocks)
            : run_fast<Encrypt>(schedule_, at_, from, to, blocks);
}

template class ige_stream<true>;
template class ige_stream<false>;

}  // namespace mtp::MTP_ABI::crypto
