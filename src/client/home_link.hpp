// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "client/client_run.hpp"
#include "client/link_factory.hpp"

#include <memory>
#include <utility>

namespace mtp::MTP_ABI::detail {

/// The link that speaks for the account, to the data centre where that is at home.
class home_link {
 public:
  /// Lifetime: all of them outlive this.
  home_link(client_context& context, client_run& run, dc_addresses& addresses, link_factory& links);

  /// Once the parts run.
  void start();
  /// The account is at home in another data centre from now on; the calls under way go on there.
  void move_to(int dc);
  /// Nobody gets a link any more.
  void end();

  /// The link that runs now; empty when there is none.
  std::shared_ptr<net::link> const& now() const noexcept { return link_; }
  /// Waits until there is one. Cancellation: terminal. Errors: as client_run::throw_if_over().
  task<std::shared_ptr<net::link>> current();

  /// It has other addresses.
  void update_endpoints();
  void on_network_restored();

 private:
  task<> run_link();

  client_run& run_;
  dc_addresses& addresses_;
  link_factory& links_;
  std::shared_ptr<net::link> link_;
  strand_event changed_;
  task_scope::child part_ = {};  ///< the one that runs link_
  bool moved_ = false;           ///< the link that runs is not at home any more
};

}  // namespace mtp::MTP_ABI::detail
