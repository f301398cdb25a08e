// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/random.hpp>
#include <mtp/testing/data_centre.hpp>
#include <mtp/testing/network.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace mtp::test {

/// What a data centre does to its clients in a storm, beside what the network does.
enum class mischief {
  drop_connections,
  forget_sessions,
  forget_salt,
  forget_initialisation,
  rotate_salts,
  lose_packet,
  duplicate_packet,
  repeat_messages,
  announce_again,
  flip_bit,
  wrong_length,
  wrong_padding,
  wrong_session,
  even_id,
  old_id,
  future_id,
  reject_message,
  reject_container,
  reject_salt,
  flood,
  stray_unknown_key,
  deny_key,
  other_frame,
  late_answer,
  unreadable_answer,
  close_after_exchange,
};
constexpr std::size_t mischiefs = 26;
constexpr std::size_t later_mischiefs = mischiefs - 1;  ///< the last is for who makes a key
std::string_view name_of(mischief what) noexcept;

/// Does it. False when there was nobody to do it to.
bool perform(mischief what, testing::data_centre& by, random_source& dice);

std::size_t draw(random_source& dice, std::size_t below);
duration draw_time(random_source& dice, duration below);

/// Up to three faults of a connection, each after less than `soon` bytes or less than `late`.
std::vector<testing::planned_fault> draw_faults(random_source& dice, std::size_t soon,
                                                std::size_t late);

}  // namespace mtp::test
