// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "net/link.hpp"
#include "net/login_policy.hpp"

#include <mtp/core/async_event.hpp>

#include <map>
#include <memory>

namespace mtp::MTP_ABI::detail {

class client_core;

/// Brings the login of the account to other data centres.
class dc_logins {
 public:
  /// Lifetime: `core` outlives this.
  explicit dc_logins(client_core& core);

  /// Makes a connection fit for calls: the server knows the client and, elsewhere than at home, who
  /// is signed in.
  task<> set_up(int dc, std::shared_ptr<net::link> link);
  /// Signs in at `dc` unless that is done. One at a time for each data centre.
  task<> sign_in_at(int dc, std::shared_ptr<net::link> link);

 private:
  task<bytes> export_login(int dc);
  task<bool> import_login(std::shared_ptr<net::link> link, bytes import, net::login_policy& policy);

  client_core& core_;
  strand_event ended_;
  std::map<int, bool> under_way_;
};

}  // namespace mtp::MTP_ABI::detail
