// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "net/link_listener.hpp"

namespace mtp::MTP_ABI::detail {

class client_core;

/// Takes what links report to the parts of the client that it matters to.
class link_reports final : public net::link_listener {
 public:
  /// Lifetime: `core` outlives this.
  explicit link_reports(client_core& core) : core_(core) {}

  task<> store_key(net::link_id from, crypto::auth_key key, mtproto::client_session_state state,
                   std::int32_t made_at) override;
  void store_state(net::link_id from, mtproto::client_session_state state) override;
  void key_lost(net::link_id from) override;
  void key_suspect(net::link_id from, bool suspect) override;
  void connecting(net::link_id from) override;
  void established(net::link_id from, dc_endpoint const& address) override;
  void disconnected(net::link_id from, std::error_code why, bool suspended) override;
  void session_created(net::link_id from) override;
  void update(net::link_id from, slice body) override;

 private:
  bool is_home(net::link_id const& from) const;

  client_core& core_;
};

}  // namespace mtp::MTP_ABI::detail
