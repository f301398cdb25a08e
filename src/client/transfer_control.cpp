// SPDX-License-Identifier: MIT OR Apache-2.0
#include "client/transfer_control.hpp"

#include "client/client_core.hpp"

#include <utility>

namespace mtp::MTP_ABI::detail {

transfer_control::transfer_control(client_core& core, progress_ref tell)
    : core_(core),
      tell_(tell),
      meter_(core.now(), {}),
      changed_(core.world(), core.strand()),
      record_(core) {}

void transfer_control::begin(std::optional<std::uint64_t> total, std::uint64_t there) {
  meter_ = transfer::progress_meter(core_.now(), total);
  meter_.set_there(there);
  note();
}

void transfer_control::on_bytes(std::uint64_t count) {
  meter_.on_bytes(core_.now(), count);
  tell();
}

void transfer_control::on_wait(duration span) {
  meter_.on_wait(core_.now() + span);
  tell();
}

void transfer_control::tell() {
  note();
  tell_(meter_.at(core_.now()));
}

task<> transfer_control::leave_to_go_on() {
  if (paused_ && !std::exchange(is_pause_told_, true)) tell_(now());
  while (paused_) {
    core_.running().throw_if_over();
    co_await changed_.wait_next();
  }
}

// --- For who looks on

void transfer_control::pause() {
  if (std::exchange(paused_, true)) return;
  note();
}

void transfer_control::resume() {
  if (!std::exchange(paused_, false)) return;
  is_pause_told_ = false;
  meter_.on_pause_end(core_.now());
  note();
}

void transfer_control::end(transfer_state how) {
  ended_ = how;
  note();
}

/// All bytes through is not all of it: what they went into is to be checked or closed.
transfer_progress transfer_control::now() const {
  auto out = meter_.at(core_.now());
  if (out.state == transfer_state::finished) out.state = transfer_state::running;
  if (paused_) out.state = transfer_state::paused;
  if (ended_) out.state = *ended_;
  return out;
}

void transfer_control::note() {
  state_ = now().state;
  ++news_;
  changed_.notify();
}

}  // namespace mtp::MTP_ABI::detail
