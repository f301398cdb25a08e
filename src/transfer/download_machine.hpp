// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "transfer/machine_steps.hpp"
#include "transfer/part_patience.hpp"
#include "transfer/part_plan.hpp"

#include <cstdint>
#include <deque>
#include <optional>
#include <variant>

namespace mtp::MTP_ABI::transfer {

/// One file on its way down: which part is to be asked for, which written, and what an answer
/// means. Parts arrive in any order and are written one after the other, in order; what arrived
/// early is held until then, a bounded number of parts.
///
/// Decides; performs nothing, reads no clock.
class download_machine : public machine_steps {
 public:
  struct ask {
    std::int64_t part = 0;
    std::uint64_t offset = 0;
    std::uint64_t limit = 0;
    bool operator==(ask const&) const = default;
  };
  /// The part of that number, which has arrived.
  struct write {
    std::int64_t part = 0;
    bool operator==(write const&) const = default;
  };
  using action = std::variant<ask, write, wait, done, fail>;

  /// At most `max_held` parts are asked for and not written yet. Those before `first` are there.
  explicit download_machine(download_plan plan, int max_held = 8, patience_limits patience = {},
                            std::int64_t first = 0);

  action next();
  /// A part arrived with so many bytes.
  void on_part(std::int64_t part, std::uint64_t size);
  /// The last `write` is done.
  void on_written();
  /// What follows when a part is refused.
  part_patience::verdict on_refused(rpc_failure const& why, int asked, int current);

  /// Of the whole file; while that is not known, empty or the most that it can be. Right at `done`.
  std::optional<std::uint64_t> size() const { return end_; }

 private:
  bool is_asked_enough() const;
  bool fits(std::int64_t part, std::uint64_t size) const;
  void note_size(std::uint64_t end, std::uint64_t size);

  download_plan plan_;
  part_patience patience_;
  std::size_t max_held_;
  std::int64_t first_;                                   ///< the next to be written
  std::deque<std::optional<std::uint64_t>> parts_ = {};  ///< from there on; how large, once here
  std::optional<std::uint64_t> end_;  ///< where the file ends, or nothing lies behind
  std::uint64_t least_size_ = 0;      ///< so far reaches what has been seen of it
  bool writing_ = false;
  std::optional<transfer_errc> failed_ = {};
};

}  // namespace mtp::MTP_ABI::transfer
