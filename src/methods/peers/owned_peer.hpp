// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/types/peer_ref.hpp>

#include <string>

namespace mtp::MTP_ABI::detail {

/// Who is meant, with a name of its own.
struct owned_peer {
  explicit owned_peer(peer_ref from) : id(from.id()), name(from.name()) {}
  peer_id id;
  std::string name;
};

}  // namespace mtp::MTP_ABI::detail
