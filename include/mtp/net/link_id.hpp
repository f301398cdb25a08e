// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>

#include <compare>
#include <cstdint>

namespace mtp::MTP_ABI {

/// What a connection is for. Only the main one is told updates; large files go by the others, so
/// that small calls never stand behind them.
enum class link_purpose { main, upload, download };

namespace net {

/// Which connection something is said about.
struct link_id {
  int dc = 0;
  link_purpose purpose = link_purpose::main;
  std::int64_t key = 0;  ///< the id of the permanent key; 0 while there is none
  auto operator<=>(link_id const&) const = default;
};

}  // namespace net
}  // namespace mtp::MTP_ABI
