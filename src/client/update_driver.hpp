// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "client/update_delivery.hpp"
#include "updates/channel_watch.hpp"

#include <mtp/core/async_event.hpp>
#include <mtp/updates/engine.hpp>

#include <exception>

namespace mtp::MTP_ABI::detail {

class client_core;
struct updates_answer;

/// Performs what updates::engine decides: asks, and hands the updates to the stream.
///
/// Threads: belongs to the strand of the client. Lifetime: the client outlives it.
class update_driver {
 public:
  explicit update_driver(client_core& core);

  // --- What the connection brings
  void push(slice body);
  void own_result(updates_answer const& answer);
  /// The answer of a call that moves `box`: box_moved_by().
  void own_move(std::int64_t box, slice const& answer);
  void request_difference();
  /// How many updates of a channel the account may ask for at once.
  std::int32_t channel_limit() const { return updates::engine::channel_limit(self().bot); }

  // --- Channels that somebody looks at
  bool knows_channel(std::int64_t channel) const { return engine_.knows_channel(channel); }
  /// It stands there.
  void begin_channel(std::int64_t channel, std::int32_t pts);
  /// Asks for it as long as somebody keeps what this returns.
  std::shared_ptr<updates::watched_channel> watch_channel(std::int64_t channel);

  // --- What becomes of the login
  /// The login is the one that the store knows: goes on from where it was left.
  void resume();
  /// The account is another from now on. Nothing happens until it has begun.
  void forget_account();
  /// Somebody signed in just now. Ends when it is known where the account stands; what happens from
  /// then on is delivered. What is on its way to the stream stays there.
  task<> begin();
  void signed_out(std::exception_ptr why);

  // --- The stream
  void open(stream_options const& options);
  update_delivery& delivery() noexcept { return delivery_; }
  /// Whether updates that were missed are being asked for.
  bool is_catching_up() const;

  /// Works until it is cancelled.
  task<> run();

 private:
  class login_guard;

  updates::self_identity self() const;
  updates::progress consumed() const;
  void look_for_closed_stream();
  void settle();
  void perform(updates::action const& what);
  void perform_one(updates::deliver const& one);
  void perform_one(updates::deliver_unknown const& one);
  void perform_one(updates::reach const& position);
  void perform_one(updates::meet const& who);
  void perform_one(updates::discard_undelivered const&) { delivery_.discard(); }
  void perform_one(updates::end_login const&) { signed_out(failure_); }
  void perform_one(updates::config_changed const& what);
  void perform_one(updates::log const& line);
  void perform_one(updates::lost const& what);

  void publish();
  void request_watched();
  void note_closed(std::int64_t channel);
  task<> wait(steady_time until);
  void start(updates::action const& what);
  template <class Ask>
  task<> ask(Ask what);
  void fail(updates::ask_channel_difference const& what);
  void fail(updates::ask_messages const& what);
  template <class Ask>
  void fail(Ask const& what);
  task<> ask_server(updates::ask_state what);
  task<> ask_server(updates::ask_difference what);
  task<tl::InputChannel> name_of(std::int64_t channel);
  task<> ask_server(updates::ask_channel_difference what);
  task<> ask_server(updates::ask_messages what);
  task<> ask_account(updates::ask_messages what);

  client_core& core_;
  updates::engine engine_;
  updates::channel_watch watch_;
  strand_event wake_;
  update_delivery delivery_;
  std::exception_ptr failure_;  ///< of the last request
};

}  // namespace mtp::MTP_ABI::detail
