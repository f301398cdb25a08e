// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "client/difference_notes.hpp"
#include "client/pending_drop.hpp"
#include "client/update_delivery.hpp"
#include "client/update_journal.hpp"
#include "updates/channel_watch.hpp"

#include <mtp/core/async_event.hpp>
#include <mtp/updates/engine.hpp>

#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <string>

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

  /// Adds what is to be said of the updates.
  void report(client_health& to) const;

  // --- The streams
  /// The store was read.
  void start();
  void open(stream_options const& options);
  void open(consumer_options what);
  void end(std::exception_ptr why);
  /// Whether updates that were missed are being asked for.
  bool is_catching_up() const;
  update_delivery& delivery() noexcept { return delivery_; }
  /// As update_stream::next(), of the stream of that name. Threads: any, until it is awaited.
  task<std::optional<update>> next_of(std::string name);
  /// As update::ack() and update::commit().
  task<> acknowledge(std::uint64_t ticket);
  task<> commit(std::uint64_t ticket, store_transaction with);
  /// As client::remove_consumer().
  task<> remove_consumer(std::string name);

  /// Works until it is cancelled.
  task<> run();

 private:
  class login_guard;

  updates::self_identity self() const;
  updates::progress consumed() const;
  void look_for_closed_stream();
  bool has_journal() const noexcept { return journal_ && journal_->is_on(); }
  bool has_room() const noexcept;
  update_journal& journal();
  void close_engine();
  void update_refusal();
  void pass_on(updates::arrival what);
  void settle_answer(std::int64_t box);
  void look_for_end_of_drop();
  void on_caught_up();
  void settle();
  void perform(updates::action const& what);
  void perform_one(updates::deliver const& one);
  void perform_one(updates::deliver_unknown const& one);
  void perform_one(updates::reach const& position);
  void perform_one(updates::meet const& who);
  void perform_one(updates::discard_undelivered const&);
  void perform_one(updates::end_login const&) { signed_out(failure_); }
  void perform_one(updates::config_changed const& what);
  void perform_one(updates::log const& line);
  void perform_one(updates::lost const& what);

  void publish();
  void request_watched();
  void note_closed(std::int64_t channel);
  std::optional<steady_time> work();
  task<> wait(steady_time until);
  void start(updates::action const& what);
  template <class Ask>
  task<> ask(std::int64_t box, Ask what);
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
  std::unique_ptr<pending_drop> drop_;       ///< while what waited at the server is dropped
  std::unique_ptr<update_journal> journal_;  ///< once there is a consumer with a name
  difference_notes notes_;
  bool is_started_ = false;
  std::exception_ptr failure_;  ///< of the last request
};

}  // namespace mtp::MTP_ABI::detail
