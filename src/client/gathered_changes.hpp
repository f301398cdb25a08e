// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/storage/session_state.hpp>

#include <memory>
#include <utility>

namespace mtp::MTP_ABI::detail {

/// Changes of a session that become one. Takes memory only while there is any: most of the time
/// nothing has changed.
class gathered_changes {
 public:
  bool empty() const noexcept { return !all_; }
  /// What was gathered; null when there is nothing. Lifetime: until the next add() or take().
  session_change const* peek() const noexcept { return all_.get(); }

  void add(session_change what) {
    if (what.empty()) return;
    if (all_) return merge(*all_, std::move(what));
    all_ = std::make_unique<session_change>(std::move(what));
  }

  /// Hands out what was gathered; empty when there is nothing.
  session_change take() {
    auto const out = std::exchange(all_, {});
    return out ? std::move(*out) : session_change();
  }

 private:
  std::unique_ptr<session_change> all_;
};

}  // namespace mtp::MTP_ABI::detail
