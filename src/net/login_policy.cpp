// SPDX-License-Identifier: MIT OR Apache-2.0
#include "net/login_policy.hpp"

namespace mtp::MTP_ABI::net {
namespace {

constexpr int max_restarts = 2;
constexpr int max_tickets = 3;

bool is_lost(rpc_failure const& why) { return class_of(why) == refusal_class::login_lost; }

bool wants_restart(rpc_failure const& why) { return class_of(why) == refusal_class::restart_login; }

}  // namespace

bool login_policy::begins_anew(rpc_failure const& why) {
  return wants_restart(why) && restarts_++ < max_restarts;
}

bool login_policy::is_final(rpc_failure const& why) {
  return !is_transient(why) && !wants_restart(why);
}

login_policy::remedy login_policy::on_refused(rpc_failure const& why, situation where) {
  if (restorations_ <= 0 || !is_lost(why)) return remedy::none;
  if (!where.elsewhere || !where.knows_account)
    return where.has_token ? remedy::sign_in_again : remedy::none;
  restorations_ = 0;
  return remedy::sign_in_there;
}

bool login_policy::signs_out(rpc_failure const& why, situation where) const {
  return !signs_in_ && is_lost(why) && !where.elsewhere && !where.has_token;
}

bool login_policy::needs_another_ticket(rpc_failure const* why) {
  bool const was_used = !why || reason_of(*why) == refusal_reason::ticket_invalid;
  return was_used && tickets_++ < max_tickets;
}

}  // namespace mtp::MTP_ABI::net
