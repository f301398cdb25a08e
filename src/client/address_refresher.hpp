// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "net/address_schedule.hpp"

#include <mtp/core/async_event.hpp>
#include <mtp/tl/forward.hpp>

namespace mtp::MTP_ABI::detail {

class client_core;

/// Asks the server for the addresses of its data centres when net::address_schedule says so, and
/// has the links use them.
class address_refresher {
 public:
  /// Lifetime: `core` outlives this.
  explicit address_refresher(client_core& core);

  /// Works until it is cancelled; ends at once when the program does not want it.
  task<> run();

  /// The update says that the server has another configuration.
  void on_config_changed(tl::Update const& what);

 private:
  task<> ask();
  void learn(tl::list<tl::DcOption> const& said);

  client_core& core_;
  net::address_schedule schedule_;
  strand_event wake_;
};

}  // namespace mtp::MTP_ABI::detail
