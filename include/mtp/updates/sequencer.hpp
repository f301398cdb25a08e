// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/updates/action.hpp>
#include <mtp/updates/channel_schedule.hpp>
#include <mtp/updates/gap_buffer.hpp>
#include <mtp/updates/history_walk.hpp>
#include <mtp/updates/update_boxes.hpp>

#include <algorithm>
#include <list>
#include <optional>
#include <set>

namespace mtp::MTP_ABI::updates {

/// How far the updates of an account were consumed.
struct progress {
  std::optional<update_state> account = {};  ///< empty: it was never known where it stands
  std::map<std::int64_t, std::int32_t> channels = {};
  /// The newest message: of each channel, and under 0 of the account's own conversations.
  std::map<std::int64_t, std::int32_t> messages = {};
};

/// Brings updates into their order: the next ones are delivered, old ones are passed over, and
/// those that came too early wait for the missing ones. When these do not come in time, a
/// difference is wanted, and wanted again, ever later, while it does not bring them. An answer that
/// brings nothing new is not asked for without end. Performs nothing and reads no clock.
///
/// A channel whose difference is on its way stands still meanwhile; nothing else does.
///
/// Threads: none of its own; one at a time.
class MTP_API sequencer {
 public:
  /// How long the updates that are missing may still come by themselves.
  static constexpr duration grace = std::chrono::milliseconds(500);
  /// So many answers may leave out what is missing, within some 40 minutes; then it is lost.
  static constexpr int max_gap_rounds = 16;

  /// What follows, in order; to be performed.
  std::optional<action> take_effect();
  void add_effect(action what) { effects_.push_back(std::move(what)); }

  // --- Where the account stands
  update_boxes const& boxes() const noexcept { return boxes_; }
  /// What waits for something before it.
  gap_buffer const& early() const noexcept { return early_; }
  /// Whose updates these are.
  void set_self(std::int64_t id) noexcept { self_ = id; }
  /// Goes back to what was consumed: the rest comes again from the differences.
  void rewind(progress const& consumed, steady_time now);
  /// Forgets the account.
  void clear();
  /// Goes on from what the server says.
  void reset_to(update_state state, steady_time now);
  /// The same for a server that was reset: the channels too. What it did before is lost.
  void start_over(update_state state);

  // --- What comes
  /// `own`: the answer of a call, whose updates are not delivered.
  void apply(received<tl::Updates> const& all, bool own, steady_time now);
  /// The answer of a call, of which only the number counts.
  void apply(update_number const& own, steady_time now);
  void apply(received<tl::updates::Difference> const& answer, steady_time now);
  void apply(std::int64_t channel, received<tl::updates::ChannelDifference> const& answer,
             steady_time now);

  // --- The history of what no difference holds any more
  void set_backfill(backfill_options policy) noexcept { backfill_ = policy; }
  /// The walk through that of a channel; null when there is none.
  history_walk const* walk_of(std::int64_t channel) const;
  /// What the walk of the channel was told. Its next step is wanted when the channel is.
  void apply_history(std::int64_t channel, received<tl::messages::Messages> const& answer,
                     steady_time now);
  void on_history_failed(std::int64_t channel, error_info const& why, steady_time now);

  /// Whether the account's own is walked, which holds up the account; when the next step is due.
  bool is_walking() const { return walk_of(0) != nullptr; }
  steady_time walk_due() const noexcept { return walk_due_; }

  // --- What is missing
  /// The first of several reasons counts.
  void request_difference(difference_reason why = difference_reason::told) noexcept {
    if (!requested_) requested_ = why;
  }
  /// Why it was requested; empty when it was not.
  std::optional<difference_reason> requested() const noexcept { return requested_; }
  bool is_round_due(steady_time now) const noexcept { return next_round_ <= now; }
  /// It is asked for now.
  void on_difference_asked() noexcept {
    requested_.reset();
    next_round_ = steady_time::max();
  }
  bool wants_difference(steady_time now) const { return requested_ || gap_deadline() <= now; }
  /// When it is wanted although nothing happens.
  steady_time gap_deadline() const noexcept { return std::min(gap_deadline_, next_round_); }
  channel_schedule& channels() noexcept { return channels_; }
  channel_schedule const& channels() const noexcept { return channels_; }

