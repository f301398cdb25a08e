// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "client/client_context.hpp"
#include "net/dc_key.hpp"

#include <map>
#include <memory>

namespace mtp::MTP_ABI::detail {

/// The keys of the data centres: shared by the links to each, kept in the store with what belongs
/// to them.
class dc_keys {
 public:
  /// Lifetime: `context` outlives this.
  explicit dc_keys(client_context& context) : context_(context) {}

  std::shared_ptr<net::dc_key> of(int dc);

  /// Ends when the key is stored. `home` is stored with it: the data centre of the account.
  task<> store(int dc, int home, crypto::auth_key key, mtproto::client_session_state state,
               std::int32_t made_at);
  void store_state(int dc, mtproto::client_session_state const& state);
  void forget(int dc);

  /// Whether the login is known there: that of the account, brought to another data centre.
  bool is_signed_in(int dc) const;
  void set_signed_in(int dc, bool signed_in);

 private:
  client_context& context_;
  std::map<int, std::shared_ptr<net::dc_key>> keys_;
};

}  // namespace mtp::MTP_ABI::detail
