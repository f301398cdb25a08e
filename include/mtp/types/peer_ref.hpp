// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/types/user.hpp>

#include <string>
#include <string_view>

namespace mtp::MTP_ABI {

/// Who is meant: a peer that was met before, a @username, or "me". Made to be an argument.
///
/// Lifetime: refers to the name; operations copy it before they return. Threads: a value.
class peer_ref {
 public:
  peer_ref(peer_id peer) : peer_(peer) {}
  peer_ref(user const& who) : peer_(who.peer()) {}
  peer_ref(std::string_view name) : name_(name) {}
  peer_ref(char const* name) : name_(name) {}
  peer_ref(std::string const& name) : name_(name) {}

  peer_id id() const noexcept { return peer_; }
  std::string_view name() const noexcept { return name_; }  ///< empty when it is an id

 private:
  peer_id peer_;
  std::string_view name_;
};

}  // namespace mtp::MTP_ABI
