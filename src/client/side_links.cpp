// SPDX-License-Identifier: MIT OR Apache-2.0
#include "client/side_links.hpp"

#include "client/client_core.hpp"

#include <mtp/core/error.hpp>

namespace mtp::MTP_ABI::detail {

std::shared_ptr<net::pool> side_links::make_pool(int dc, link_purpose purpose) {
  auto make = [&core = core_, dc, purpose] { return core.links().make_side(dc, purpose); };
  auto prepare = [&core = core_, dc](std::shared_ptr<net::link> link) {
    return core.dc_logins().set_up(dc, std::move(link));
  };
  return std::make_shared<net::pool>(core_.world(), core_.strand(), core_.config().connection.pool,
                                     make, prepare);
}

/// Empty when there is none, and none can be started.
std::shared_ptr<net::pool> side_links::pool_of(int dc, link_purpose purpose) {
  auto& pool = pools_[{dc, purpose}];
  if (pool || !core_.running().is_running()) return pool;
  pool = make_pool(dc, purpose);
  core_.running().spawn(run_pool(pool));
  return pool;
}

task<> side_links::run_pool(std::shared_ptr<net::pool> pool) { co_await pool->run(); }

task<net::pool::lease> side_links::take(int dc, link_purpose purpose) {
  client_run::waiter const here(core_.running());
  co_await core_.opened();
  auto const pool = pool_of(dc, purpose);
  if (!pool) throw client_closed();
  std::exception_ptr failed;
  net::pool::lease out;
  try {
    out = co_await pool->take();
  } catch (...) {
    failed = std::current_exception();
  }
  core_.running().throw_if_over();
  if (pool->is_retired()) co_return net::pool::lease();
  if (failed) std::rethrow_exception(failed);
  // The login may have changed since the connection was set up, or been lost.
  if (dc != core_.addresses().home() && core_.state().self)
    co_await core_.dc_logins().sign_in_at(dc, out.get());
  co_return out;
}

void side_links::retire(int dc) {
  auto const found = pools_.find({dc, link_purpose::main});
  if (found == pools_.end()) return;
  if (found->second) found->second->retire();
  pools_.erase(found);
}

void side_links::end() {
  for (auto& [id, pool] : pools_) {
    if (pool) pool->end();
  }
}

void side_links::update_endpoints() {
  for (auto& [id, pool] : pools_) {
    if (pool) pool->set_endpoints(core_.addresses().endpoints_of(id.first));
  }
}

void side_links::report(std::vector<connection_health>& to) const {
  for (auto const& [id, pool] : pools_) {
    if (!pool) continue;
    auto const& of = pool->policy();
    to.push_back({.dc = id.first,
                  .purpose = id.second,
                  .open = of.ready_count(),
                  .begun = of.size() - of.ready_count(),
                  .calls = of.call_count()});
  }
}

void side_links::on_network_restored() {
  for (auto& [id, pool] : pools_) {
    if (pool) pool->on_network_restored();
  }
}

}  // namespace mtp::MTP_ABI::detail
