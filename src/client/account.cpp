// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/auth and /api/bots
#include "client/account.hpp"

#include "client/call.hpp"
#include "client/client_core.hpp"
#include "client/peers.hpp"
#include "net/login_policy.hpp"
#include "types/tl_peer.hpp"

#include <mtp/core/refusal.hpp>
#include <mtp/tl/functions/auth.hpp>
#include <mtp/tl/types/Chat.hpp>
#include <mtp/tl/types/Peer.hpp>
#include <mtp/tl/types/Update.hpp>
#include <mtp/tl/types/Updates.hpp>
#include <mtp/tl/types/User.hpp>
#include <mtp/tl/types/Username.hpp>
#include <mtp/tl/types/auth/Authorization.hpp>
#include <mtp/tl/types/auth/LoggedOut.hpp>
#include <mtp/tl/types/help/TermsOfService.hpp>

#include <algorithm>
#include <utility>

namespace mtp::MTP_ABI::detail {
namespace {

/// Forgets whom else the names of somebody who was met have meant.
template <class Named>
void correct_names(name_cache& names, Named const& one, peer_id peer) {
  if (one.min) return;
  if (one.username) names.correct(one.username->view(), peer);
  if (!one.usernames) return;
  for (auto const& each : *one.usernames) {
    if (each.active) names.correct(each.username.view(), peer);
  }
}

/// Whether a container of updates holds that a QR code was scanned.
bool names_scan(bytes_view pushed) {
  auto const all = tl::decode<tl::Updates>(pushed);
  auto const* some = all ? (*all)->get_if<tl::updates_>() : nullptr;
  if (!some) return false;
  return std::ranges::any_of(
      some->updates, [](tl::Update const& one) { return one.holds<tl::updateLoginToken>(); });
}

}  // namespace

account::account(client_core& core)
    : core_(core),
      signed_in_again_(core.world(), core.strand()),
      scan_(core.world(), core.strand()) {}

std::int64_t account::self_id() const { return core_.state().self ? core_.state().self->id : 0; }

tl::Peer account::self_peer() const {
  return core_.state().self ? to_tl({peer_kind::user, core_.state().self->id}) : tl::Peer();
}

void account::meet(tl::list<tl::User> const& users, tl::list<tl::Chat> const& chats) {
  auto met = meet_peers(users, chats, core_.keeper());
  core_.keeper().change(std::move(met.change));
  unnamed_ = std::move(met.unnamed);
  for (auto const& one : users) {
    auto const* who = one.get_if<tl::user>();
    if (who) correct_names(names_, *who, {peer_kind::user, who->id});
  }
  for (auto const& one : chats) {
    auto const* where = one.get_if<tl::channel>();
    if (where) correct_names(names_, *where, {peer_kind::channel, where->id});
  }
}

void account::vouch(tl::Message const& by) {
  if (!unnamed_.empty()) core_.keeper().change(vouch_for(unnamed_, by, core_.keeper()));
}

void account::vouch(tl::Update const& by) {
  auto const* message = unnamed_.empty() ? nullptr : message_of(by);
  if (message) vouch(*message);
}

// --- Signing in

task<user> account::accept(received<tl::auth::Authorization> answer) {
  auto const* good = answer->get_if<tl::auth::authorization>();
  if (!good)
    throw error(make_error_code(client_errc::not_signed_in),
                "the number has no account; signing up is for Telegram's own apps");
  auto const* self = good->user.get_if<tl::user>();
  if (!self) throw error(make_error_code(client_errc::decode), "the log-in names nobody");
  stored_self const who{.id = self->id, .bot = self->bot};
  if (good->future_auth_token) keep_login_token(good->future_auth_token->view());
  received<tl::user> const found(answer, self);
  user out(found.detach());
  co_await signed_in(who);
  co_return out;
}

task<user> account::sign_in_bot(std::string token) {
  net::login_policy policy(true);
  received<tl::auth::Authorization> answer;
  while (!answer) {
    try {
      answer = co_await show_token(token);
    } catch (rpc_error const& refused) {
      if (!policy.begins_anew(refused.failure())) throw;
    }
  }
  remember_token(std::move(token));
  auto out = co_await accept(std::move(answer));
  co_return out;
}

task<received<tl::auth::Authorization>> account::show_token(std::string token) {
  tl::auth::importBotAuthorization request;
  request.api_id = core_.config().api_id;
  request.api_hash = core_.config().api_hash;
  request.bot_auth_token = token;
  auto answer = co_await call(core_, request, true);
  co_return answer;
}

task<> account::signed_in(stored_self who) {
  bool const same = self_id() == who.id;
  session_change change;
  change.new_account = !same;
  change.self = who;
  core_.keeper().change(std::move(change));
  if (!same) forget();
  core_.status().note(&lifecycle::on_signed_in);
  std::exception_ptr failed;
  try {
    co_await save_login();
  } catch (...) {
    failed = std::current_exception();
  }
  if (failed) {
    core_.updates().resume();  // the stream goes on with the new account
    std::rethrow_exception(failed);
  }
  co_await begin_updates();
  co_await save_login();
}

/// Some servers know no state; then the first update says where it stands.
task<> account::begin_updates() {
  std::exception_ptr denied;
  try {
    co_await core_.updates().begin();
  } catch (rpc_error const& e) {
    core_.log(log_level::warning, std::string("updates: ") + e.what());
    if (means_no_login(e.failure())) denied = std::current_exception();
  }
  if (!denied) co_return;
  core_.updates().signed_out(denied);
  std::rethrow_exception(denied);
}

/// Nothing of the account before may be taken for this one's.
void account::forget() {
  names_.clear();
  core_.updates().forget_account();
}

/// The server has accepted the login: a full disk does not take that back. The keeper tries again.
task<> account::save_login() {
  try {
    co_await core_.keeper().flush();
  } catch (error const& e) {
    if (e.code() != client_errc::storage) throw;
    core_.log(log_level::error, std::string("the login is not stored yet: ") + e.what());
  }
}

// --- Signing out

/// The newest are the last, and the server takes no more of them than so many.
void account::keep_login_token(bytes_view token) {
  constexpr std::size_t max_tokens = 20;
  constexpr std::size_t max_size = 1024;
  if (token.size() < sizeof(std::int32_t) || token.size() > max_size) return;
  auto all = core_.state().login_tokens;
  if (all.size() >= max_tokens) all.erase(all.begin());
  all.emplace_back(bytes(token.begin(), token.end()));
  session_change change;
  change.login_tokens = std::move(all);
  core_.keeper().change(std::move(change));
}

/// No token brings back the login that is being ended, until ended(), or until that has failed.
task<received<tl::auth::LoggedOut>> account::tell_sign_out() {
  signing_out_ = true;
  try {
    while (signing_in_) co_await signed_in_again_.wait_next();
    auto answer = co_await call_log_out();
    co_return answer;
  } catch (...) {
    signing_out_ = false;
    throw;
  }
}

/// Empty when there was no login any more.
task<received<tl::auth::LoggedOut>> account::call_log_out() {
  received<tl::auth::LoggedOut> answer;
  tl::auth::logOut const request;
  try {
    answer = co_await call(core_, request, true);
  } catch (rpc_error const& refused) {
    if (!means_no_login(refused.failure())) throw;
    answer = {};
  }
  co_return answer;
}

task<> account::sign_out() {
  auto answer = co_await tell_sign_out();
  co_await signed_out(std::move(answer));
}

/// No coroutine: who is broken off here is signed out already, and only waits for the store.
task<> account::signed_out(received<tl::auth::LoggedOut> answer) {
  if (answer && answer->future_auth_token) keep_login_token(answer->future_auth_token->view());
  ended();
  return save_login();
}

void account::ended() {
  session_change change;
  change.new_account = true;
  change.self = std::optional<stored_self>();
  core_.keeper().change(std::move(change));
  remember_token({});
  signing_out_ = false;
  forget();
  core_.updates().signed_out(std::make_exception_ptr(
      error(make_error_code(client_errc::not_signed_in), "the program has signed out")));
}

void account::still_signed_in() {
  core_.status().note(&lifecycle::on_signed_in);
  core_.updates().resume();
}

// --- A QR code

/// It comes as updateShort, or among others; nobody else is told anything before the log-in.
void account::look_for_scan(slice const& pushed) {
  constexpr std::size_t size = 12;  // constructor, update, date
  bytes_view const raw(pushed);
  bool const alone = raw.size() == size &&
                     load_le<std::uint32_t>(raw.data()) == tl::updateShort::tl_id &&
                     load_le<std::uint32_t>(raw.data() + 4) == tl::updateLoginToken::tl_id;
  if (!alone && (core_.state().self || !names_scan(raw))) return;
  scanned_ = true;
  scan_.notify();
}

task<> account::wait_for_scan(steady_time until) { return scan_.wait_until(until); }

// --- Signing in again

task<bool> account::sign_in_again() {
  if (signing_in_) {
    while (signing_in_) co_await signed_in_again_.wait_next();
    co_return false;
  }
  if (!has_token()) co_return false;
  core_.log(log_level::warning, "the server has forgotten the login; signing in again");
  std::exception_ptr failed;
  signing_in_ = true;
  try {
    std::string token = token_.reveal();
    co_await sign_in_bot(std::move(token));
  } catch (rpc_error const& refused) {
    failed = std::current_exception();
    if (net::login_policy::is_final(refused.failure())) core_.updates().signed_out(failed);
  } catch (...) {
    failed = std::current_exception();
  }
  signing_in_ = false;
  signed_in_again_.notify();
  if (failed) std::rethrow_exception(failed);
  co_return true;
}

}  // namespace mtp::MTP_ABI::detail
