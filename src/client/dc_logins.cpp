// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The login in other data centres than one's own: core.telegram.org/api/datacenter,
// auth.exportAuthorization there and auth.importAuthorization here.
#include "client/dc_logins.hpp"

#include "client/call.hpp"
#include "client/client_core.hpp"
#include "client/encoded.hpp"

#include <mtp/core/error.hpp>
#include <mtp/tl/functions/auth.hpp>
#include <mtp/tl/functions/help.hpp>
#include <mtp/tl/types/auth/ExportedAuthorization.hpp>

#include <utility>

namespace mtp::MTP_ABI::detail {
namespace {

/// Sets a flag as long as it lives.
class login_guard {
 public:
  login_guard(bool& flag, strand_event& ended) : flag_(flag), ended_(ended) { flag_ = true; }
  login_guard(login_guard const&) = delete;
  login_guard& operator=(login_guard const&) = delete;
  ~login_guard() {
    flag_ = false;
    ended_.notify();
  }

 private:
  bool& flag_;
  strand_event& ended_;
};

}  // namespace

dc_logins::dc_logins(client_core& core) : core_(core), ended_(core.world(), core.strand()) {}

task<> dc_logins::set_up(int dc, std::shared_ptr<net::link> link) {
  bytes greeting = encoded(tl::help::getConfig{});
  auto greeted = core_.requests().call_on(link, std::move(greeting), tl::help::getConfig::tl_name);
  slice const config = co_await std::move(greeted);
  if (dc != core_.addresses().home() && core_.state().self)
    co_await sign_in_at(dc, std::move(link));
}

task<> dc_logins::sign_in_at(int dc, std::shared_ptr<net::link> link) {
  bool& busy = under_way_[dc];
  while (busy) co_await ended_.wait_next();
  if (core_.keys().is_signed_in(dc)) co_return;
  login_guard const here(busy, ended_);
  net::login_policy policy;
  for (bool imported = false; !imported;) {
    bytes import = co_await export_login(dc);
    imported = co_await import_login(link, std::move(import), policy);
  }
  core_.keys().set_signed_in(dc, true);
  core_.log(log_level::info, "the login was brought to another data centre");
}

/// The call that signs in at `dc`.
task<bytes> dc_logins::export_login(int dc) {
  tl::auth::exportAuthorization request;
  request.dc_id = dc;
  auto const exported = co_await call(core_, request);
  tl::auth::importAuthorization import;
  import.id = exported->id;
  import.bytes = exported->bytes;
  bytes body = encoded(import);
  co_return body;
}

/// False when another ticket is needed: this one was used up, or nobody knows whether it was.
task<bool> dc_logins::import_login(std::shared_ptr<net::link> link, bytes import,
                                   net::login_policy& policy) {
  bool imported = false;
  try {
    auto call = core_.requests().call_on(std::move(link), std::move(import),
                                         tl::auth::importAuthorization::tl_name);
    slice const who = co_await std::move(call);
    imported = true;
  } catch (outcome_unknown const&) {
    if (!policy.needs_another_ticket(nullptr)) throw;
  } catch (rpc_error const& e) {
    if (!policy.needs_another_ticket(&e.failure())) throw;
  }
  if (!imported) core_.log(log_level::info, "the login is exported anew: its ticket was lost");
  co_return imported;
}

}  // namespace mtp::MTP_ABI::detail
