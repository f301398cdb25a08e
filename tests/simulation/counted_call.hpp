// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "client_world.hpp"

#include <mtp/tl/functions/account.hpp>

namespace mtp::test {

/// A call that may not run twice, and how often it ran.
struct counted {
  int runs = 0;
  explicit counted(client_world& w) {
    w.centre.on<tl::account::setAuthorizationTTL>(
        [this](testing::call&, tl::account::setAuthorizationTTL const&) -> testing::outcome<bool> {
          ++runs;
          return true;
        });
  }
  static task<> ask(client& who) {
    tl::account::setAuthorizationTTL request;
    request.authorization_ttl_days = 1;
    co_await who.invoke(request);
  }
};

/// The server executes that call at once, and answers it when it is told to.
inline void hold_answer(client_world& w) {
  testing::method_fault fault;
  fault.method = "account.setAuthorizationTTL";
  fault.hold = true;
  w.centre.add_fault(fault);
}

}  // namespace mtp::test
