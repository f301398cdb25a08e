// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "events/update_extra.hpp"

#include <mtp/events/update.hpp>

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace mtp::MTP_ABI::detail {

/// What an update holds for the library only.
struct update_access {
  static std::weak_ptr<client_core> const& client(update const& of) { return of.client_; }
  static std::int64_t self(update const& of) { return of.self_; }
  static update_extra const& extra(update const& of) {
    static update_extra const none;
    return of.extra_ ? *of.extra_ : none;
  }
  static slice const& unreadable(update const& of) { return extra(of).unreadable; }
  static std::vector<received<tl::Update>> const& parts(update const& of) {
    return extra(of).parts;
  }
  static client_change_kind change(update const& of) { return extra(of).change; }
  static std::error_code why(update const& of) { return extra(of).why; }
  static void set_owner(update& of, std::weak_ptr<client_core> client, std::int64_t self) {
    of.client_ = std::move(client);
    of.self_ = self;
  }
  static updates::lost const& loss(update const& of) { return extra(of).loss; }
  static void set_origin(update& of, origin from) { of.origin_ = from; }
  static void set_given(update& of, std::weak_ptr<client_core> by, int attempt,
                        std::uint64_t ticket) {
    of.client_ = std::move(by);
    of.attempt_ = attempt;
    of.ticket_ = ticket;
  }
};

}  // namespace mtp::MTP_ABI::detail
