// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/crypto/aes.hpp>
#include <mtp/crypto/wipe.hpp>

namespace mtp::MTP_ABI::crypto {

inline constexpr std::size_t aes_round_keys = 15;
/// So many lanes have their round keys side by side, as one register of 512 bits takes them.
inline constexpr std::size_t lane_group = 4;

/// The round keys of one AES-256 key for one way, wiped when they go away.
struct alignas(64) aes_schedule {
  std::array<int128, aes_round_keys> keys;

  aes_schedule() = default;
  aes_schedule(aes_schedule const&) = delete;
  aes_schedule& operator=(aes_schedule const&) = delete;
  ~aes_schedule() { wipe({keys.front().data(), sizeof keys}); }
};

/// Where IGE stands between two blocks. Encrypting, `feedback` is the last block of cipher text and
/// `other` that of plain text; decrypting, the other way round: so both ways are one rule,
/// feedback = AES(block ^ feedback) ^ other.
struct ige_feedback {
  int128 feedback;
  int128 other;
};

/// Several messages that are encrypted or decrypted side by side, a block of each in turn. A lane
/// without a message has the step 0 and works on one and the same block of no meaning.
template <std::size_t Lanes>
struct alignas(64) ige_lanes {
  static_assert(Lanes % lane_group == 0);

  std::array<std::array<std::array<int128, lane_group>, aes_round_keys>, Lanes / lane_group> keys;
  std::array<ige_feedback, Lanes> at;
  std::array<std::uint8_t const*, Lanes> from = {};
  std::array<std::uint8_t*, Lanes> to = {};
  std::array<std::size_t, Lanes> step = {};

  ige_lanes() = default;
  ige_lanes(ige_lanes const&) = delete;
  ige_lanes& operator=(ige_lanes const&) = delete;
  ~ige_lanes() { wipe({keys[0][0][0].data(), sizeof keys}); }

  /// Where the first round key of a lane stands; each next one is lane_group blocks further.
  int128* first_key(std::size_t lane) {
    return &keys[lane / lane_group].front()[lane % lane_group];
  }
};

}  // namespace mtp::MTP_ABI::crypto
