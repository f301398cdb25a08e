// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "client/delivery_attempts.hpp"
#include "client/update_queue.hpp"

#include <mtp/core/async_event.hpp>
#include <mtp/core/task.hpp>
#include <mtp/tl/received.hpp>

#include <exception>
#include <memory>
#include <optional>
#include <string>

namespace mtp::detail {

class client_core;

/// What is on its way to the program: handed out one by one, each counted as an attempt, its
/// position stored once it was consumed.
///
/// Threads: belongs to the strand of the client. Lifetime: the client outlives it.
class update_delivery {
 public:
  /// `taken` is notified when there is room again. Lifetime: both outlive this.
  update_delivery(client_core& core, async_event& taken);

  bool has_room() const noexcept { return !queue_.is_full(); }
  void push(received<tl::Update> one);
  void push(update one);
  /// Everything before this is consumed when the position is stored.
  void reach(session_change position);
  /// Forgets what was not consumed: it comes again.
  void discard();
  /// What may come again has come.
  void on_caught_up() { attempts_.on_caught_up(queue_.size()); }

  /// Why nobody is signed in any more; null when somebody is.
  void set_auth_failure(std::exception_ptr why);
  /// The stream ends, with an error or without.
  void end(std::exception_ptr why);

  /// As update_stream::next().
  task<std::optional<update>> next(std::shared_ptr<client_core> keep);

 private:
  task<bool> await_update();
  void on_consumed();
  void commit();
  void note_attempt();
  task<> save_attempts();
  bool is_poison() const;
  task<> pass_over();
  void report_passed_over(update const& poison);

  client_core& core_;
  async_event& taken_;
  update_queue queue_;
  std::optional<int> attempt_;  ///< to deliver the first of them, once that is noted
  bool is_unsaved_ = false;     ///< the note must be in the store first
  std::string delivered_;       ///< the key of the update that was handed out
  delivery_attempts attempts_;
  async_event arrived_;
  std::exception_ptr auth_failure_;
  std::exception_ptr why_ended_;
  bool ended_ = false;
};

}  // namespace mtp::detail
