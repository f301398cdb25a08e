// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/clock.hpp>
#include <mtp/updates/action.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace mtp::MTP_ABI::updates {

/// Whether the update of that key, when it stood before `position`, lies behind it.
bool is_behind(reach const& position, std::string const& key);

/// Counts how often an update was handed out without the program getting past it. A program may be
/// killed by what it is given, so the count is stored before: for an update that may have been
/// fatal before, always; for others at least every 20 ms, so that a program that is given thousands
/// a second does not wait for the store each time. In a store that a program was killed over, one
/// update is marked at least: that of the last save, or one after it.
///
/// Decides; performs nothing.
class delivery_attempts {
 public:
  /// Instead of a count: the program said that it got past the update.
  static constexpr std::int32_t acknowledged = -1;

  using counts = std::map<std::string, std::int32_t>;
  using changes = std::map<std::string, std::optional<std::int32_t>>;  ///< empty: removed

  /// What was not consumed comes again from here on.
  void on_rewind();
  /// What may come again has come: the `waiting` next updates are the last of it.
  void on_caught_up(std::size_t waiting);
  /// The store may be without a mark: nothing was to be handed out, or nothing that comes again.
  void on_unmarked() { is_unmarked_ = true; }

  /// Marks `key`, which is handed out for the time `attempt`, beside those that are `stored`.
  changes note(counts const& stored, std::string const& key, std::int32_t attempt);
  /// Whether the mark must be in the store before the program is given the update.
  bool must_save(steady_time now);
  /// An update was handed out, or passed over.
  void on_delivered();

  /// Removes the marks of updates that `position` is behind.
  changes forget(counts const& stored, reach const& position) const;

 private:
  static constexpr std::size_t everything = SIZE_MAX;
  bool is_suspicious() const { return repeats_ > 0 && was_marked_.value_or(false); }

  std::size_t repeats_ = everything;  ///< at most so many of the next have been handed out before
  std::optional<bool> was_marked_ = {};  ///< the store, when the updates began to come again
  bool is_unmarked_ = true;
  steady_time next_save_ = {};
};

}  // namespace mtp::MTP_ABI::updates
