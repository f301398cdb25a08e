// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "transfer/transfer_window.hpp"

#include <mtp/core/async_event.hpp>
#include <mtp/core/task.hpp>
#include <mtp/net/link_id.hpp>

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <utility>

namespace mtp::MTP_ABI::detail {

class client_core;

/// How many parts of files are under way to each data centre, those of all transfers together. Who
/// asks first is served first, so no file keeps another from going on.
///
/// Threads: belongs to the strand.
class transfer_slots {
 public:
  /// Lifetime: `core` outlives this.
  explicit transfer_slots(client_core& core) : core_(core) {}

 private:
  struct lane;

 public:
  /// The leave to have one part under way, until one of these is said, or it goes away.
  class slot {
   public:
    slot() = default;
    slot(transfer_slots& all, lane& on);
    slot(slot&& other) noexcept
        : all_(std::exchange(other.all_, nullptr)), on_(other.on_), since_(other.since_) {}
    slot& operator=(slot&&) = delete;
    ~slot();

    /// The part went through.
    void done();
    /// The server failed over it.
    void failed();
    /// The server wants nothing from us for so long.
    void hold(duration wait);

   private:
    transfer_slots* all_ = nullptr;
    lane* on_ = nullptr;
    steady_time since_ = {};
  };

  /// Waits for one. Cancellation: terminal. Errors: what the client ended with.
  task<slot> take(int dc, link_purpose purpose);
  /// Who waits looks round: the client is over.
  void end();

 private:
  using ticket = std::uint64_t;
  class place_in_line;
  lane& lane_of(int dc, link_purpose purpose);
  static task<> wait_for_turn(client_core& core, lane& in, ticket mine);

  client_core& core_;
  std::map<std::pair<int, link_purpose>, std::unique_ptr<lane>> lanes_;
  ticket last_ticket_ = 0;
};

struct transfer_slots::lane {
  explicit lane(client_core& core);

  transfer::transfer_window window;
  std::deque<ticket> line = {};
  strand_event changed;
};

}  // namespace mtp::MTP_ABI::detail
