// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "client/delivery_attempts.hpp"
#include "client/update_numbers.hpp"
#include "client/update_queue.hpp"

#include <mtp/core/clock.hpp>
#include <mtp/core/error.hpp>
#include <mtp/core/event.hpp>
#include <mtp/tl/received.hpp>
#include <mtp/updates/update_boxes.hpp>

#include <exception>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace mtp::detail {

class client_core;
struct updates_answer;

/// Brings the updates of the account into their order, asks for those that are missing, and hands
/// them to the stream. Does nothing while no stream is open: what happens meanwhile is asked for
/// when one is.
///
/// Threads: belongs to the strand of the client. Lifetime: the client outlives it.
class update_engine {
 public:
  explicit update_engine(client_core& core);

  // What the connection brings.
  void push(slice body);
  void own_result(updates_answer const& answer);
  void may_have_missed();
  /// Whether somebody is signed in and a stream is open, so that what comes is looked at.
  bool is_reading() const noexcept { return open_ && signed_in_; }

  // What becomes of the login.
  /// The login is the one that the store knows: goes on from where it was left.
  void resume();
  /// The account is another from now on. Nothing happens until it has begun.
  void forget_account();
  /// Somebody signed in just now. Ends when it is known where the account stands; what happens from
  /// then on is delivered. What is on its way to the stream stays there.
  task<> begin();
  void signed_out(std::exception_ptr why);

  // The stream.
  void open();
  task<std::optional<update>> next(std::shared_ptr<client_core> keep);
  /// The stream ends, with an error or without.
  void end(std::exception_ptr why);

  /// Works until it is cancelled.
  task<> run();

 private:
  struct incoming {
    slice body = {};
    received<tl::Updates> own = {};  ///< instead: the answer of a call
    std::size_t cost() const noexcept { return body.size() + own.block_size(); }
  };

  /// A channel whose difference is wanted.
  struct late_channel {
    steady_time due = {};  ///< not before
    int failures = 0;
  };

  void close();
  void rewind();
  bool may_work() const;
  bool is_idle() const;
  void note_idle();
  steady_time idle_until() const;
  std::map<std::int64_t, late_channel>::const_iterator next_channel() const;
  task<> step();
  task<> pause_after(std::exception_ptr failed);
  duration note_failure(std::exception_ptr const& failed);
  void forget_channel(std::int64_t channel);
  void note_channel_failure(std::int64_t channel, std::exception_ptr const& failed);

  void note_early(bytes_view body);
  void note_closed_stream();
  void queue(incoming what);
  void process(incoming what);
  void apply(received<tl::Updates> const& all, bool own);
  void apply_bundle(received<tl::Updates> const& all, tl::list<tl::Update> const& updates,
                    std::int32_t seq_start, std::int32_t seq, std::int32_t date, bool own);
  void apply_one(received<tl::Update> const& one, bool own);
  void apply_final(received<tl::Update> const& one);
  updates::verdict count(update_number const& number);
  void note_gap(update_number const& number);
  void emit(received<tl::Update> one);
  void emit_message(tl::Message const& one);
  void reached(std::optional<std::int64_t> channel = {});
  void commit();

  // What is on its way to the program: update_delivery.cpp.
  task<bool> await_update();
  void on_consumed();
  void note_attempt();
  task<> save_attempts();
  bool is_poison() const;
  task<> pass_over();

  /// While a login begins, a question does not wait for another one.
  enum class login { beginning, good };
  task<> fetch_state(login now);
  task<> find_reset();
  task<> catch_up();
  task<received<tl::updates::Difference>> difference();
  template <class Difference>
  void apply_difference(received<Difference> const& part);
  task<> catch_up_channel(std::int64_t channel);

  client_core& core_;
  updates::update_boxes boxes_;
  std::uint64_t epoch_ = 0;  ///< grows when the boxes are replaced: answers from before are void
  update_queue queue_;
  std::optional<int> attempt_;  ///< to deliver the first of them, once that is noted
  bool is_unsaved_ = false;     ///< the note must be in the store first
  std::string delivered_;       ///< the key of the update that was handed out
  delivery_attempts attempts_;
  std::list<incoming> incoming_;
  std::size_t incoming_bytes_ = 0;
  event wake_;
  event arrived_;
  std::map<std::int64_t, late_channel> late_channels_;
  std::optional<std::int32_t> early_pts_;  ///< where updates began that came before the state
  std::exception_ptr lost_;                ///< why nobody is signed in any more
  std::exception_ptr why_ended_;
  int beginning_ = 0;  ///< logins that ask where the account stands
  bool signed_in_ = false;
  bool open_ = false;
  bool ended_ = false;
  bool wants_state_ = false;
  bool wants_difference_ = false;
};

}  // namespace mtp::detail
