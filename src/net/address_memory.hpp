// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/net/address_book.hpp>

#include <utility>
#include <vector>

namespace mtp::MTP_ABI::net {

/// Remembers which addresses led nowhere: somebody answered there and won the race, and then no
/// connection was established. Such an address would win every race, and keep out those that work.
class address_memory {
 public:
  /// A connection over the address was established, and ended in a way that is no fault of it.
  void on_good(dc_endpoint const& address);
  /// A connection over the address won a race and led nowhere.
  void on_bad(dc_endpoint const& address);
  /// The network has changed: nothing is known any more.
  void forget() { bad_.clear(); }

  /// How often in a row the address led nowhere.
  int failures_of(dc_endpoint const& address) const;
  /// Puts those that led nowhere behind the others, the worst last, and returns how many stand
  /// before them. When all are bad, those that are least so stand before the others.
  std::size_t sort(std::vector<dc_endpoint>& all) const;

 private:
  std::vector<std::pair<dc_endpoint, int>> bad_;
};

}  // namespace mtp::MTP_ABI::net
