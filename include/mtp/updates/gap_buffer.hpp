// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/tl/received.hpp>
#include <mtp/updates/update_number.hpp>

#include <cstdint>
#include <optional>
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

/// Keeps what came too early. Decides nothing.
///
/// Threads: none of its own; one at a time.
class MTP_API gap_buffer {
 public:
  static constexpr std::size_t max_entries = 1000;
  static constexpr std::size_t max_bytes = std::size_t{8} << 20;

  /// False when there is no room: then it is not kept.
  bool add(early_update one);
  bool add(early_batch one);

  bool empty() const noexcept { return updates_.empty() && batches_.empty(); }
  bool has_of_account() const { return first_of_account() || !batches_.empty(); }
  bool has_of_channel(std::int64_t channel) const { return first_of_channel(channel).has_value(); }

  /// The first that waits in one of the account's boxes, or in that of a channel.
  std::optional<update_number> first_of_account() const;
  std::optional<update_number> first_of_channel(std::int64_t channel) const;
  /// The number of the first batch that waits.
  std::optional<std::int32_t> first_seq() const;

  /// Takes all out; those of one box by their place in it.
  std::vector<early_update> take_updates();
  std::vector<early_batch> take_batches();

  void drop_account();
  void drop_channel(std::int64_t channel);
  void clear();

 private:
  bool has_room(std::size_t more) const;
  template <class Filter>
  std::optional<update_number> first_of(Filter is_meant) const;

  std::vector<early_update> updates_;
  std::vector<early_batch> batches_;
  std::size_t bytes_ = 0;  ///< a block that several share counts for each of them
};

}  // namespace mtp::MTP_ABI::updates
