// SPDX-License-Identifier: MIT OR Apache-2.0
//
// A log-in by requests of the program's own: https://core.telegram.org/api/auth
#include "client/raw_login.hpp"

#include "client/client_core.hpp"

#include <mtp/core/error.hpp>
#include <mtp/tl/decode.hpp>
#include <mtp/tl/functions/auth.hpp>
#include <mtp/tl/types/Chat.hpp>
#include <mtp/tl/types/User.hpp>
#include <mtp/tl/types/account/EmailVerified.hpp>
#include <mtp/tl/types/auth/Authorization.hpp>
#include <mtp/tl/types/auth/CodeType.hpp>
#include <mtp/tl/types/auth/LoggedOut.hpp>
#include <mtp/tl/types/auth/LoginToken.hpp>
#include <mtp/tl/types/auth/SentCode.hpp>
#include <mtp/tl/types/auth/SentCodeType.hpp>
#include <mtp/tl/types/help/TermsOfService.hpp>

#include <string>
#include <utility>

namespace mtp::MTP_ABI::detail {
namespace {

std::uint32_t constructor_of(bytes_view answer) noexcept {
  return answer.size() < sizeof(std::uint32_t) ? 0 : load_le<std::uint32_t>(answer.data());
}

/// The log-in that stands in an answer of another type. Empty when that cannot be read.
template <class Type, class Success>
received<tl::auth::Authorization> login_within(slice answer) {
  auto const whole = tl::decode<Type>(std::move(answer));
  auto const* const success = whole ? (*whole)->template get_if<Success>() : nullptr;
  return success ? received<tl::auth::Authorization>(*whole, &success->authorization)
                 : received<tl::auth::Authorization>();
}

/// Whoever has signed out before may be let in as soon as an address is verified.
received<tl::auth::Authorization> login_after_email(slice answer) {
  auto const whole = tl::decode<tl::account::EmailVerified>(std::move(answer));
  auto const* verified = whole ? (*whole)->get_if<tl::account::emailVerifiedLogin>() : nullptr;
  auto const* in = verified ? verified->sent_code.get_if<tl::auth::sentCodeSuccess>() : nullptr;
  return in ? received<tl::auth::Authorization>(*whole, &in->authorization)
            : received<tl::auth::Authorization>();
}

received<tl::auth::Authorization> login_in(slice answer) {
  switch (constructor_of(answer)) {
    case tl::auth::loginTokenSuccess::tl_id:
      return login_within<tl::auth::LoginToken, tl::auth::loginTokenSuccess>(std::move(answer));
    case tl::auth::sentCodeSuccess::tl_id:
      return login_within<tl::auth::SentCode, tl::auth::sentCodeSuccess>(std::move(answer));
    case tl::account::emailVerifiedLogin::tl_id: return login_after_email(std::move(answer));
    default: break;
  }
  auto login = tl::decode<tl::auth::Authorization>(std::move(answer));
  return login ? *std::move(login) : received<tl::auth::Authorization>();
}

task<> follow_sign_in(client_core& core, int dc, slice answer) {
  auto login = login_in(std::move(answer));
  if (!login) co_return;
  if (dc != core.addresses().home() && core.addresses().knows(dc)) core.move_home(dc);
  auto const before = core.account().self_id();
  co_await core.account().accept(std::move(login));
  if (core.account().self_id() != before) core.account().remember_token({});
}

task<> follow_sign_out(client_core& core, slice answer) {
  auto const said = tl::decode<tl::auth::LoggedOut>(std::move(answer));
  if (!said) co_return;
  co_await core.account().signed_out(*said);
}

}  // namespace

bool concerns_login(bytes_view answer) noexcept {
  switch (constructor_of(answer)) {
    case tl::auth::authorization::tl_id:
    case tl::auth::loginTokenSuccess::tl_id:
    case tl::auth::sentCodeSuccess::tl_id:
    case tl::account::emailVerifiedLogin::tl_id:
    case tl::auth::loggedOut::tl_id: return true;
    default: return false;
  }
}

/// The log-ins of this library are followed where they are made. An exported login that is brought
/// elsewhere is the one that there is already.
task<> follow_login(client_core& core, raw_request const& request, slice answer) {
  if (request.signs_in || request.method == tl::auth::importAuthorization::tl_name) co_return;
  int const dc = request.dc == 0 ? core.addresses().home() : request.dc;
  bool const leaves = constructor_of(answer) == tl::auth::loggedOut::tl_id;
  std::string failed;
  try {
    auto work = leaves ? follow_sign_out(core, std::move(answer))
                       : follow_sign_in(core, dc, std::move(answer));
    co_await std::move(work);
  } catch (error const& e) {
    failed = e.what();
  }
  if (!failed.empty()) core.log(log_level::warning, "after a log-in by the program: " + failed);
}

}  // namespace mtp::MTP_ABI::detail
