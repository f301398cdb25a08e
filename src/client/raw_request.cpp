// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/client/raw_request.hpp>

#include "client/client_core.hpp"
#include "client/wrappers.hpp"

#include <mtp/core/error.hpp>

#include <utility>

namespace mtp::MTP_ABI::detail {

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

raw_request as_bytes(any_request const& request, invoke_options const& options,
                     std::shared_ptr<net::call_order> chain) {
  raw_request out{.body = tl::detail::encode(request.value, request.ops), .method = request.method};
  out.apply(options, std::move(chain));
  return out;
}

void throw_unreadable(tl::decode_error const& why, std::string_view method) {
  throw error(make_error_code(client_errc::decode), std::string(method) + ": " + why.text());
}

tl::detail::decoded_value read_value(slice body, tl::codec::ops const& of,
                                     std::string_view method) {
  auto value = tl::detail::decode(std::move(body), of, {});
  if (!value) throw_unreadable(value.error(), method);
  return *std::move(value);
}

void read_scalar(slice const& body, void* to, tl::codec::ops const& of, std::string_view method) {
  auto const done = tl::detail::decode_plain(bytes_view(body), to, of, {});
  if (!done) throw_unreadable(done.error(), method);
}

}  // namespace mtp::MTP_ABI::detail
