// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/transfer/transfer_error.hpp>

namespace mtp::MTP_ABI::transfer {

/// What the machines of both directions may come to.
struct machine_steps {
  /// There is nothing to do until something happens.
  struct wait {
    bool operator==(wait const&) const = default;
  };
  struct done {
    bool operator==(done const&) const = default;
  };
  struct fail {
    transfer_errc why = {};
    bool operator==(fail const&) const = default;
  };
};

}  // namespace mtp::MTP_ABI::transfer
