// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/updates/inbox.hpp>
#include <mtp/updates/report.hpp>
#include <mtp/updates/sequencer.hpp>

#include <set>
#include <string>
#include <vector>

namespace mtp::MTP_ABI {

struct error_info;

namespace updates {

/// Whose updates are followed.
struct self_identity {
  std::int64_t id = 0;
  bool bot = false;
  bool operator==(self_identity const&) const = default;
};

/// Follows the updates of an account: what to deliver and in which order, what to ask and when,
/// what a refusal means. Performs nothing and reads no clock: next() says what to do, everything
/// that happens is fed by an `on_` function, and after each of them next() is asked again.
///
/// Nothing is followed while no stream is open or nobody is signed in; what happens meanwhile is
/// asked for later. Of the account one request is under way at a time, and what is sent meanwhile
/// waits for its answer; of channels up to max_channel_requests are, and nothing waits for these
/// but the updates of the same channel.
///
/// What waits for something that is missing is bounded in bytes, requests are bounded in time, and
/// no answer leads to requests without end: one that brings nothing new is followed by the next
/// ever later. What is lost for good is said by an updates::lost.
///
/// The rules: https://core.telegram.org/api/updates.
///
/// Threads: none of its own; one at a time.
class MTP_API engine {
 public:
  /// So long without a sign of an update, a difference is asked for.
  static constexpr duration max_silence = std::chrono::minutes(15);
  /// So many updates of a channel one answer may bring, to a bot and to a person.
  static constexpr std::int32_t channel_limit(bool bot) { return bot ? 100'000 : 100; }
  /// So many channels are asked for at the same time.
  static constexpr std::size_t max_channel_requests = 8;
  /// So many at once, and one more each time this has passed.
  static constexpr int channel_burst = 50;
  static constexpr duration channel_interval = std::chrono::milliseconds(50);
  /// A server says that the account stands so much farther back only when it was reset; when it is
  /// less, it may lag, and has to say so several times.
  static constexpr std::int32_t max_lag = 1000;
  static constexpr int max_doubts = 4;

  /// A request that is not answered after this time counts as failed with client_errc::timed_out:
  /// it is for the driver to end it.
  static constexpr duration max_answer_time = std::chrono::minutes(1);

  // --- What to do
  /// The next thing to do. An effect is to be performed before anything else is fed.
  action next(steady_time now);
  /// What is to be performed at once, whatever else there is to do; empty when there is nothing.
  std::optional<action> take_effect() { return order_.take_effect(); }
  /// Whether updates that were missed are being asked for.
  bool is_catching_up(steady_time now) const;
  /// Whether what was missed of the account itself has come, so far as is known.
  bool has_account_caught_up(steady_time now) const { return may_work() && !is_catching_up(now); }
  /// Whether the difference of a channel is wanted or being asked for.
  bool is_wanted(std::int64_t channel) const { return order_.channels().is_wanted(channel); }
  std::set<std::int64_t> wanted_channels() const { return order_.channels().wanted(); }
  /// Whether everything that was missed has come, so far as is known.
  bool is_caught_up(steady_time now) const;
  /// What is to be said of it now.
  engine_report report(steady_time now) const;
  bool is_open() const noexcept { return open_; }
  /// Whether somebody is signed in and a stream is open, so that what comes is looked at.
  bool is_reading() const noexcept { return open_ && signed_in_; }

  /// How much is fetched of what no difference holds any more.
  void set_backfill(backfill_options policy) noexcept { order_.set_backfill(policy); }

  // --- What the connection brings
  void on_updates(slice body, steady_time now);
  /// The answer of a call that counts among the updates.
  void on_own_updates(received<tl::Updates> answer, steady_time now);
  /// The answer of a call that says only how far it moved a box.
  void on_own_number(update_number const& number, steady_time now);
  /// An answer that counts among the updates, but cannot be read: `why` says what is wrong with it.
  void on_own_unreadable(std::string const& why, steady_time now);
  /// Something was missed, or may have been: a new session.
  void request_difference(difference_reason why = difference_reason::session) {
    order_.request_difference(why);
  }

  // --- Channels that somebody looks at
  bool knows_channel(std::int64_t channel) const {
    return order_.boxes().channel_pts(channel).has_value();
  }
  /// It stands there; nothing happens when more is known.
  void begin_channel(std::int64_t channel, std::int32_t pts) { order_.begin_channel(channel, pts); }
  /// What happened there is wanted now.
  void request_channel(std::int64_t channel, steady_time now) {
    if (knows_channel(channel)) order_.channels().request(channel, now);
  }

  // --- Answers to what next() asked; others are ignored
  void on_state(tl::updates::state const& answer, steady_time now);
  void on_difference(received<tl::updates::Difference> const& answer, steady_time now);
  /// What was cut out of the answer that is fed next, since it cannot be read.
  void on_unreadable_parts(std::vector<slice> parts);
  void on_channel_difference(std::int64_t channel,
                             received<tl::updates::ChannelDifference> const& answer,
                             steady_time now);
  /// To ask_messages. on_channel_failed() is for that too, on_failed() for channel 0.
  void on_messages(std::int64_t channel, received<tl::messages::Messages> const& answer,
                   steady_time now);
  /// The channel cannot be named: its access hash is not known.
  void on_channel_unreachable(std::int64_t channel, steady_time now);
  void on_failed(error_info const& why, steady_time now);
  void on_channel_failed(std::int64_t channel, error_info const& why, steady_time now);

  // --- The account
  /// A good login: goes on from what was consumed.
  void on_signed_in(self_identity who, progress const& consumed, steady_time now);
  void on_signed_out() { signed_in_ = false; }
  /// The account is another from now on. Nothing happens until it is signed in.
  void on_account_changed();

  // --- A login asks where the account stands, and nothing else is asked meanwhile
  struct login_state_request {
    std::uint64_t epoch = 0;
    bool compares = false;
  };
  void on_login_begun(self_identity who, progress const& consumed, steady_time now);
  /// updates.getState is to be asked with this; empty when the login is done.
  std::optional<login_state_request> next_state_request() const;
  void on_login_state(login_state_request asked, tl::updates::state const& answer, steady_time now);
  void on_login_ended();

  // --- The stream
  void on_stream_opened(progress const& consumed, steady_time now);
  /// What was not consumed comes again from the differences when another is opened.
  void on_stream_closed(progress const& consumed, steady_time now);
  /// Whether the stream takes more at present.
  void set_room(bool room) noexcept { room_ = room; }

 private:
  enum class work { none, ask_state, compare, ask_difference, ask_messages, ask_channel, process };
  enum class request_kind { none, state, comparison, difference, messages };

  /// The server says that the account stands farther back than we know.
  struct doubt {
    update_state told = {};  ///< the first time
    std::int32_t ours = 0;
    int states = 0;           ///< so many states said so
    bool difference = false;  ///< a difference, too
    int weight() const { return states + (difference ? max_doubts - 1 : 0); }
  };

  bool may_work() const;
  bool wants_difference(steady_time now) const;
  bool is_asking_state() const;
  bool is_free() const { return asked_ == request_kind::none && !order_.is_walking(); }
  work next_work(steady_time now) const;
  work next_account_request(steady_time now) const;
  steady_time channel_wake_time() const;
  steady_time wake_time(steady_time now) const;
  std::optional<action> ask(work what, steady_time now);
  std::optional<action> ask_for_difference(steady_time now);
  difference_reason reason_now(steady_time now) const;
  void report_account(engine_report& to, steady_time now) const;
  void report_channels(engine_report& to) const;
  std::optional<action> ask_for_messages();
  void on_account_messages(received<tl::messages::Messages> const& answer, steady_time now);
  action ask_for_channel(std::int64_t channel, steady_time now);
  bool take_channel_answer(std::int64_t channel, steady_time now);
  request_kind take_pending();
  void note_heard(steady_time now);

  void receive(inbox::entry what, steady_time now);
  void process(inbox::entry what, steady_time now);
  void process_rest(slice body, steady_time now);
  bool is_placed() const;
  void note_early(bytes_view body);
  void note_config(slice const& body);
  void forget_early();
  void resume(self_identity who, progress const& consumed, steady_time now);
  void start_at(update_state state, steady_time now);
  update_state place_before_early(update_state state);
  void report_replaced(update_state state);
  void compare(update_state state, steady_time now);
  void compare_difference(tl::updates::Difference const& answer, steady_time now);
  doubt& doubt_about(update_state told);
  void decide_doubt(steady_time now);
  void end_doubt();
  void rewind(progress const& consumed, steady_time now);

  void on_account_failed(request_kind asked, error_info const& why, steady_time now);
  void give_up_request(error_info const& why, steady_time now);
  void on_channel_refused(std::int64_t channel, error_info const& why, steady_time now);
  void on_login_lost(request_kind asked);

  sequencer order_;
  inbox inbox_;
  self_identity account_;
  std::uint64_t epoch_ = 0;  ///< grows when the boxes are replaced: answers from before are void
  std::uint64_t asked_epoch_ = 0;
  request_kind asked_ = request_kind::none;
  early_position early_;        ///< where updates began that came before the state
  bool started_early_ = false;  ///< there, and no difference from there was given yet
  std::optional<doubt> doubt_;
  steady_time check_at_ = steady_time::max();  ///< when the server is asked again about it
  loss_reason why_replaced_ = loss_reason::position_invalid;
  steady_time channel_pace_ = {};  ///< when as many as may be at once are allowed again
  steady_time heard_at_ = {};
  steady_time ask_not_before_ = {};
  int failures_ = 0;
  int logins_ = 0;
  bool needs_comparison_ = false;
  bool signed_in_ = false;
  bool open_ = false;
  bool room_ = true;
  bool needs_state_ = false;
};

}  // namespace updates
}  // namespace mtp::MTP_ABI