  /// The server cannot give what is missing: goes on with what came after it.
  void skip_account_gaps(loss_reason why);
  void skip_channel_gap(std::int64_t channel, loss_reason why);
  /// The channel, of which nothing is known yet, stands there.
  void begin_channel(std::int64_t channel, std::int32_t pts);
  /// The channel is out of reach: what comes of it later is believed.
  void forget_channel(std::int64_t channel, loss_reason why);

 private:
  template <class Batch>
  void apply_batch(received<Batch> const& batch, std::int32_t seq_start, bool own,
                   steady_time grace_end);
  void apply_one(received<tl::Update> const& one, bool own, steady_time grace_end);
  bool apply_too_long(tl::Update const& one);
  void apply_numbered(early_update one, steady_time grace_end);
  void apply_final(received<tl::Update> const& one, steady_time now);
  template <class Difference>
  void apply_part(received<Difference> const& part, steady_time now);
  void apply_slice(received<tl::updates::differenceSlice> const& part, steady_time now);
  void apply_part(received<tl::updates::channelDifference> const& part);
  /// What an answer about a channel comes to.
  struct channel_round {
    std::optional<std::int32_t> pts = {};
    bool final = true;
    bool brought = false;  ///< an update or a message
    bool moved = false;    ///< the channel stands elsewhere now
    bool walks = false;    ///< what is missing is fetched first
  };
  channel_round apply_answer(std::int64_t channel,
                             received<tl::updates::ChannelDifference> const& answer, bool is_stuck);
  channel_round restart_channel(std::int64_t channel,
                                received<tl::updates::channelDifferenceTooLong> const& gone,
                                bool is_stuck);
  bool begin_walk(hole what);
  bool was_walked(tl::Update const& one) const;
  void end_account_walk(steady_time now);
  void go_on_walking(std::int64_t channel, channel_schedule::entry const& before, duration pause,
                     steady_time now);
  void end_walk(std::int64_t channel, channel_schedule::entry const& before, steady_time now);
  history_walk* find_walk(std::int64_t channel);
  void drop_walk(std::int64_t channel);
  void note_message(tl::Update const& one);
  void finish_round(std::int64_t channel, channel_schedule::entry const& before,
                    channel_round round, steady_time now);
  void after_round(std::int64_t channel, channel_schedule::entry const& before,
                   channel_round const& round, steady_time now);
  void ask_for_rest(std::int64_t channel, channel_schedule::entry const& before,
                    channel_round const& round, steady_time now);
  void end_rounds();
  void on_account_round(bool moved, bool brought, steady_time now);
  void apply_too_long(std::int32_t pts, steady_time now);

  verdict count(update_number const& number);
  verdict count_of_channel(update_number const& number);
  void put_aside(early_update one, steady_time grace_end);
  void put_aside(early_batch one, steady_time grace_end);
  bool try_again(early_update& one);
  bool try_again(early_batch& one);
  void drain();
  void drain_updates();
  void drain_batches();
  void give_up_first_gap(steady_time now);
  void skip_first_account_gap(loss_reason why);
  void skip_batches_to(std::int32_t seq, loss_reason why);
  void skip_to(update_number::order of, std::int32_t pts, loss_reason why);
  void skip_dropped(loss_reason why);
  std::optional<std::int32_t> end_of_gap(std::int64_t channel) const;
  void on_account_caught_up(steady_time now);
  void note_gap(bool is_new, steady_time deadline);
  void forget_gap();
  void forget_rounds();

  void deliver_one(received<tl::Update> one);
  void reach_account();
  void reach_channel(std::int64_t channel);
  void reach_box(update_number const& number);
  void reach_messages(std::int64_t channel, reach& position);
  void warn(std::string text);

  update_boxes boxes_;
  gap_buffer early_;
  channel_schedule channels_;
  std::list<history_walk> walks_;
  steady_time walk_due_ = {};
  std::int32_t walked_to_ = 0;  ///< what comes again of the account's messages up to this one
  backfill_options backfill_;
  std::map<std::int64_t, std::int32_t> messages_;  ///< as in progress
  std::set<std::int64_t> new_messages_;            ///< of these channels no reach says it yet
  std::list<action> effects_;                      // takes no memory while it is empty
  std::int64_t self_ = 0;
  steady_time gap_deadline_ = steady_time::max();
  steady_time next_round_ = steady_time::max();  ///< after answers that brought nothing new
  int gap_rounds_ = 0;   ///< so many differences did not bring what is missing
  int idle_rounds_ = 0;  ///< so many brought nothing new
  std::optional<difference_reason> requested_;  ///< a difference, for that reason
};

}  // namespace mtp::MTP_ABI::updates
