// SPDX-License-Identifier: MIT OR Apache-2.0
#include "ige_many.hpp"

#include "ige_stream.hpp"
#include "kernels.hpp"
#include "x86_kernels.hpp"

#include <algorithm>
#include <cassert>

namespace mtp::MTP_ABI::crypto {

#ifdef MTP_X86_KERNELS
namespace {

template <bool Encrypt>
void run_blocks(ige_lanes<4>& lanes, std::size_t blocks) {
  Encrypt ? x86::ige_encrypt_aes_ni(lanes, blocks) : x86::ige_decrypt_aes_ni(lanes, blocks);
}

template <bool Encrypt>
void run_blocks(ige_lanes<8>& lanes, std::size_t blocks) {
  Encrypt ? x86::ige_encrypt_vaes(lanes, blocks) : x86::ige_decrypt_vaes(lanes, blocks);
}

/// Deals messages out to lanes until all are done.
template <bool Encrypt, std::size_t Lanes>
class lane_scheduler {
 public:
  explicit lane_scheduler(std::span<ige_message const> messages) : waiting_(messages) {}

  void run() {
    for (;;) {
      for (std::size_t l = 0; l < Lanes; ++l) refill(l);
      std::size_t const blocks = shortest();
      if (blocks == 0) return;
      run_blocks<Encrypt>(lanes_, blocks);
      for (auto& left : left_) left -= std::min(left, blocks);
    }
  }

 private:
  /// Gives a lane without work the next message, or the block of no meaning.
  void refill(std::size_t l) {
    if (left_[l] != 0) return;
    finish(l);
    while (!waiting_.empty() && waiting_.front().from.empty()) waiting_ = waiting_.subspan(1);
    waiting_.empty() ? idle(l) : start(l);
  }

  void start(std::size_t l) {
    auto const& m = waiting_.front();
    waiting_ = waiting_.subspan(1);
    assert(m.from.size() == m.to.size() && m.from.size() % aes_block == 0);
    current_[l] = &m;
    left_[l] = m.from.size() / aes_block;
    lanes_.from[l] = m.from.data();
    lanes_.to[l] = m.to.data();
    lanes_.step[l] = aes_block;
    lanes_.at[l] = to_feedback<Encrypt>(m.iv);
    Encrypt ? x86::expand_encrypt_aes_ni(m.key, lanes_.first_key(l), lane_group)
            : x86::expand_decrypt_aes_ni(m.key, lanes_.first_key(l), lane_group);
  }

  void finish(std::size_t l) {
    if (current_[l]) current_[l]->iv = to_iv<Encrypt>(lanes_.at[l]);
    current_[l] = nullptr;
  }

  void idle(std::size_t l) {
    lanes_.from[l] = lanes_.to[l] = no_meaning_.data();
    lanes_.step[l] = 0;
  }

  std::size_t shortest() const {
    std::size_t least = 0;
    for (std::size_t const left : left_)
      if (left != 0 && (least == 0 || left < least)) least = left;
    return least;
  }

  std::span<ige_message const> waiting_;
  ige_lanes<Lanes> lanes_;
  std::array<ige_message const*, Lanes> current_ = {};
  std::array<std::size_t, Lanes> left_ = {};
  int128 no_meaning_ = {};
};

}  // namespace

template <bool Encrypt>
void run_interleaved(std::span<ige_message const> messages) {
  if (messages.size() > 4 && used_kernels().aes == aes_kernel::vaes)
    return lane_scheduler<Encrypt, 8>(messages).run();
  lane_scheduler<Encrypt, 4>(messages).run();
}

#else

template <bool Encrypt>
void run_interleaved(std::span<ige_message const>) {}

#endif

template void run_interleaved<true>(std::span<ige_message const>);
template void run_interleaved<false>(std::span<ige_message const>);

}  // namespace mtp::MTP_ABI::crypto
