// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/account-deletion and account.changePhone
#include "client/call.hpp"
#include "client/start.hpp"
#include "login/code_settings.hpp"
#include "login/sent_codes.hpp"
#include "methods/account/proof.hpp"

#include <mtp/core/error.hpp>
#include <mtp/methods/account.hpp>
#include <mtp/tl/functions/account.hpp>
#include <mtp/tl/types/AccountDaysTTL.hpp>
#include <mtp/tl/types/CodeSettings.hpp>
#include <mtp/tl/types/User.hpp>
#include <mtp/tl/types/auth/SentCode.hpp>
#include <mtp/tl/types/auth/SentCodeType.hpp>

#include <limits>
#include <utility>

namespace mtp::MTP_ABI {
namespace detail {
namespace {

task<number_change> send_number_code(client_core& core, std::string phone,
                                     login::code_options how) {
  tl::account::sendChangePhoneCode request;
  request.phone_number = tl::string(phone);
  request.settings = login::settings_of(how);
  auto const answer = co_await call(core, request);
  auto const* code = answer->get_if<tl::auth::sentCode>();
  if (!code) throw error(make_error_code(client_errc::decode), "the server sent no code");
  number_change out;
  out.phone = std::move(phone);
  out.hash = code->phone_code_hash.str();
  out.sent = login::sent_code_of(code->type);
  co_return out;
}

task<> change_number(client_core& core, number_change to, secret<std::string> code) {
  tl::account::changePhone request;
  request.phone_number = tl::string(to.phone);
  request.phone_code_hash = tl::string(to.hash);
  request.phone_code = tl::string(code.reveal());
  co_await call(core, request);
}

task<std::chrono::days> days_to_live(client_core& core) {
  tl::account::getAccountTTL request;
  auto const answer = co_await call(core, request);
  co_return std::chrono::days(answer->days);
}

task<> set_days_to_live(client_core& core, std::chrono::days span) {
  constexpr auto most = std::numeric_limits<std::int32_t>::max();
  if (span.count() < 1 || span.count() > most)
    throw error(make_error_code(client_errc::bad_argument), "an account lives for a day or more");
  tl::account::setAccountTTL request;
  request.ttl.days = static_cast<std::int32_t>(span.count());
  co_await call(core, request);
}

task<> delete_account(client_core& core, std::string reason, secret<std::string> password) {
  tl::account::deleteAccount request;
  request.reason = tl::string(reason);
  if (!password.reveal().empty()) {
    auto state = co_await password_state(core);
    request.password = co_await prove_current(core, std::move(state), std::move(password));
  }
  co_await call(core, request);
}

}  // namespace
}  // namespace detail

task<number_change> account_methods::send_number_code(std::string_view phone) const {
  return detail::start(client_, detail::send_number_code, phone, login::code_options());
}

task<number_change> account_methods::send_number_code(std::string_view phone,
                                                      login::code_options const& how) const {
  return detail::start(client_, detail::send_number_code, phone, how);
}

task<> account_methods::change_number(number_change const& to, std::string_view code) const {
  return detail::start(client_, detail::change_number, to, std::string(code));
}

task<std::chrono::days> account_methods::days_to_live() const {
  return detail::start(client_, detail::days_to_live);
}

task<> account_methods::set_days_to_live(std::chrono::days span) const {
  return detail::start(client_, detail::set_days_to_live, span);
}

task<> account_methods::delete_account(confirm_deletion sure) const {
  return detail::start(client_, detail::delete_account, sure.reason, std::string(sure.password));
}

}  // namespace mtp::MTP_ABI
