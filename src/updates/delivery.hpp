// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "updates/delivery_attempts.hpp"
#include "updates/delivery_queue.hpp"

#include <optional>
#include <string>
#include <utility>

namespace mtp::MTP_ABI::updates {

struct delivery_options {
  std::size_t max_queued = 1000;
  int max_attempts = 3;  ///< 0: any number
};

/// What follows for a program that asks for an update.
enum class delivery_step {
  wait,      ///< for something to happen
  save,      ///< the changes must be in the store, or the store must have failed, before on_saved()
  hand_out,  ///< hand_out()
  pass_over,   ///< pass_over(), log it, wait for the store, report it to the program
  signed_out,  ///< nothing is left, and nobody is signed in
  ended,       ///< the stream
};

/// What is to be stored: how far the program got, and what it was given without getting past it.
struct delivery_change {
  reach position = {};
  delivery_attempts::changes attempts = {};

  bool empty() const {
    return !position.account && position.channels.empty() && position.messages.empty() &&
           attempts.empty();
  }
};

/// Decides what becomes of the updates on their way to the program: which one it is given next, and
/// as which attempt; which one it is given no more, because it never got past it; when the count of
/// an attempt must be in the store before; what may be stored once it got past one. Performs
/// nothing and reads no clock.
///
/// `stored` is what counts of attempts are known, with everything that take_change() handed out; it
/// is to be asked after each call.
///
/// Threads: none of its own; one at a time.
class delivery {
 public:
  using counts = delivery_attempts::counts;

  explicit delivery(delivery_options options)
      : max_attempts_(options.max_attempts), queue_(options.max_queued) {}

  // --- What comes
  bool has_room() const noexcept { return !queue_.is_full(); }
  delivery_queue const& queue() const noexcept { return queue_; }
  void push(arrival what) { queue_.push(std::move(what)); }
  /// Everything before this is consumed when the position is stored.
  void on_reached(reach position, counts const& stored);
  /// Forgets what was not consumed: it comes again.
  void discard();
  /// What may come again has come.
  void on_caught_up() { attempts_.on_caught_up(queue_.size()); }
  /// What came before is still handed out.
  void set_signed_out(bool out) noexcept { signed_out_ = out; }
  void end() noexcept { ended_ = true; }
  bool has_ended() const noexcept { return ended_; }

  // --- What the program takes
  /// It asks for an update, so it has got past what it was given.
  void on_asked(counts const& stored);
  /// What to do now; to be asked again after that was done.
  delivery_step next(counts const& stored, steady_time now);
  /// The store has the count, or has failed, which keeps nobody from the updates.
  void on_saved() noexcept;

  struct handed_out {
    arrival what = {};
    int attempt = 1;
  };
  handed_out hand_out();

  struct passed_over {
    arrival what = {};
    std::string key = {};
    int attempts = 0;
  };
  // --- What the program says it got past, without asking for the next
  /// What is to be stored for that: the position, or a mark when none lies behind the update yet.
  /// Empty when nothing is handed out.
  delivery_change acknowledgement(counts const& stored) const;
  /// That is stored, or will be.
  void on_acknowledged();
  bool is_handed_out() const noexcept { return queue_.is_handed_out(); }

  /// It stays counted until the position is behind it, since it may come once more before.
  passed_over pass_over(counts const& stored);

  delivery_change take_change() { return std::exchange(change_, {}); }

 private:
  /// The first of the queue, once its attempt is counted.
  struct candidate {
    std::string key = {};
    int attempt = 1;
    bool is_unsaved = false;
  };
  bool find_next(counts const& stored, steady_time now);
  void skip_acknowledged(counts const& stored);
  void count_attempt(counts const& stored, steady_time now);
  bool is_poison() const { return max_attempts_ > 0 && next_->attempt > max_attempts_; }
  void change(delivery_attempts::changes const& what);
  void commit(counts const& stored);

  int max_attempts_;
  delivery_queue queue_;
  delivery_attempts attempts_;
  std::optional<candidate> next_;
  std::string delivered_;  ///< the key of the update that was handed out
  bool delivered_comes_again_ = false;
  delivery_change change_;
  bool signed_out_ = false;
  bool ended_ = false;
};

}  // namespace mtp::MTP_ABI::updates
