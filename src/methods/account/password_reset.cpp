// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What the server says of the password, and its removal by who has forgotten it:
// https://core.telegram.org/api/srp#password-reset
#include "client/call.hpp"
#include "client/start.hpp"
#include "methods/account/proof.hpp"

#include <mtp/core/error.hpp>
#include <mtp/methods/account.hpp>
#include <mtp/tl/functions/account.hpp>
#include <mtp/tl/types/account/ResetPasswordResult.hpp>

#include <utility>

namespace mtp::MTP_ABI {
namespace detail {
namespace {

std::chrono::sys_seconds date_of(std::int32_t seconds) {
  return std::chrono::sys_seconds(std::chrono::seconds(seconds));
}

task<mtp::password_state> shown_state(client_core& core) {
  auto const state = co_await password_state(core);
  mtp::password_state out{.is_set = state->has_password};
  if (state->hint) out.hint = state->hint->str();
  out.has_recovery_email = state->has_recovery;
  if (state->email_unconfirmed_pattern)
    out.unconfirmed_email = state->email_unconfirmed_pattern->str();
  if (state->pending_reset_date) out.reset_at = date_of(*state->pending_reset_date);
  co_return out;
}

task<mtp::password_reset> reset_password(client_core& core) {
  tl::account::resetPassword request;
  auto const answer = co_await call(core, request);
  using state = mtp::password_reset::state;
  mtp::password_reset out;
  if (auto const* begun = answer->get_if<tl::account::resetPasswordRequestedWait>()) {
    out = {.what = state::begun, .date = date_of(begun->until_date)};
  } else if (auto const* early = answer->get_if<tl::account::resetPasswordFailedWait>()) {
    out = {.what = state::too_early, .date = date_of(early->retry_date)};
  } else if (!answer->holds<tl::account::resetPasswordOk>()) {
    throw error(make_error_code(client_errc::decode), "the server does not say what came of it");
  }
  co_return out;
}

task<> cancel_password_reset(client_core& core) {
  tl::account::declinePasswordReset request;
  co_await call(core, request);
}

}  // namespace
}  // namespace detail

task<mtp::password_state> account_methods::password() const {
  return detail::start(client_, detail::shown_state);
}

task<mtp::password_reset> account_methods::reset_password() const {
  return detail::start(client_, detail::reset_password);
}

task<> account_methods::cancel_password_reset() const {
  return detail::start(client_, detail::cancel_password_reset);
}

}  // namespace mtp::MTP_ABI
