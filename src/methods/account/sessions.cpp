// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/auth#confirming-login, /api/qr-login and /api/url-authorization
#include "client/call.hpp"
#include "client/start.hpp"
#include "login/scan_url.hpp"

#include <mtp/core/error.hpp>
#include <mtp/methods/account.hpp>
#include <mtp/tl/functions/account.hpp>
#include <mtp/tl/functions/auth.hpp>
#include <mtp/tl/types/Authorization.hpp>
#include <mtp/tl/types/WebAuthorization.hpp>
#include <mtp/tl/types/account/Authorizations.hpp>
#include <mtp/tl/types/account/WebAuthorizations.hpp>

#include <utility>

namespace mtp::MTP_ABI {
namespace detail {
namespace {

std::chrono::sys_seconds at(std::int32_t date) {
  return std::chrono::sys_seconds(std::chrono::seconds(date));
}

/// Two parts of a name, of which one may be empty.
std::string joined(tl::string const& first, tl::string const& second) {
  auto out = first.str();
  if (!out.empty() && !second.empty()) out += ' ';
  out += second.view();
  return out;
}

account_session to_session(tl::authorization const& from) {
  account_session out;
  out.id = from.hash;
  out.current = from.current;
  out.official_app = from.official_app;
  out.password_pending = from.password_pending;
  out.unconfirmed = from.unconfirmed;
  out.device = from.device_model.str();
  out.system = joined(from.platform, from.system_version);
  out.application = joined(from.app_name, from.app_version);
  out.address = from.ip.str();
  out.country = from.country.str();
  out.made = at(from.date_created);
  out.last_active = at(from.date_active);
  return out;
}

web_session to_session(tl::webAuthorization const& from) {
  web_session out;
  out.id = from.hash;
  out.bot = from.bot_id;
  out.domain = from.domain.str();
  out.browser = joined(from.browser, from.platform);
  out.address = from.ip.str();
  out.made = at(from.date_created);
  out.last_active = at(from.date_active);
  return out;
}

task<std::vector<account_session>> sessions(client_core& core) {
  tl::account::getAuthorizations request;
  auto const all = co_await call(core, request);
  std::vector<account_session> out;
  for (auto const& one : all->authorizations) out.push_back(to_session(one));
  co_return out;
}

task<> end_session(client_core& core, std::int64_t id) {
  if (id == 0)
    throw error(make_error_code(client_errc::bad_argument),
                "the login that asks is ended by sign_out()");
  tl::account::resetAuthorization request{.hash = id};
  co_await call(core, request);
}

task<> end_other_sessions(client_core& core) {
  tl::auth::resetAuthorizations request;
  co_await call(core, request);
}

task<> confirm_session(client_core& core, std::int64_t id) {
  tl::account::changeAuthorizationSettings request;
  request.confirmed = true;
  request.hash = id;
  co_await call(core, request);
}

task<account_session> accept_login(client_core& core, secret<std::string> url) {
  auto const token = login::token_in(url.reveal());
  if (!token)
    throw error(make_error_code(client_errc::bad_argument), "no QR code of a log-in says that");
  tl::auth::acceptLoginToken request{.token = tl::bytes(token->reveal())};
  auto const made = co_await call(core, request);
  auto out = to_session(*made);
  co_return out;
}

task<std::vector<web_session>> web_sessions(client_core& core) {
  tl::account::getWebAuthorizations request;
  auto const all = co_await call(core, request);
  std::vector<web_session> out;
  for (auto const& one : all->authorizations) out.push_back(to_session(one));
  co_return out;
}

task<> end_web_session(client_core& core, std::int64_t id) {
  tl::account::resetWebAuthorization request{.hash = id};
  co_await call(core, request);
}

task<> end_web_sessions(client_core& core) {
  tl::account::resetWebAuthorizations request;
  co_await call(core, request);
}

}  // namespace
}  // namespace detail

account_methods::account_methods(std::shared_ptr<detail::client_core> client)
    : client_(std::move(client)) {}

task<std::vector<account_session>> account_methods::sessions() const {
  return detail::start(client_, detail::sessions);
}

task<> account_methods::end_session(std::int64_t id) const {
  return detail::start(client_, detail::end_session, id);
}

task<> account_methods::end_other_sessions() const {
  return detail::start(client_, detail::end_other_sessions);
}

task<> account_methods::confirm_session(std::int64_t id) const {
  return detail::start(client_, detail::confirm_session, id);
}

task<account_session> account_methods::accept_login(std::string_view url) const {
  return detail::start(client_, detail::accept_login, std::string(url));
}

task<std::vector<web_session>> account_methods::web_sessions() const {
  return detail::start(client_, detail::web_sessions);
}

task<> account_methods::end_web_session(std::int64_t id) const {
  return detail::start(client_, detail::end_web_session, id);
}

task<> account_methods::end_web_sessions() const {
  return detail::start(client_, detail::end_web_sessions);
}

}  // namespace mtp::MTP_ABI
