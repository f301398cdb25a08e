// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/events/update.hpp>
#include <mtp/updates/lost.hpp>

#include <cstdint>
#include <memory>
#include <utility>

namespace mtp::MTP_ABI::detail {

/// What an update holds for the library only.
struct update_access {
  static std::weak_ptr<client_core> const& client(update const& of) { return of.client_; }
  static std::int64_t self(update const& of) { return of.self_; }
  static slice const& unreadable(update const& of) { return of.unreadable_; }
  /// Of an updates_lost.
  static updates::lost loss(update const& of);
  static void set_origin(update& of, origin from) { of.origin_ = from; }
  static void set_given(update& of, std::weak_ptr<client_core> by, int attempt,
                        std::uint64_t ticket) {
    of.client_ = std::move(by);
    of.attempt_ = attempt;
    of.ticket_ = ticket;
  }
};

}  // namespace mtp::MTP_ABI::detail
