// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/updates/action.hpp>

#include <cstddef>
#include <cstdint>
#include <set>

namespace mtp::MTP_ABI::detail {

/// A start that drops what waited at the server: which of the updates that come are these. They are
/// what the first differences of the account bring, and the first of the channels that these name.
/// Decides; performs nothing.
class pending_drop {
 public:
  /// Instead of a channel.
  static constexpr std::int64_t account = 0;

  /// What an answer about `box` brought is delivered from here on, up to on_answer_passed().
  void on_answer(std::int64_t box);
  void on_answer_passed() noexcept { is_dropping_ = false; }
  /// Behind the position of the box stands what came meanwhile.
  void on_reached(updates::reach const& position);
  /// An update is to be delivered. True when it is not.
  bool take();

  /// The account has caught up; of these channels something is still missing.
  void on_account_done(std::set<std::int64_t> missing);
  bool is_account_done() const noexcept { return is_account_done_; }
  /// A channel has caught up.
  void on_channel_done(std::int64_t channel) { missing_.erase(channel); }
  /// Whether everything that waited has come.
  bool is_over() const noexcept { return is_account_done_ && missing_.empty(); }
  std::size_t count() const noexcept { return count_; }

 private:
  std::set<std::int64_t> missing_;
  std::int64_t box_ = account;  ///< whose answer is delivered
  std::size_t count_ = 0;
  bool is_account_done_ = false;
  bool is_dropping_ = false;
};

}  // namespace mtp::MTP_ABI::detail
