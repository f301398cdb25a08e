// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/events/update.hpp>

namespace mtp::MTP_ABI::detail {

/// What an update holds for the library only.
struct update_access {
  static std::weak_ptr<client_core> const& client(update const& of) { return of.client_; }
  static std::int64_t self(update const& of) { return of.self_; }
  static slice const& unreadable(update const& of) { return of.unreadable_; }
  static void set_attempt(update& of, int attempt) { of.attempt_ = attempt; }
};

}  // namespace mtp::MTP_ABI::detail
