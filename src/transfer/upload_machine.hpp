// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "transfer/machine_steps.hpp"
#include "transfer/part_patience.hpp"
#include "transfer/part_plan.hpp"

#include <cstdint>
#include <deque>
#include <optional>
#include <variant>
#include <vector>

namespace mtp::MTP_ABI::transfer {

/// One file on its way up: which part is to be read, which sent, and what becomes of it. Parts are
/// read in order, sent as they come, and saved in any order.
///
/// The number of parts of a file whose size is not known goes up with the last part, so one part
/// is held back until the source has said whether there is another.
///
/// Decides; performs nothing, reads no clock.
class upload_machine : public machine_steps {
 public:
  static constexpr std::int32_t unknown_total = -1;

  /// The next bytes of the source: `size` of them, or fewer when it ends there.
  struct read {
    std::size_t size = 0;
    bool operator==(read const&) const = default;
  };
  /// The part of that number, which was read before.
  struct send {
    std::int32_t part = 0;
    std::int32_t total = unknown_total;
    bool operator==(send const&) const = default;
  };
  /// The next bytes of the source are saved, and need not be read.
  struct pass {
    std::size_t size = 0;
    bool operator==(pass const&) const = default;
  };
  using action = std::variant<read, send, pass, wait, done, fail>;

  /// At most `max_held` parts are read and not saved yet. `saved` says of each part whether it is
  /// already; nothing: none is. The first is read all the same.
  explicit upload_machine(upload_plan plan, int max_held = 8, patience_limits patience = {},
                          std::vector<bool> saved = {});

  action next();
  /// The answer to the last `read`.
  void on_read(std::size_t size);
  void on_saved(std::int32_t part);
  /// What follows when a part is refused.
  part_patience::verdict on_refused(rpc_failure const& why, int asked, int current);
  /// What follows when a part was not taken, without a reason.
  part_patience::verdict on_failed() { return patience_.failed(); }

  /// Whether the file goes up as a big one; final from the first `send` on.
  bool is_big() const { return plan_.is_big(); }
  /// How many parts there are; 0 until that is known.
  std::int32_t total() const { return total_.value_or(0); }
  std::optional<std::uint64_t> size() const { return plan_.size; }

 private:
  void on_known(std::size_t size);
  void on_unknown(std::size_t size);
  void end_after(std::size_t size_of_last);
  void release_held_back();
  bool is_all_read() const { return total_ && read_ == *total_; }
  bool is_whole() const { return is_all_read() && held_ == 0; }
  bool is_saved(std::int32_t part) const {
    return static_cast<std::size_t>(part) < earlier_.size() && earlier_[part];
  }
  void give_up(transfer_errc why);

  upload_plan plan_;
  part_patience patience_;
  int max_held_;
  std::optional<std::int32_t> total_;
  std::int32_t read_ = 0;
  std::int32_t held_ = 0;  ///< read here, and not saved yet
  std::vector<bool> earlier_;
  std::optional<std::int32_t> held_back_ = {};
  std::deque<std::int32_t> ready_ = {};
  bool reading_ = false;
  std::optional<transfer_errc> failed_ = {};
};

}  // namespace mtp::MTP_ABI::transfer
