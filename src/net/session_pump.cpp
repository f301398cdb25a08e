// SPDX-License-Identifier: MIT OR Apache-2.0
#include "net/session_pump.hpp"

#include <mtp/core/error.hpp>

#include <asio/post.hpp>
#include <asio/use_awaitable.hpp>

#include <algorithm>
#include <chrono>
#include <utility>

namespace mtp::MTP_ABI::net {
namespace {

/// After so many packets that were there already, others on the same thread have their turn.
constexpr unsigned packets_in_a_row = 16;

/// The system is asked no more often how much has arrived.
constexpr auto count_interval = std::chrono::seconds(1);

}  // namespace

/// Stands while it is noted whose calls end.
class session_pump::collecting {
 public:
  collecting(session_pump& of, detail::waiting_room::woken& callers) : of_(of) {
    of_.woken_ = &callers;
  }
  collecting(collecting const&) = delete;
  collecting& operator=(collecting const&) = delete;
  ~collecting() { of_.woken_ = nullptr; }

 private:
  session_pump& of_;
};

session_pump::session_pump(environment& world, asio::any_io_executor const& strand,
                           mtproto::client_session& session, dialler::attempt& over, owner& of)
    : world_(world),
      strand_(strand),
      session_(session),
      over_(over),
      owner_(of),
      wake_(world, strand_),
      clock_(world, strand_) {}

void session_pump::start(task_scope& scope) {
  scope.spawn(clock_loop());
  scope.spawn(write_loop());
  scope.spawn(read_loop());
}

void session_pump::break_off(std::error_code why) {
  broken_ = why;
  wake_.notify();
}

// --- Reading -------------------------------------------------------------------------------------

task<> session_pump::read_loop() {
  auto& stream = over_.stream();
  for (unsigned in_a_row = 0;;) {
    auto frame = stream.try_receive();
    if (!frame) {
      co_await stream.arrival();
      in_a_row = 0;
      continue;
    }
    if (++in_a_row % packets_in_a_row == 0) co_await asio::post(strand_, asio::use_awaitable);
    auto* const packet = packet_of(*frame);
    if (!packet) continue;
    moment const now = world_.now();
    auto events = session_.on_packet(std::move(packet->payload), now);
    if (!events && owner_.tolerates(events.error())) continue;
    if (!events) throw error(make_error_code(events.error()));
    bool const first = on_packet();
    on_events(std::move(*events));
    ask_writer(now);
    if (first) co_await over_.others_ended();
  }
}

/// True when it is the first one. What it brought is handled also when another connection won
/// meanwhile: the session does not get it twice.
bool session_pump::on_packet() {
  owner_.on_packet();
  bool const first = !heard_ && session_.has_heard();
  if (!first || !over_.win()) return first;
  heard_ = true;
  owner_.on_first_packet(over_.address());
  return true;
}

/// Lets those go on whose calls have ended.
void session_pump::on_events(std::vector<mtproto::session_event> events) {
  detail::waiting_room::woken callers(strand_);
  collecting const here(*this, callers);
  hand_over(std::move(events));
  callers.run();
}

void session_pump::hand_over(std::vector<mtproto::session_event> events) {
  for (auto& each : events) owner_.on_event(std::move(each));
}

// --- Writing -------------------------------------------------------------------------------------

/// One packet at a time: what is urgent goes before what was queued earlier.
task<> session_pump::write_loop() {
  auto& stream = over_.stream();
  for (;;) {
    moment const now = world_.now();
    steady_time const until = look_after(now);
    auto packet = session_.next_packet(now);
    hand_over(session_.take_events());
    if (packet) {
      bool const all = stream.try_write(*std::move(packet));
      if (!all) co_await stream.finish_writing();
      session_.recycle(stream.take_written());
    } else {
      look_at(std::min(until, session_.next_deadline().value_or(steady_time::max())));
      idle_ = true;
      co_await wake_.wait();
      idle_ = false;
      if (stream.is_writing()) co_await stream.finish_writing();
      session_.recycle(stream.take_written());
    }
  }
}

steady_time session_pump::look_after(moment now) {
  if (broken_) throw error(broken_);
  count_bytes(now);
  return owner_.look_after(now);
}

/// Who waits for an answer behind a long packet that comes slowly, or goes, does not wait in
/// silence.
void session_pump::count_bytes(moment now) {
  if (now.steady < count_after_) return;
  count_after_ = now.steady + count_interval;
  auto const before = std::exchange(transferred_, over_.stream().transferred());
  if (transferred_ > before) owner_.on_bytes(transferred_ - before, now);
}

/// While a packet is handled nothing is written: what comes of it all goes together.
void session_pump::write_soon() {
  if (woken_) return;
  bool const at_once = idle_ && session_.pending() == 1 && !broken_;
  if (!at_once || !write_now(world_.now())) wake_.notify();
}

/// Writes one packet. False when the writer has to go on.
bool session_pump::write_now(moment now) {
  auto& stream = over_.stream();
  auto packet = session_.next_packet(now);
  hand_over(session_.take_events());
  if (!packet) return false;
  idle_ = false;
  try {
    if (!stream.try_write(*std::move(packet))) return false;
  } catch (std::system_error const& failed) {
    broken_ = failed.code();
    return false;
  }
  session_.recycle(stream.take_written());
  idle_ = true;
  look_at(std::min(look_at_, session_.next_deadline().value_or(steady_time::max())));
  return !session_.has_to_write(now);
}

/// After a packet has come. Most answers leave nothing to write.
void session_pump::ask_writer(moment now) {
  bool all = !broken_ && !owner_.waits_for_answers();
  if (all && session_.has_to_write(now)) all = idle_ && write_now(now);
  if (!all) return wake_.notify();
  look_at(std::min(look_at_, session_.next_deadline().value_or(steady_time::max())));
}

// --- Time ----------------------------------------------------------------------------------------

/// The writer is to look again at that time.
void session_pump::look_at(steady_time when) {
  look_at_ = when;
  if (when < timed_for_) clock_.notify();
}

/// Wakes the writer when time brings something. Most often that is put off before it comes, by an
/// answer for example: then the timer stays as it was and is set anew when it has run.
task<> session_pump::clock_loop() {
  for (;;) {
    if (world_.now().steady >= look_at_) {
      look_at_ = steady_time::max();
      wake_.notify();
    }
    timed_for_ = look_at_;
    co_await clock_.wait_until(timed_for_);
  }
}

}  // namespace mtp::MTP_ABI::net
