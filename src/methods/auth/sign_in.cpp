// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/auth and /api/bots
#include "client/call.hpp"
#include "client/start.hpp"
#include "methods/auth/log_in.hpp"

#include <mtp/core/refusal.hpp>
#include <mtp/methods/auth.hpp>
#include <mtp/tl/functions/auth.hpp>
#include <mtp/tl/functions/users.hpp>
#include <mtp/tl/types/InputUser.hpp>
#include <mtp/tl/types/User.hpp>

#include <charconv>
#include <optional>
#include <utility>

namespace mtp::MTP_ABI {
namespace detail {

std::int64_t bot_of(std::string_view token) {
  std::int64_t id = 0;
  auto const colon = token.find(':');
  if (colon == std::string_view::npos) return 0;
  auto const [end, failed] = std::from_chars(token.data(), token.data() + colon, id);
  return failed == std::errc() && end == token.data() + colon ? id : 0;
}

task<user> get_me(client_core& core) {
  tl::users::getUsers request;
  request.id.push_back(tl::inputUserSelf{});
  auto const users = co_await call(core, request);
  tl::user const* self = users->empty() ? nullptr : users->front().get_if<tl::user>();
  if (!self)
    throw error(make_error_code(client_errc::decode), "the server does not say who we are");
  received<tl::user> const found(users, self);
  user out(found.detach());
  co_return out;
}

void check_owner(client_core& core, std::string_view token) {
  auto const& known = core.state().self;
  if (known && (!known->bot || known->id != bot_of(token)))
    throw error(make_error_code(client_errc::bad_config),
                "the session belongs to another account than the token");
}

task<std::optional<user>> known_me(client_core& core) {
  std::optional<user> me;
  try {
    me = co_await get_me(core);
  } catch (rpc_error const& refused) {
    if (!means_no_login(refused.failure())) throw;
    co_return std::nullopt;  // ended elsewhere, or not complete
  }
  core.account().still_signed_in();
  co_return me;
}

namespace {

task<user> sign_in_bot(client_core& core, std::string token) {
  co_await core.opened();
  check_owner(core, token);
  if (core.state().self) {
    // Should the server have forgotten the login, the first call brings it back.
    core.account().remember_token(std::move(token));
    core.account().still_signed_in();
    auto me = co_await get_me(core);
    co_return me;
  }
  auto me = co_await core.account().sign_in_bot(std::move(token));
  co_return me;
}

task<> sign_out(client_core& core) {
  co_await core.opened();
  co_await core.account().sign_out();
}

/// Not everything that is wrong is a refusal: Firebase is answered by yes or no.
[[noreturn]] void throw_complaint(login::complaint const& why) {
  if (!why.refusal.name.empty()) throw_rpc_error(why.refusal);
  throw error(make_error_code(client_errc::not_signed_in), login::words_of(why));
}

/// As far as a number and a code go.
task<login::answer> answer_with_code(login::step step, std::string phone, code_prompt ask) {
  if (auto const why = login::complaint_of(step)) throw_complaint(why);
  if (std::holds_alternative<login::need_identity>(step)) co_return login::phone_number{phone};
  if (std::holds_alternative<login::need_password>(step))
    throw_rpc_error(parse_rpc_error(401, "SESSION_PASSWORD_NEEDED", tl::auth::signIn::tl_name));
  auto const* sent = std::get_if<login::need_code>(&step);
  if (!sent)
    throw error(make_error_code(client_errc::not_signed_in),
                "the log-in needs more than a number and a code");
  std::string typed = co_await ask(sent->sent);
  co_return login::code{std::move(typed)};
}

task<user> sign_in(client_core& core, std::string phone, code_prompt ask) {
  login::flow flow;
  for (;;) {
    auto const step = co_await go_on(core, &flow);
    if (auto const* in = std::get_if<login::done>(&step)) co_return in->me;
    auto said = co_await answer_with_code(step, phone, ask);
    flow.answer(std::move(said));
  }
}

/// Who has nothing to say to a QR code lets it be waited for.
task<user> converse(client_core& core, login::asker ask) {
  login::flow flow;
  for (;;) {
    auto const step = co_await go_on(core, &flow);
    if (auto const* in = std::get_if<login::done>(&step)) co_return in->me;
    auto said = co_await ask(step);
    if (said) {
      flow.answer(*std::move(said));
    } else if (!std::holds_alternative<login::need_scan>(step)) {
      throw error(make_error_code(client_errc::bad_argument), "the log-in needs an answer");
    }
  }
}

}  // namespace
}  // namespace detail

auth_methods::auth_methods(std::shared_ptr<detail::client_core> client)
    : client_(std::move(client)) {}

task<user> auth_methods::sign_in_bot(std::string_view token) const {
  return detail::start(client_, detail::sign_in_bot, token);
}

task<user> auth_methods::sign_in(std::string_view phone, code_prompt ask_for_code) const {
  return detail::start(client_, detail::sign_in, phone, std::move(ask_for_code));
}

task<login::step> auth_methods::sign_in(login::flow& flow) const {
  return detail::start(client_, detail::go_on, &flow);
}

task<user> auth_methods::sign_in(login::asker ask) const {
  return detail::start(client_, detail::converse, std::move(ask));
}

task<> auth_methods::sign_out() const { return detail::start(client_, detail::sign_out); }

task<user> auth_methods::get_me() const { return detail::start(client_, detail::get_me); }

}  // namespace mtp::MTP_ABI
