// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "client/client_core.hpp"

#include <mtp/core/error.hpp>

#include <optional>
#include <utility>

namespace mtp::MTP_ABI::detail {

/// What came of one part.
template <class T>
struct part_outcome {
  std::optional<T> answer = {};
  rpc_failure refusal = {};  ///< when there is no answer
};

template <class T>
task<part_outcome<T>> outcome_of(task<T> call) {
  part_outcome<T> out;
  try {
    out.answer = co_await std::move(call);
  } catch (rpc_error const& e) {
    out.refusal = e.failure();
  }
  co_return std::move(out);
}

/// Sends a part, or asks for one, on a connection for that: `whole` is the request of type `F`.
/// What the server refuses is returned, since the machine of the transfer decides what follows.
///
/// Lifetime: the caller keeps the client alive. Threads: on its strand. Errors: whatever is no
/// refusal.
template <tl::tl_function F>
task<part_outcome<tl::answer<F>>> call_for_part(client_core& core, slice whole, int dc,
                                                link_purpose purpose) {
  raw_request raw{.method = F::tl_name};
  raw.shared_body = std::move(whole);
  raw.dc = dc;
  raw.purpose = purpose;
  raw.priority = call_priority::bulk;
  raw.reports_refusals = true;
  return outcome_of<tl::answer<F>>(
      read_answer<typename F::response>(core.requests().exchange(std::move(raw)), F::tl_name));
}

/// A request for a part as bytes that are shared by every try of it.
///
/// Errors: mtp::error with client_errc::encode.
template <tl::tl_function F>
slice encoded_part(F const& request) {
  auto body = tl::encode(request);
  if (!body) throw error(make_error_code(client_errc::encode), body.error().text());
  return slice(*std::move(body));
}

}  // namespace mtp::MTP_ABI::detail
