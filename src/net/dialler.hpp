// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "net/connect_race.hpp"
#include "net/packet_stream.hpp"
#include "net/reconnect_policy.hpp"

#include <mtp/core/async_event.hpp>
#include <mtp/core/task_scope.hpp>

#include <exception>
#include <functional>
#include <limits>
#include <memory>
#include <vector>

namespace mtp::MTP_ABI::net {

/// Races connections to several addresses and carries a conversation over the one that wins.
///
/// Threads: belongs to its strand. Lifetime: outlives run(); `world` and `strand` outlive it.
class dialler {
 public:
  class attempt;
  /// What is said over one connection. It calls attempt::win() as soon as the peer has proved
  /// itself, and from then on is alone.
  using conversation = std::function<task<>(attempt&)>;
  using framing_maker = std::function<std::unique_ptr<transport::framing>(dc_endpoint const&)>;

  static constexpr std::size_t max_addresses = std::numeric_limits<std::size_t>::max();

  dialler(environment& world, asio::any_io_executor const& strand, race_options options,
          framing_maker make_framing, conversation talk);
  dialler(environment& world, asio::any_io_executor&& strand, race_options options,
          framing_maker make_framing, conversation talk) = delete;
  ~dialler();

  /// Tries the addresses, names among them once they are looked up; those from `reserve` on as
  /// connect_race does. Ends when the conversation over the connection that won has ended.
  ///
  /// Cancellation: terminal. Errors: what ended that conversation; when no connection won, the most
  /// telling of what ended the attempts, client_errc::timed_out for a silent peer.
  task<> run(std::vector<dc_endpoint> addresses, std::size_t reserve = max_addresses);

  /// The network came back: the next attempt begins at once.
  void on_network_restored();
  /// The address that won, as it stands in the book; null while none has.
  dc_endpoint const* winner() const;
  /// What the attempts waited for in vain, as far as they got until their time was up.
  ran_out_of_time ran_out() const noexcept { return ran_out_; }
  /// What failed last, or the one that won: for messages.
  dc_endpoint const& last_address() const noexcept { return last_address_; }

 private:
  void begin(std::vector<dc_endpoint> const& addresses, std::size_t reserve, task_scope& scope);
  task<> direct(task_scope& scope);
  task<> look_up(dc_endpoint name, bool reserve);
  task<> attempt_one(attempt& one);
  void drop(attempt& one, task_scope& scope);
  void add(std::vector<dc_endpoint> const& found, dc_endpoint const* name, bool reserve);
  void on_ended(attempt& one, std::exception_ptr failed);
  void note_failure(std::exception_ptr failed, dc_endpoint const& at);
  void note_time_up(attempt const& one);

  environment& world_;
  asio::any_io_executor const& strand_;
  race_options options_;
  connect_race race_;
  framing_maker make_framing_;
  conversation talk_;
  strand_event wake_;     // the race has something new
  strand_event changed_;  // an attempt ended
  std::vector<std::unique_ptr<attempt>> attempts_;
  int running_ = 0;
  int lookups_ = 0;
  std::exception_ptr failure_;
  int failure_rank_ = -1;
  ran_out_of_time ran_out_ = ran_out_of_time::no;
  dc_endpoint last_address_;
};

/// A connection that takes part in the race.
class dialler::attempt {
 public:
  attempt(dialler& of, std::size_t which, dc_endpoint to, dc_endpoint named);

  packet_stream& stream() noexcept { return *stream_; }
  /// The address as it stands in the book: a name stays a name.
  dc_endpoint const& address() const noexcept { return named_; }

  /// The peer proved itself, and the race is over; false when another one won it before.
  bool win();
  /// Ends when the other attempts are gone; of an attempt that has not won, never. Cancellation:
  /// terminal.
  task<> others_ended();

 private:
  friend class dialler;

  dialler& of_;
  std::size_t which_;
  dc_endpoint to_;
  dc_endpoint named_;
  std::unique_ptr<packet_stream> stream_;
  task_scope::child runs_as_ = {};
  bool connected_ = false;
  bool begun_ = false;
  bool dropped_ = false;
  bool expired_ = false;
};

}  // namespace mtp::MTP_ABI::net
