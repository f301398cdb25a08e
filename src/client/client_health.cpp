// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What a client says of itself.
#include <mtp/client/client_health.hpp>

#include "client/client_core.hpp"
#include "client/start.hpp"

#include <mtp/client/client.hpp>

namespace mtp::MTP_ABI {
namespace detail {
namespace {

bool is_established(client_status status) {
  switch (status) {
    case client_status::offline:
    case client_status::connecting:
    case client_status::suspended: return false;
    default: return true;
  }
}

connection_health home_of(client_core& core, client_status status) {
  auto const& link = core.home().now();
  connection_health out{.dc = core.addresses().home()};
  if (!link) return out;
  bool const open = is_established(status);
  out.open = open ? 1 : 0;
  out.begun = open ? 0 : 1;
  out.calls = link->pending();
  return out;
}

task<store_statistics> measure_store_of(client_core& core) {
  co_await core.opened();
  auto out = co_await core.keeper().measure();
  co_return out;
}

task<client_health> health_of(client_core& core) {
  client_health out;
  out.status = core.status().now();
  core.updates().report(out);
  out.connections.push_back(home_of(core, out.status));
  core.sides().report(out.connections);
  co_return out;
}

}  // namespace
}  // namespace detail

task<client_health> client::health() const { return detail::start(core_, detail::health_of); }

task<store_statistics> client::measure_store() const {
  return detail::start(core_, detail::measure_store_of);
}

}  // namespace mtp::MTP_ABI
