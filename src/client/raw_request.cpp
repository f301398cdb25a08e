// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/client/raw_request.hpp>

#include "client/client_core.hpp"
#include "client/wrappers.hpp"

#include <mtp/core/error.hpp>

#include <utility>

namespace mtp::detail {

void raw_request::apply(invoke_options const& options, std::shared_ptr<net::call_order> chain) {
  auto const problem = validate(options);
  if (problem) throw error(make_error_code(client_errc::bad_config), *problem);
  dc = options.dc;
  purpose = options.purpose;
  priority = options.priority;
  repeatable = options.repeatable;
  wrappers = wrappers_of(options);
  without_updates = options.without_updates;
  timeout = options.timeout;
  order = std::move(chain);
}

task<slice> exchange(std::shared_ptr<client_core> client, raw_request request) {
  return client->requests().exchange(std::move(request));
}

task<received<tl::Updates>> exchange_updates(std::shared_ptr<client_core> client,
                                             raw_request request) {
  return client->requests().exchange_updates(std::move(request));
}

void throw_unreadable(tl::decode_error const& why, std::string_view method) {
  throw error(make_error_code(client_errc::decode), std::string(method) + ": " + why.text());
}

}  // namespace mtp::detail
