// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "client/client_context.hpp"

#include <mtp/net/address_book.hpp>
#include <mtp/tl/forward.hpp>
#include <mtp/tl/list.hpp>

#include <map>
#include <vector>

namespace mtp::MTP_ABI::detail {

/// Which data centres there are, where they can be reached, and which of them is home.
class dc_addresses {
 public:
  /// Lifetime: `context` outlives this.
  explicit dc_addresses(client_context& context) : context_(context) {}

  /// The data centre of the account.
  int home() const;
  bool knows(int dc) const;
  /// What the server said last, and behind it what the program came with.
  std::vector<dc_endpoint> endpoints_of(int dc) const;
  /// The address that worked last.
  std::optional<dc_endpoint> last_good_of(int dc) const;

  void set_home(int dc);
  void set_last_good(int dc, dc_endpoint const& good);
  /// Takes over what the server says of the data centres, as far as it is of use.
  void learn(tl::list<tl::DcOption> const& said);

 private:
  address_book const& initial() const;
  std::map<int, stored_addresses> sound_addresses(tl::list<tl::DcOption> const& said) const;

  client_context& context_;
};

}  // namespace mtp::MTP_ABI::detail
