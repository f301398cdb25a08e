// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/task.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <system_error>

namespace mtp::MTP_ABI {

namespace detail {
class client_core;
}

/// What a client is doing, seen from its home data centre.
enum class client_status : std::uint8_t {
  offline,     ///< not running, or waiting for the next attempt to connect
  connecting,  ///< connecting, agreeing on a key, or waiting for the first valid answer
  updating,    ///< connected, and fetching the updates that were missed
  ready,       ///< connected, and up to date
  suspended,   ///< the server sends us away, or doubts our key: the next attempt waits longer
  signed_out,  ///< connected, but the login was ended elsewhere, or there is none
  /// Connected, but the server lets this account only read; until it answers again what it refuses
  /// to frozen accounts.
  frozen,
};

/// "offline", "connecting", ...
MTP_API std::string_view name_of(client_status status) noexcept;

/// One step in the life of a client.
struct status_change {
  client_status status = client_status::offline;
  /// Somebody unauthenticated said that the data centre does not know our key. The key is kept; an
  /// authenticated peer settles whether it is good.
  bool key_suspect = false;
  /// What ended the connection or the login; zero when nothing did. With signed_out,
  /// client_errc::key_duplicated when the server saw somebody else use the key of this session.
  std::error_code why = {};
  bool operator==(status_change const&) const = default;
};

/// The steps in the life of a client from the moment this was made, in order.
///
/// Any number may be open at a time. One that is read slowly misses steps when more than 64 wait,
/// the oldest first; the last one is never missed. Threads: as a client's operations.
class MTP_API status_stream {
 public:
  /// The next step; empty when the client has been closed and every step was told.
  ///
  /// Lifetime: the stream outlives it. Cancellation: terminal; nothing is lost. Errors: none.
  task<std::optional<status_change>> next();

 private:
  friend class client;
  status_stream(std::shared_ptr<detail::client_core> client, std::uint64_t from)
      : client_(std::move(client)), next_(from) {}

  std::shared_ptr<detail::client_core> client_;
  std::uint64_t next_;
};

}  // namespace mtp::MTP_ABI
