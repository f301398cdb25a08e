// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The login in other data centres than one's own: core.telegram.org/api/datacenter,
// auth.exportAuthorization there and auth.importAuthorization here.
#include "client/call.hpp"
#include "client/client_core.hpp"

#include <mtp/core/error.hpp>
#include <mtp/tl/functions/auth.hpp>
#include <mtp/tl/functions/help.hpp>
#include <mtp/tl/types/auth/ExportedAuthorization.hpp>

#include <utility>

namespace mtp::detail {
namespace {

/// How many tickets one login may take.
constexpr int max_tickets = 3;

template <class F>
bytes encoded(F const& function) {
  auto out = tl::encode(function);
  if (!out) throw error(make_error_code(client_errc::encode), out.error().text());
  return *std::move(out);
}

/// Sets a flag as long as it lives.
class guard {
 public:
  guard(bool& flag, event& ended) : flag_(flag), ended_(ended) { flag_ = true; }
  guard(guard const&) = delete;
  guard& operator=(guard const&) = delete;
  ~guard() {
    flag_ = false;
    ended_.notify();
  }

 private:
  bool& flag_;
  event& ended_;
};

}  // namespace

/// A connection takes calls once the server knows the client and, elsewhere than at home, who is
/// signed in.
task<> client_core::set_up(int dc, std::shared_ptr<net::link> link) {
  bytes greeting = encoded(tl::help::getConfig{});
  auto greeted = call_on(link, std::move(greeting), tl::help::getConfig::tl_name);
  slice const config = co_await std::move(greeted);
  if (dc != home_dc() && state().self) co_await sign_in_at(dc, std::move(link));
}

/// One at a time for each data centre.
task<> client_core::sign_in_at(int dc, std::shared_ptr<net::link> link) {
  bool& busy = imports_[dc];
  while (busy) co_await import_ended_.wait_next();
  if (is_signed_in_at(dc)) co_return;
  guard const here(busy, import_ended_);
  for (int left = max_tickets - 1;; --left) {
    bytes import = co_await export_login(dc);
    bool const imported = co_await import_login(link, std::move(import), left == 0);
    if (imported) break;
  }
  set_signed_in_at(dc, true);
  tell(log_level::info, "the login was brought to another data centre");
}

/// The call that signs in at `dc`.
task<bytes> client_core::export_login(int dc) {
  tl::auth::exportAuthorization request;
  request.dc_id = dc;
  auto const exported = co_await call(*this, request);
  tl::auth::importAuthorization import;
  import.id = exported->id;
  import.bytes = exported->bytes;
  bytes body = encoded(import);
  co_return body;
}

/// False when another ticket is needed: this one was used up, or nobody knows whether it was.
task<bool> client_core::import_login(std::shared_ptr<net::link> link, bytes import,
                                     bool is_last_try) {
  bool imported = false;
  try {
    auto call = call_on(std::move(link), std::move(import), tl::auth::importAuthorization::tl_name);
    slice const who = co_await std::move(call);
    imported = true;
  } catch (outcome_unknown const&) {
    if (is_last_try) throw;
  } catch (rpc_error const& e) {
    if (is_last_try || e.name() != "AUTH_BYTES_INVALID") throw;
  }
  if (!imported) tell(log_level::info, "the login is exported anew: its ticket was lost");
  co_return imported;
}

bool client_core::is_signed_in_at(int dc) const {
  auto const known = state().dcs.find(dc);
  return known != state().dcs.end() && known->second.signed_in;
}

void client_core::set_signed_in_at(int dc, bool signed_in) {
  auto const known = state().dcs.find(dc);
  if (known == state().dcs.end() || known->second.signed_in == signed_in) return;
  session_change change;
  change.dcs[dc] = known->second;
  change.dcs[dc]->signed_in = signed_in;
  keeper_.change(std::move(change));
}

}  // namespace mtp::detail
