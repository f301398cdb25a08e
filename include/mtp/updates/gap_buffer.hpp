// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/tl/received.hpp>
#include <mtp/updates/update_boxes.hpp>
#include <mtp/updates/update_number.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <vector>

namespace mtp::MTP_ABI::updates {

/// An update that came before those that it follows.
struct early_update {
  update_number number = {};
  received<tl::Update> update = {};  ///< empty: only the number counts
  bool own = false;                  ///< the answer of a call: whoever made the call has it
};

/// A batch that came before those that it follows: its updates without numbers of their own.
struct early_batch {
  received<tl::list<tl::Update>> updates = {};
  std::int32_t seq_start = 0;
  std::int32_t seq = 0;
  std::int32_t date = 0;
  bool own = false;
};

/// Keeps what came too early, within bounds. Of what does not fit, the number is kept: until its
/// box gets there, something is known to be missing. Decides nothing.
///
/// Threads: none of its own; one at a time.
class MTP_API gap_buffer {
 public:
  static constexpr std::size_t max_entries = 1000;
  static constexpr std::size_t max_bytes = std::size_t{8} << 20;

  /// False when there is no room: then only its number is kept.
  bool add(early_update one);
  bool add(early_batch one);

  bool empty() const noexcept { return updates_.empty() && batches_.empty() && dropped_.empty(); }
  /// Whether something waits in one of the account's boxes, kept or known by its number.
  bool has_of_account() const;
  bool has_of_channel(std::int64_t channel) const;
  /// Whether something is kept there.
  bool keeps_of_account() const { return first_of_account() || !batches_.empty(); }

  /// The first that waits in one of the account's boxes, in that of a channel, in one box.
  std::optional<update_number> first_of_account() const;
  std::optional<update_number> first_of_channel(std::int64_t channel) const;
  std::optional<update_number> first_of(update_number::order of, std::int64_t channel) const;
  /// The number of the first batch that waits.
  std::optional<std::int32_t> first_seq() const;
  /// The farthest place of what waits in one box, kept or not; empty when nothing does.
  std::optional<std::int32_t> farthest_of(update_number::order of, std::int64_t channel) const;
  /// The channels in which something waits.
  std::set<std::int64_t> channels() const;
  std::size_t size() const noexcept { return updates_.size() + batches_.size(); }
  std::size_t size_in_bytes() const noexcept { return bytes_; }
  /// The farthest place of what was not kept; empty when all was.
  std::optional<std::int32_t> dropped(update_number::order of, std::int64_t channel = 0) const;
  /// Forgets the numbers that the boxes have reached.
  void forget_reached(update_boxes const& boxes);

  /// Takes all out; those of one box by their place in it.
  std::vector<early_update> take_updates();
  std::vector<early_batch> take_batches();

  void drop_account();
  void drop_channel(std::int64_t channel);
  void clear();

 private:
  using box = std::pair<update_number::order, std::int64_t>;  // order::none: batches

  bool has_room(std::size_t more) const;
  bool drop(box where, std::int32_t at);
  template <class Filter>
  std::optional<update_number> first_that(Filter is_meant) const;

  std::vector<early_update> updates_;
  std::vector<early_batch> batches_;
  std::map<box, std::int32_t> dropped_;  ///< of each box the farthest
  std::size_t bytes_ = 0;                ///< a block that several share counts for each of them
};

}  // namespace mtp::MTP_ABI::updates
