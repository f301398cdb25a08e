// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/core/task.hpp>
#include <mtp/crypto/auth_key.hpp>
#include <mtp/mtproto/client_session.hpp>
#include <mtp/net/address_book.hpp>
#include <mtp/net/link_id.hpp>

#include <system_error>

namespace mtp::MTP_ABI::net {

/// Who owns links is told what happens on them, on their strand; `from` says on which.
class link_listener {
 public:
  /// A permanent key was made at `made_at`, in the server's time. It is used once this has ended.
  virtual task<> store_key(link_id from, crypto::auth_key key, mtproto::client_session_state state,
                           std::int32_t made_at) = 0;
  /// What is known about the permanent key changed: salts, the clock.
  virtual void store_state(link_id from, mtproto::client_session_state state) = 0;
  /// The data centre has proved that it does not know the key any more: whoever was signed in no
  /// longer is.
  virtual void key_lost(link_id from) = 0;
  /// Somebody says that the key is unknown, or that doubt has ended.
  virtual void key_suspect(link_id from, bool suspect) = 0;

  /// Attempts to connect begin.
  virtual void connecting(link_id from) = 0;
  /// A valid encrypted packet came over a new connection to `address`.
  virtual void established(link_id from, dc_endpoint const& address) = 0;
  /// The connection broke, or none came about; another attempt follows. `suspended` when the server
  /// wants fewer connections.
  virtual void disconnected(link_id from, std::error_code why, bool suspended) = 0;

  /// The server may have lost updates for us.
  virtual void session_created(link_id from) = 0;
  /// An object that answers nothing.
  virtual void update(link_id from, slice body) = 0;

 protected:
  ~link_listener() = default;
};

}  // namespace mtp::MTP_ABI::net
