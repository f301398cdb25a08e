// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "client/dc_addresses.hpp"
#include "client/dc_keys.hpp"
#include "net/link.hpp"

#include <memory>

namespace mtp::MTP_ABI::detail {

/// Makes the links of a client, to whichever data centre.
class link_factory {
 public:
  /// Lifetime: all of them outlive this.
  link_factory(client_context& context, dc_addresses& addresses, dc_keys& keys,
               net::link_listener& listener);

  /// The link that speaks for the account. It brings the updates.
  std::shared_ptr<net::link> make_home();
  /// Another one; it gives up when no attempt could help, so that calls that wait for it learn why.
  std::shared_ptr<net::link> make_side(int dc, link_purpose purpose);

  /// The home connection came about once: later links do not give up at the first failures.
  void set_was_connected() noexcept { was_connected_ = true; }

 private:
  net::link_options options_for(int dc, link_purpose purpose) const;
  std::shared_ptr<net::link> make(net::link_options options);

  client_context& context_;
  dc_addresses& addresses_;
  dc_keys& keys_;
  net::link_listener& listener_;
  bytes init_connection_prefix_;
  bool was_connected_ = false;
};

}  // namespace mtp::MTP_ABI::detail
