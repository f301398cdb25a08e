// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/clock.hpp>
#include <mtp/core/slice.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>

namespace mtp::MTP_ABI::updates {

struct consumer_limits {
  std::size_t max_bytes = std::size_t{1} << 20;  ///< of updates in memory
  int max_attempts = 3;                          ///< 0: any number
};

/// What is stored of a consumer: it got past `number`, and was given the next one so often.
struct consumer_place {
  std::uint64_t number = 0;
  std::int32_t attempts = 0;
  bool operator==(consumer_place const&) const = default;
};

/// What follows for a consumer that asks for an update.
enum class consumer_step {
  wait,       ///< for something to happen
  read,       ///< what the journal holds behind last_seen(), from the store
  save,       ///< the place must be in the store, or the store must have failed, before on_saved()
  hand_out,   ///< hand_out()
  pass_over,  ///< pass_over(), say so, wait for the store
};

/// One of several consumers of a journal, in which updates have numbers without a gap. It takes the
/// next ones while they fit into its memory; the rest it reads from the journal when it gets there,
/// so that nobody waits for it. Decides which update it is given, as which attempt, and when its
/// place must be stored before. Performs nothing and reads no clock.
///
/// Threads: none of its own; one at a time.
class consumer {
 public:
  /// `end`: the number of the last update of the journal.
  consumer(consumer_place stored, std::uint64_t end, consumer_limits limits);

  // --- What comes
  /// The journal got longer. `wanted`: the consumer's filter lets it pass.
  void on_appended(std::uint64_t number, slice content, bool wanted);
  /// The next update that was read from the journal. False when there is no room: then the rest is
  /// read later.
  bool on_read(std::uint64_t number, slice content, bool wanted);
  /// The journal begins with `first` now: what was before is not to be had any more. How many.
  std::uint64_t on_dropped(std::uint64_t first);

  // --- What the program takes
  /// It asks for an update, so it has got past what it was given.
  void on_asked();
  consumer_step next(steady_time now);
  void on_saved() noexcept;

  struct handed_out {
    slice content = {};
    std::uint64_t number = 0;
    int attempt = 1;
  };
  handed_out hand_out();
  /// Instead, of one that it never got past.
  handed_out pass_over();
  bool is_handed_out() const noexcept { return handed_out_ != 0; }
  /// What is to be stored when the program says that it got past what it was given.
  consumer_place acknowledgement() const { return {.number = handed_out_}; }
  /// That is stored, or will be.
  void on_acknowledged() { on_asked(); }

  // --- Where it is
  /// What is to be stored.
  consumer_place const& place() const noexcept { return place_; }
  /// The last update that it has, in memory or behind it.
  std::uint64_t last_seen() const noexcept { return seen_; }
  std::size_t size() const noexcept { return queue_.size(); }
  std::size_t size_in_bytes() const noexcept { return bytes_; }

 private:
  struct entry {
    slice content = {};
    std::uint64_t number = 0;
  };
  bool has_room(std::size_t more) const;
  void keep(std::uint64_t number, slice content, bool wanted);
  void pass_unwanted();
  void move_to(std::uint64_t number);
  void count_attempt(steady_time now);
  bool is_poison() const {
    return limits_.max_attempts > 0 && place_.attempts > limits_.max_attempts;
  }
  entry take();

  consumer_limits limits_;
  consumer_place place_;
  std::deque<entry> queue_;
  std::size_t bytes_ = 0;
  std::uint64_t end_;             ///< of the journal
  std::uint64_t seen_;            ///< everything up to this is in the queue, behind it, or unwanted
  std::uint64_t handed_out_ = 0;  ///< 0: nothing is
  std::uint64_t suspicious_to_ = 0;  ///< up to this an update may have been handed out before
  bool is_counted_ = false;          ///< the attempt of the first of the queue
  bool is_unsaved_ = false;
  steady_time next_save_ = {};
};

}  // namespace mtp::MTP_ABI::updates
