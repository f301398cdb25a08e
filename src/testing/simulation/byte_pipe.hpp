// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/core/clock.hpp>
#include <mtp/testing/network.hpp>

#include <deque>
#include <optional>

namespace mtp::MTP_ABI::testing {

/// One direction of a connection: when which bytes arrive. Performs nothing and reads no clock.
class byte_pipe {
 public:
  explicit byte_pipe(link_terms terms) : terms_(terms) {}

  /// How many bytes may be sent now.
  std::size_t room(steady_time now) const;
  /// When there will be more room although nobody reads; empty when somebody must read.
  std::optional<steady_time> more_room(steady_time now) const;
  /// Sends a copy. `late` is added to the delay, for this and all that follows.
  void send(bytes_view data, steady_time now, duration late = {});
  /// Nothing is sent after what was.
  void end(steady_time now);
  /// What is sent from now on never arrives.
  void silence() { silent_ = true; }
  /// Carries `rate` bytes a second until then.
  void slow_down(std::uint64_t rate, steady_time until);
  /// What has not been read is lost.
  void clear();

  std::size_t read(mutable_bytes to, steady_time now);
  /// What has arrived and was not read.
  std::size_t unread(steady_time now) const;
  /// What was sent and has not arrived, or never will.
  std::size_t on_its_way(steady_time now) const;
  bool has_bytes(steady_time now) const;
  bool has_ended(steady_time now) const;
  /// When the next bytes arrive, or the end.
  std::optional<steady_time> next_arrival() const;

 private:
  struct portion {
    steady_time arrives = {};
    bytes data = {};
    std::size_t read = 0;
  };
  std::uint64_t rate_at(steady_time now) const;
  std::size_t unsent(steady_time now) const;
  void send_portion(bytes_view data, steady_time now, duration late);
  steady_time arrival(steady_time leaves, duration late);

  link_terms terms_;
  std::deque<portion> portions_;
  std::size_t held_ = 0;
  steady_time idle_from_ = {};
  steady_time last_arrival_ = {};
  std::uint64_t slow_rate_ = 0;
  steady_time slow_until_ = {};
  std::optional<steady_time> end_ = {};
  bool silent_ = false;
};

}  // namespace mtp::MTP_ABI::testing
