// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/url-authorization
#include "client/call.hpp"
#include "client/start.hpp"
#include "methods/peers/resolve.hpp"

#include <mtp/core/error.hpp>
#include <mtp/methods/account.hpp>
#include <mtp/tl/functions/messages.hpp>
#include <mtp/tl/types/InputPeer.hpp>
#include <mtp/tl/types/InputTonConnectOauthSession.hpp>
#include <mtp/tl/types/UrlAuthResult.hpp>
#include <mtp/tl/types/User.hpp>
#include <mtp/tl/types/WalletOwnershipProof.hpp>

#include <utility>

namespace mtp::MTP_ABI {
namespace detail {
namespace {

std::string text_or_empty(std::optional<tl::string> const& from) { return from ? from->str() : ""; }

/// What names a request for a log-in: a message, or an address.
struct asked_by {
  explicit asked_by(login_button const& at)
      : chat(at.chat), message(at.message), button(at.button) {}
  asked_by(std::string_view link, std::string_view from) : url(link), origin(from) {}

  peer_id chat = {};
  std::int32_t message = 0;
  std::int32_t button = 0;
  std::string url = {};
  std::string origin = {};
};

/// Requests name a message and an address alike.
template <class Request>
task<> say_where(client_core& core, asked_by const& by, Request& request) {
  if (by.message == 0) {
    request.url = tl::string(by.url);
    co_return;
  }
  owned_peer const where{peer_ref(by.chat)};
  auto finding = input_peer(core, where);
  request.peer = co_await std::move(finding);
  request.msg_id = by.message;
  request.button_id = by.button;
}

web_login_request to_web_request(received<tl::UrlAuthResult> const& whole,
                                 tl::urlAuthResultRequest const& from) {
  web_login_request out;
  auto const* bot = from.bot.get_if<tl::user>();
  if (bot) out.bot = user(received<tl::user>(whole, bot).detach());
  out.domain = from.domain.str();
  out.is_app = from.is_app;
  out.app = text_or_empty(from.verified_app_name);
  out.wants_to_write = from.request_write_access;
  out.wants_phone = from.request_phone_number;
  out.wants_wallet = from.request_wallet;
  out.wallet_session = from.tc_session_id;
  out.wallet_client = text_or_empty(from.tc_client_id);
  out.browser = text_or_empty(from.browser);
  out.system = text_or_empty(from.platform);
  out.address = text_or_empty(from.ip);
  out.region = text_or_empty(from.region);
  if (from.match_codes)
    for (auto const& one : *from.match_codes) out.match_codes.push_back(one.str());
  out.match_code_first = from.match_codes_first;
  out.account_hint = from.user_id_hint;
  return out;
}

web_login_answer to_web_answer(received<tl::UrlAuthResult> const& said) {
  if (auto const* asks = said->get_if<tl::urlAuthResultRequest>())
    return to_web_request(said, *asks);
  if (auto const* in = said->get_if<tl::urlAuthResultAccepted>())
    return web_login_accepted{text_or_empty(in->url)};
  if (said->holds<tl::urlAuthResultDefault>()) return web_login_none{};
  throw error(make_error_code(client_errc::decode), "the server says nothing of the log-in");
}

task<web_login_answer> ask_web_login(client_core& core, asked_by by) {
  tl::messages::requestUrlAuth request;
  co_await say_where(core, by, request);
  if (!by.origin.empty()) request.in_app_origin = tl::string(by.origin);
  auto const said = co_await call(core, request);
  co_return to_web_answer(said);
}

tl::inputTonConnectOauthSession to_session(wallet_proof const& from) {
  tl::inputTonConnectOauthSession out;
  out.session_id = from.session;
  out.challenge_answer = tl::bytes(from.challenge_answer);
  out.body = tl::bytes(from.body);
  out.proof.timestamp = static_cast<std::int32_t>(from.made.time_since_epoch().count());
  out.proof.signature = tl::bytes(from.signature);
  return out;
}

/// All but what the log-in is asked by.
tl::messages::acceptUrlAuth accepting(accept_web_login_options const& from) {
  tl::messages::acceptUrlAuth out;
  out.write_allowed = from.may_write;
  out.share_phone_number = from.share_phone;
  if (!from.match_code.empty()) out.match_code = tl::string(from.match_code);
  if (from.wallet) out.tonconnect_session = to_session(*from.wallet);
  return out;
}

task<web_login_answer> accept_web_login(client_core& core, asked_by by,
                                        tl::messages::acceptUrlAuth request) {
  co_await say_where(core, by, request);
  auto const said = co_await call(core, request);
  co_return to_web_answer(said);
}

task<bool> check_match_code(client_core& core, std::string url, std::string code) {
  tl::messages::checkUrlAuthMatchCode request;
  request.url = tl::string(url);
  request.match_code = tl::string(code);
  auto const right = co_await call(core, request);
  co_return right;
}

task<> decline_web_login(client_core& core, std::string url) {
  tl::messages::declineUrlAuth request;
  request.url = tl::string(url);
  co_await call(core, request);
}

}  // namespace
}  // namespace detail

task<web_login_answer> account_methods::ask_web_login(login_button const& by) const {
  return detail::start(client_, detail::ask_web_login, by);
}

task<web_login_answer> account_methods::ask_web_login(std::string_view url,
                                                      std::string_view origin) const {
  return detail::start(client_, detail::ask_web_login, detail::asked_by(url, origin));
}

task<bool> account_methods::check_match_code(std::string_view url, std::string_view code) const {
  return detail::start(client_, detail::check_match_code, url, code);
}

task<web_login_answer> account_methods::accept_web_login(login_button const& by,
                                                         accept_web_login_options options) const {
  return detail::start(client_, detail::accept_web_login, by, detail::accepting(options));
}

task<web_login_answer> account_methods::accept_web_login(std::string_view url,
                                                         accept_web_login_options options) const {
  return detail::start(client_, detail::accept_web_login, detail::asked_by(url, {}),
                       detail::accepting(options));
}

task<> account_methods::decline_web_login(std::string_view url) const {
  return detail::start(client_, detail::decline_web_login, url);
}

}  // namespace mtp::MTP_ABI
