// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "client/life_cycle_reader.hpp"
#include "updates/album_collector.hpp"
#include "updates/delivery.hpp"

#include <mtp/client/client_health.hpp>
#include <mtp/client/stream_options.hpp>
#include <mtp/core/async_event.hpp>
#include <mtp/core/task.hpp>
#include <mtp/events/update.hpp>
#include <mtp/storage/store_transaction.hpp>

#include <cstdint>
#include <exception>
#include <memory>
#include <optional>

namespace mtp::MTP_ABI::detail {

class client_core;

/// Hands the updates to the program and stores how far it got, as updates::delivery decides.
///
/// Threads: belongs to the strand of the client. Lifetime: the client outlives it.
class update_delivery {
 public:
  /// `taken` is notified when there is room again. Lifetime: both outlive this.
  update_delivery(client_core& core, strand_event& taken);

  /// What a stream that is opened now has.
  void begin_stream(stream_options const& options);

  bool has_room() const noexcept { return machine_.has_room(); }
  void push(updates::arrival what);
  /// What waits for the program.
  queue_health report() const;
  /// Everything before this is consumed when the position is stored.
  void reach(updates::reach position);
  /// Forgets what was not consumed: it comes again.
  void discard();
  /// What may come again has come.
  void on_caught_up();
  /// Something happened to the client.
  void on_status();

  /// Why nobody is signed in any more; null when somebody is.
  void set_auth_failure(std::exception_ptr why);
  /// The stream ends, with an error or without.
  void end(std::exception_ptr why);

  bool has_ended() const noexcept { return machine_.has_ended(); }
  /// Empty, or why the streams ended.
  std::optional<update> end_of_stream() const;
  std::exception_ptr const& auth_failure() const noexcept { return auth_failure_; }
  /// Why this stream gives nothing: the account's consumers have names; null when it does.
  void set_refusal(std::exception_ptr why);
  /// What a program is given of it.
  update to_update(updates::arrival what) const;
  /// Gives it to the program's own handler.
  void report_passed_over(update const& poison);

  /// As update_stream::next().
  task<std::optional<update>> next();
  /// As update::ack().
  task<> acknowledge(std::uint64_t ticket);
  /// As update::commit().
  task<> commit(std::uint64_t ticket, store_transaction with);

 private:
  bool is_given(std::uint64_t ticket) const;
  updates::delivery::counts const& stored() const;
  void pass_on();
  void expire_albums();
  std::optional<update> take_news();
  updates::delivery_step next_step();
  void settle();
  task<> perform(updates::delivery_step what);
  task<> wait();
  task<> save();
  task<> pass_over();

  client_core& core_;
  strand_event& taken_;
  updates::delivery machine_;
  strand_event arrived_;
  std::unique_ptr<updates::album_collector> albums_;  ///< null: parts come one by one
  std::unique_ptr<life_cycle_reader> life_;           ///< null: none of it is told
  std::uint64_t status_number_ = 0;                   ///< of the next change of the status
  std::uint64_t given_ = 0;                           ///< so many were
  std::exception_ptr auth_failure_;
  std::exception_ptr refusal_;
  std::exception_ptr why_ended_;
};

}  // namespace mtp::MTP_ABI::detail
