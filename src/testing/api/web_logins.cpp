// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/url-authorization
#include "handler_table.hpp"
#include "peers.hpp"
#include "views.hpp"

#include <mtp/crypto/hash.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

namespace mtp::MTP_ABI::testing {
namespace {

/// What somebody signs in at: a site, at an address of it or by a page that waits.
struct asked_log_in {
  web_site const* site = nullptr;  ///< null: at nothing
  web_sites::page* page = nullptr;
  std::string url = {};
};

outcome<message_copy> message_seen(call_context& c, tl::InputPeer const& named, std::int32_t id) {
  auto const channel = resolve_channel(c, named);
  if (!channel) return failure{channel.error()};
  if (*channel) {
    auto const post = (*channel)->copy_for(c.account, id);
    if (!post) return refuse(400, "MESSAGE_ID_INVALID");
    return *post;
  }
  auto const where = resolve(c, named);
  if (!where) return failure{where.error()};
  auto const* copy = c.box().find(id);
  if (!copy || copy->where != *where) return refuse(400, "MESSAGE_ID_INVALID");
  return *copy;
}

/// The address of that button; empty when the message has no such one.
std::string url_of_button(message_content const& content, std::int32_t number) {
  if (content.markup.empty()) return {};
  auto const markup = decode_stored<tl::ReplyMarkup>(content.markup);
  auto const* rows = markup.get_if<tl::replyInlineMarkup>();
  if (!rows) return {};
  for (auto const& row : rows->rows) {
    for (auto const& button : row.buttons) {
      auto const* asks = button.type.get_if<tl::inlineButtonTypeUrlAuth>();
      if (asks && asks->button_id == number) return asks->url.str();
    }
  }
  return {};
}

/// A bot signs people in at its own sites only.
template <class Request>
outcome<asked_log_in> at_button(call_context& c, Request const& q) {
  auto const message = message_seen(c, q.peer, q.msg_id.value_or(0));
  if (!message) return failure{message.error()};
  asked_log_in out;
  out.url = url_of_button(*message->content, q.button_id.value_or(-1));
  if (out.url.empty()) return refuse(400, "BUTTON_INVALID");
  auto const* site = c.world.sites().site_of(out.url);
  if (site && site->bot == message->content->author) out.site = site;
  return out;
}

outcome<asked_log_in> at_link(call_context& c, std::string_view link) {
  auto const page = c.world.sites().waiting(link, c.now);
  if (!page) return failure{page.error()};
  return asked_log_in{c.world.sites().find((*page)->domain), *page, std::string(link)};
}

/// Whatever a request names: a button, a page that waits, or an address.
template <class Request>
outcome<asked_log_in> find_log_in(call_context& c, Request const& q) {
  if (c.self().is_bot()) return refuse(400, "BOT_METHOD_INVALID");
  if (q.peer) return at_button(c, q);
  if (!q.url || q.url->view().find("://") == std::string_view::npos)
    return refuse(400, "URL_INVALID");
  auto const url = q.url->view();
  if (web_sites::is_link(url)) return at_link(c, url);
  return asked_log_in{c.world.sites().site_of(url), nullptr, std::string(url)};
}

tl::UrlAuthResult question_of(call_context& c, asked_log_in const& at) {
  auto const& site = *at.site;
  tl::urlAuthResultRequest out;
  out.request_write_access = site.asks_to_write;
  out.request_phone_number = site.asks_for_phone;
  out.request_wallet = site.asks_for_wallet;
  if (site.asks_for_wallet) out.tc_session_id = site.bot;
  if (site.asks_for_wallet) out.tc_client_id = tl::string("wallet of " + site.domain);
  out.bot = view(c.world, c.account).user(site.bot);
  out.domain = tl::string(site.domain);
  if (!at.page) return out;
  out.is_app = site.is_app;
  if (!site.app.empty()) out.verified_app_name = tl::string(site.app);
  out.browser = tl::string("a browser");
  out.platform = tl::string("a system");
  out.ip = tl::string("192.0.2.7");
  out.region = tl::string("a place");
  if (at.page->hint != 0) out.user_id_hint = at.page->hint;
  if (site.match_codes.empty()) return out;
  out.match_codes_first = site.match_code_first;
  auto& codes = out.match_codes.emplace();
  for (auto const& one : site.match_codes) codes.push_back(tl::string(one));
  return out;
}

bool is_shown(web_site const& site, std::string_view code) {
  return !site.match_codes.empty() && site.match_codes.back() == code;
}

/// What a site is told of somebody who signs in, with the proof that it comes from Telegram: made
/// with the token of the bot (https://core.telegram.org/widgets/login#checking-authorization).
std::string signed_address(call_context& c, asked_log_in const& at) {
  auto const& who = c.self();
  std::map<std::string, std::string> fields{{"auth_date", fmt::to_string(c.now)},
                                            {"first_name", who.first_name},
                                            {"id", fmt::to_string(who.id)}};
  std::string checked;
  std::string query;
  for (auto const& [name, value] : fields) {
    checked += fmt::format("{}{}={}", checked.empty() ? "" : "\n", name, value);
    query += fmt::format("{}={}&", name, value);
  }
  auto const* bot = c.world.everybody().find(at.site->bot);
  auto const key = crypto::sha256(as_bytes(bot->token));
  auto const proof = crypto::hmac_sha256(key, as_bytes(checked));
  query += "hash=";
  for (auto const octet : proof) query += fmt::format("{:02x}", octet);
  return at.url + (at.url.find('?') == std::string::npos ? "?" : "&") + query;
}

/// Signs the caller in. A page hears of it by itself, unless an app is to be opened.
tl::UrlAuthResult sign_in_at(call_context& c, asked_log_in const& at, web_login login) {
  login.id = c.random.make<std::int64_t>() & INT64_MAX;
  login.bot = at.site->bot;
  login.domain = at.site->domain;
  login.date = c.now;
  c.self().web_logins.push_back(std::move(login));
  tl::urlAuthResultAccepted out;
  if (!at.page) out.url = tl::string(signed_address(c, at));
  if (!at.page) return out;
  at.page->state = web_sites::verdict::accepted;
  at.page->user = c.account;
  if (at.site->is_app) out.url = tl::string("https://" + at.site->domain + "/back");
  return out;
}

bool comes_from(web_site const& site, std::optional<tl::string> const& origin) {
  return site.origin.empty() ? !origin : origin && origin->view() == site.origin;
}

outcome<tl::UrlAuthResult> ask(call_context& c, tl::messages::requestUrlAuth const& q) {
  auto const at = find_log_in(c, q);
  if (!at) return failure{at.error()};
  if (!at->site) return tl::UrlAuthResult(tl::urlAuthResultDefault{});
  if (at->page && !comes_from(*at->site, q.in_app_origin)) return refuse(400, "URL_INVALID");
  if (!at->site->asks && !at->page) return sign_in_at(c, *at, {});
  return question_of(c, *at);
}

outcome<tl::UrlAuthResult> accept(call_context& c, tl::messages::acceptUrlAuth const& q) {
  auto const at = find_log_in(c, q);
  if (!at) return failure{at.error()};
  if (!at->site) return tl::UrlAuthResult(tl::urlAuthResultDefault{});
  auto const& site = *at->site;
  bool const must_match = at->page && !site.match_codes.empty();
  if (must_match && (!q.match_code || !is_shown(site, q.match_code->view())))
    return refuse(400, "MATCH_CODE_INVALID");
  web_login login;
  login.may_write = site.asks_to_write && q.write_allowed;
  login.has_phone = site.asks_for_phone && q.share_phone_number;
  auto const* wallet = q.tonconnect_session.get();
  login.has_wallet = site.asks_for_wallet && wallet && wallet->session_id == site.bot;
  return sign_in_at(c, *at, std::move(login));
}

outcome<bool> check_code(call_context& c, tl::messages::checkUrlAuthMatchCode const& q) {
  if (c.self().is_bot()) return refuse(400, "BOT_METHOD_INVALID");
  auto const at = at_link(c, q.url.view());
  if (!at) return failure{at.error()};
  if (!at->site || !at->site->match_code_first) return refuse(400, "URL_INVALID");
  return is_shown(*at->site, q.match_code.view());
}

outcome<bool> decline(call_context& c, tl::messages::declineUrlAuth const& q) {
  if (c.self().is_bot()) return refuse(400, "BOT_METHOD_INVALID");
  auto const at = at_link(c, q.url.view());
  if (!at) return failure{at.error()};
  at->page->state = web_sites::verdict::declined;
  return true;
}

}  // namespace

void add_web_login_handlers(handler_table& table) {
  table.on<tl::messages::requestUrlAuth>(ask);
  table.on<tl::messages::acceptUrlAuth>(accept);
  table.on<tl::messages::checkUrlAuthMatchCode>(check_code);
  table.on<tl::messages::declineUrlAuth>(decline);
}

}  // namespace mtp::MTP_ABI::testing
