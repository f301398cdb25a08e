// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>
#include <mtp/events/event_tag.hpp>

#include <cstdint>
#include <string_view>
#include <system_error>

namespace mtp::MTP_ABI {

class update;

/// What happened to a client, to its login or to its connection. Later versions have more.
enum class client_change_kind : std::uint8_t {
  connected,       ///< to the home data centre
  disconnected,    ///< from it; the client tries again by itself
  kept_away,       ///< the server sends us away: the next attempt waits longer
  caught_up,       ///< what was missed has come
  signed_in,       ///< somebody is, who was not
  signed_out,      ///< by the program itself
  revoked,         ///< the server ended the login, or another device did
  key_duplicated,  ///< the same: the server saw somebody else use the key
  frozen,          ///< the account may only read
  unfrozen,        ///< no longer
  key_suspect,     ///< somebody says that the server does not know our key
  key_trusted,     ///< it does
};

/// "connected", "disconnected", ...
MTP_API std::string_view name_of(client_change_kind kind) noexcept;

/// A step in the life of the client, told among the updates: only a stream with
/// stream_options::life_cycle has them. Nothing of it is stored, and none comes again.
///
/// Threads: a value.
class MTP_API client_change {
 public:
  static constexpr event_tag tag = event_tag::client_change;

  /// `from` must be of that tag.
  explicit client_change(update const& from);

  client_change_kind kind() const noexcept { return kind_; }
  /// What ended the connection or the login; zero when nothing did, or nobody knows.
  std::error_code why() const noexcept { return why_; }

 private:
  client_change_kind kind_;
  std::error_code why_;
};

}  // namespace mtp::MTP_ABI
