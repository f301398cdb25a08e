// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "net/pool.hpp"

#include <mtp/client/client_health.hpp>

#include <map>
#include <memory>
#include <utility>
#include <vector>

namespace mtp::MTP_ABI::detail {

class client_core;

/// The links beside the one that speaks for the account: to other data centres, and for transfers.
class side_links {
 public:
  /// Lifetime: `core` outlives this.
  explicit side_links(client_core& core) : core_(core) {}

  /// A place on a link that is set up and signed in. Empty when the data centre has become home in
  /// the meantime.
  ///
  /// Cancellation: terminal. Errors: what kept a connection from coming about, client_closed.
  task<net::pool::lease> take(int dc, link_purpose purpose);
  /// What was elsewhere is home now: the calls under way there go on with the link of the account,
  /// which alone speaks for it.
  void retire(int dc);
  void end();

  /// There are other addresses.
  void update_endpoints();
  void on_network_restored();
  /// Adds what is to be said of the connections.
  void report(std::vector<connection_health>& to) const;

 private:
  std::shared_ptr<net::pool> pool_of(int dc, link_purpose purpose);
  std::shared_ptr<net::pool> make_pool(int dc, link_purpose purpose);
  static task<> run_pool(std::shared_ptr<net::pool> pool);

  client_core& core_;
  std::map<std::pair<int, link_purpose>, std::shared_ptr<net::pool>> pools_;
};

}  // namespace mtp::MTP_ABI::detail
