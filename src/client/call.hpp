// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "client/client_core.hpp"

namespace mtp::MTP_ABI::detail {

/// Performs `request` for the library itself. Plain: the request becomes bytes here.
///
/// Lifetime: the caller keeps the client alive. Threads: on its strand.
template <tl::tl_function F>
task<tl::answer<F>> call(client_core& core, F const& request, bool signs_in = false) {
  using response = typename F::response;
  raw_request raw{.body = tl::encode(request), .method = F::tl_name};
  raw.signs_in = signs_in;
  if constexpr (std::is_same_v<response, tl::Updates>) {
    return core.requests().exchange_updates(std::move(raw));
  } else {
    return read_answer<response>(core.requests().exchange(std::move(raw)), F::tl_name);
  }
}

}  // namespace mtp::MTP_ABI::detail
