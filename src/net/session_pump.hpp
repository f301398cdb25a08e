// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "net/dialler.hpp"

#include <mtp/core/waiting_room.hpp>
#include <mtp/mtproto/client_session.hpp>

#include <system_error>
#include <vector>

namespace mtp::MTP_ABI::net {

/// Moves packets between a session and the connection that carries it.
///
/// Threads: belongs to its strand. Lifetime: outlives the coroutines that start() spawns.
class session_pump {
 public:
  /// What the owner of the session does about what comes of them.
  class owner {
   public:
    virtual void on_event(mtproto::session_event event) = 0;
    /// The session read a packet that belongs to it; what it holds is handled next.
    virtual void on_packet() = 0;
    /// Bytes went over the connection, either way, maybe of a packet that is not whole yet.
    virtual void on_bytes(std::size_t count, moment now) = 0;
    /// The first one on this connection, which is alone from now on.
    virtual void on_first_packet(dc_endpoint const& from) = 0;
    /// Whether a packet that the session refuses is no reason to break the connection.
    virtual bool tolerates(std::error_code refusal) const = 0;
    /// Asked before each packet is written, and at the times it names. Errors: what makes the
    /// connection useless.
    virtual steady_time look_after(moment now) = 0;
    /// Whether look_after() is to be asked after each answer: one may be the last that is awaited.
    virtual bool waits_for_answers() const = 0;

   protected:
    ~owner() = default;
  };

  /// Lifetime: all of them outlive this.
  session_pump(environment& world, asio::any_io_executor const& strand,
               mtproto::client_session& session, dialler::attempt& over, owner& of);
  session_pump(environment& world, asio::any_io_executor&& strand, mtproto::client_session& session,
               dialler::attempt& over, owner& of) = delete;
  session_pump(session_pump const&) = delete;
  session_pump& operator=(session_pump const&) = delete;

  /// Spawns what reads, writes and keeps time. It ends by errors only: those of the connection, of
  /// the owner, and of what comes.
  void start(task_scope& scope);

  /// A call was submitted. One that is alone need not wait for the writer's turn: no other is about
  /// to share its packet.
  void write_soon();
  /// There may be something to write, or to look after.
  void wake() { wake_.notify(); }
  /// The connection is of no use any more: ends it with `why`.
  void break_off(std::error_code why);

  /// Where to put the callers whose calls end while a packet is handled, so that what they call
  /// next goes into one packet; null at other times.
  detail::waiting_room::woken* woken() const noexcept { return woken_; }

 private:
  class collecting;

  task<> read_loop();
  task<> write_loop();
  task<> clock_loop();
  bool on_packet();
  void on_events(std::vector<mtproto::session_event> events);
  void hand_over(std::vector<mtproto::session_event> events);
  bool write_now(moment now);
  void ask_writer(moment now);
  steady_time look_after(moment now);
  void count_bytes(moment now);
  void look_at(steady_time when);

  environment& world_;
  asio::any_io_executor const& strand_;
  mtproto::client_session& session_;
  dialler::attempt& over_;
  owner& owner_;
  strand_event wake_;                             // there is something to write, or to decide
  strand_event clock_;                            // the writer wants to look earlier
  steady_time look_at_ = steady_time::max();      // the writer looks again then
  steady_time timed_for_ = steady_time::max();    // the timer runs until then
  std::uint64_t transferred_ = 0;                 // bytes, when they were counted last
  steady_time count_after_ = {};                  // not again before
  std::error_code broken_;                        // why the connection is to be broken off
  detail::waiting_room::woken* woken_ = nullptr;  // while a packet is handled
  bool idle_ = false;                             // the writer has nothing to write
  bool heard_ = false;
};

}  // namespace mtp::MTP_ABI::net
