// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "client/consumer_seat.hpp"
#include "updates/delivery_queue.hpp"

#include <mtp/client/client_health.hpp>
#include <mtp/core/async_event.hpp>
#include <mtp/core/task.hpp>
#include <mtp/events/update.hpp>
#include <mtp/storage/session_state.hpp>
#include <mtp/storage/store_transaction.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace mtp::MTP_ABI::detail {

class client_core;

/// The updates that named consumers have not got past, in the store: each is there, with the
/// position behind it, before anybody was given it twice. Every consumer goes through them at its
/// own pace; what all got past is removed.
///
/// Threads: belongs to the strand of the client. Lifetime: the client outlives it.
class update_journal {
 public:
  /// `taken` is notified when there is room again. Lifetime: both outlive this.
  update_journal(client_core& core, strand_event& taken);

  // --- Its consumers
  /// The store was read: its consumers have their places, and those that were opened before get
  /// one.
  void start();
  /// A stream of that name was opened.
  void open(consumer_options what);
  /// Whether there is any consumer.
  bool is_on() const noexcept { return !seats_.empty(); }
  /// Forgets a consumer, whose stream ends.
  void remove(std::string const& name);
  /// The account is another: those that listen begin with that.
  void on_account_changed();
  /// Who waits looks round: nobody is signed in, or the streams end.
  void notify_all();

  // --- What comes
  bool has_room() const noexcept { return unsaved_ < max_unsaved; }
  void push(updates::arrival what) { came_.push_back(std::move(what)); }
  /// Everything before this is in the journal when the position is stored.
  void reach(updates::reach position) { updates::merge(reached_, std::move(position)); }
  /// What may come again of what the stream without a name was given has come.
  void on_caught_up();
  /// Forgets what was not settled: it comes again.
  void discard();
  /// What came and what the consumers got past becomes one change.
  void settle();

  // --- What the programs take
  /// As update_stream::next().
  task<std::optional<update>> next(std::string name);
  /// Whether a stream with a name gave the update with that ticket.
  static bool is_mine(std::uint64_t ticket) noexcept { return (ticket & first_ticket) != 0; }
  /// As update::ack() and update::commit().
  task<> acknowledge(std::uint64_t ticket);
  task<> commit(std::uint64_t ticket, store_transaction with);

  std::vector<consumer_health> report() const;

 private:
  using seat = std::shared_ptr<consumer_seat>;
  static constexpr std::uint64_t first_ticket = std::uint64_t{1} << 63;
  static constexpr std::size_t max_unsaved = std::size_t{8} << 20;

  seat find(std::string const& name) const;
  seat find(std::uint64_t ticket) const;
  void take_place(consumer_seat& of);
  stored_consumer place_of(consumer_seat const& of) const;
  std::uint64_t lowest_place() const;

  bool is_acknowledged(updates::arrival const& what) const;
  void append(session_change& to, updates::arrival what, std::uint64_t number);
  void keep_bound(session_change& to, std::uint64_t end);
  void drop_before(std::uint64_t first, consumer_seat& of, session_change& to);
  bool wants(consumer_seat const& one, update const& shown) const;
  void note_places(session_change& to);
  void trim(session_change& to, std::uint64_t end);
  void save_soon(std::size_t more);
  task<> save_all();

  bool is_over(consumer_seat const& of) const;
  updates::consumer_step next_step(consumer_seat& of);
  update hand_out(consumer_seat& of);
  task<> perform(seat of, updates::consumer_step what);
  task<> wait(seat of);
  task<> save(seat of);
  task<> read_page(seat of);
  void take_page(consumer_seat& of, std::map<std::uint64_t, bytes> page);
  void note_missing(consumer_seat& of, std::uint64_t first);
  task<> pass_over(seat of);
  update to_update(slice content) const;
  void throw_lost(consumer_seat& of);

  client_core& core_;
  strand_event& taken_;
  std::map<std::string, seat> seats_;
  std::vector<updates::arrival> came_;
  updates::reach reached_;
  std::uint64_t first_ = 1;  ///< the first that the store may have
  std::uint64_t given_ = 0;  ///< so many were
  std::size_t unsaved_ = 0;  ///< bytes that are on their way into the store
  bool is_saving_ = false;
  bool is_started_ = false;
};

}  // namespace mtp::MTP_ABI::detail
