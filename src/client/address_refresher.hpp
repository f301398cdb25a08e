// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/async_event.hpp>
#include <mtp/core/clock.hpp>
#include <mtp/core/slice.hpp>
#include <mtp/tl/forward.hpp>
#include <mtp/tl/received.hpp>

namespace mtp::detail {

class client_core;

/// Asks the server for the addresses of its data centres once the client is connected, whenever the
/// answer has expired, and when the server says that there is something new.
class address_refresher {
 public:
  /// Lifetime: `core` outlives this.
  explicit address_refresher(client_core& core);

  /// Works until it is cancelled; ends at once when the program does not want it.
  task<> run();

  /// An update may say that there are other addresses.
  void note(tl::Update const& what);
  /// The same for one that nobody reads, since no stream is open or nobody is signed in.
  void note_unread(slice const& body);

 private:
  bool is_wanted() const;
  task<received<tl::config>> ask();
  task<> wait_until(steady_time expiry);
  void learn(tl::list<tl::DcOption> const& said);

  client_core& core_;
  async_event wake_;
  steady_time next_wish_ = {};  ///< of the server, that is granted at once
  bool asked_for_ = false;      ///< by the server
};

}  // namespace mtp::detail
