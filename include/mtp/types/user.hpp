// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/storage/peer_id.hpp>
#include <mtp/tl/forward.hpp>
#include <mtp/tl/received.hpp>
#include <mtp/tl/string.hpp>

#include <cstdint>
#include <utility>

namespace mtp::MTP_ABI {

/// A person or a bot. Small: copies share one received block.
///
/// Lifetime: texts and references live as long as some copy of the user. Threads: as `received`.
class MTP_API user {
 public:
  user() = default;
  explicit user(received<tl::user> raw) : raw_(std::move(raw)) {}

  std::int64_t id() const;
  peer_id peer() const { return {peer_kind::user, id()}; }
  bool is_bot() const;
  tl::string const& first_name() const;  ///< may be empty, as may the others
  tl::string const& last_name() const;
  tl::string const& username() const;  ///< without the @
  /// Everything else about them.
  received<tl::user> const& raw() const noexcept { return raw_; }

 private:
  received<tl::user> raw_;
};

}  // namespace mtp::MTP_ABI
