// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/auth and /api/bots
#include "client/call.hpp"
#include "client/start.hpp"

#include <mtp/methods/auth.hpp>
#include <mtp/tl/functions/auth.hpp>
#include <mtp/tl/functions/users.hpp>
#include <mtp/tl/types/CodeSettings.hpp>
#include <mtp/tl/types/EmailVerification.hpp>
#include <mtp/tl/types/InputUser.hpp>
#include <mtp/tl/types/User.hpp>
#include <mtp/tl/types/auth/Authorization.hpp>
#include <mtp/tl/types/auth/SentCode.hpp>
#include <mtp/tl/types/auth/SentCodeType.hpp>
#include <mtp/tl/types/help/TermsOfService.hpp>

#include <charconv>
#include <optional>
#include <utility>

namespace mtp::MTP_ABI {
namespace detail {
namespace {

/// The id of a bot is what stands before the colon of its token; 0 when the text is no token.
std::int64_t bot_of(std::string_view token) {
  std::int64_t id = 0;
  auto const colon = token.find(':');
  if (colon == std::string_view::npos) return 0;
  auto const [end, failed] = std::from_chars(token.data(), token.data() + colon, id);
  return failed == std::errc() && end == token.data() + colon ? id : 0;
}

code_delivery delivery_of(tl::auth::SentCodeType const& type) {
  using tags = tl::auth::SentCodeType::tags;
  switch (type.tag()) {
    case tags::sentCodeTypeApp: return code_delivery::app;
    case tags::sentCodeTypeSms:
    case tags::sentCodeTypeSmsWord:
    case tags::sentCodeTypeSmsPhrase:
    case tags::sentCodeTypeFirebaseSms: return code_delivery::sms;
    case tags::sentCodeTypeCall:
    case tags::sentCodeTypeFlashCall:
    case tags::sentCodeTypeMissedCall: return code_delivery::call;
    case tags::sentCodeTypeEmailCode:
    case tags::sentCodeTypeSetUpEmailRequired: return code_delivery::email;
    case tags::sentCodeTypeFragmentSms: return code_delivery::fragment;
    case tags::none: break;
  }
  return code_delivery::unknown;
}

int length_of(tl::auth::SentCodeType const& type) {
  int out = 0;
  if (!type) return out;
  type.visit([&](auto const& t) {
    if constexpr (requires { t.length; }) out = t.length;
  });
  return out;
}

/// The code is what a person types in; `sent` says where it went.
task<received<tl::auth::Authorization>> answer_code(client_core& core, std::string phone,
                                                    received<tl::auth::SentCode> sent,
                                                    code_prompt ask) {
  auto const* code = sent->get_if<tl::auth::sentCode>();
  if (auto const* done = sent->get_if<tl::auth::sentCodeSuccess>()) {
    received<tl::auth::Authorization> out(sent, &done->authorization);
    co_return out;
  }
  if (!code)
    throw error(make_error_code(client_errc::not_signed_in), "the server wants to be paid first");
  sent_code const where{.delivery = delivery_of(code->type), .length = length_of(code->type)};
  std::string const typed = co_await ask(where);
  tl::auth::signIn request;
  request.phone_number = phone;
  request.phone_code_hash = code->phone_code_hash;
  request.phone_code = tl::string(typed);
  auto out = co_await call(core, request, true);
  co_return out;
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

task<user> sign_in_bot(client_core& core, std::string token) {
  co_await core.opened();
  auto const& known = core.state().self;
  std::int64_t const wanted = bot_of(token);
  if (known && (!known->bot || known->id != wanted))
    throw error(make_error_code(client_errc::bad_config),
                "the session belongs to another account than the token");
  if (known) {
    // Should the server have forgotten the login, the first call brings it back.
    core.account().remember_token(std::move(token));
    core.account().still_signed_in();
    auto me = co_await get_me(core);
    co_return me;
  }
  auto me = co_await core.account().sign_in_bot(std::move(token));
  co_return me;
}

/// Whom the store knows, if that login is still good.
task<std::optional<user>> known_me(client_core& core) {
  std::optional<user> me;
  try {
    me = co_await get_me(core);
  } catch (auth_required const&) {
    co_return std::nullopt;  // ended elsewhere
  }
  core.account().still_signed_in();
  co_return me;
}

task<user> sign_in(client_core& core, std::string phone, code_prompt ask) {
  co_await core.opened();
  if (core.state().self) {
    auto const me = co_await known_me(core);
    if (me) co_return *me;
  }
  tl::auth::sendCode request;
  request.phone_number = phone;
  request.api_id = core.config().api_id;
  request.api_hash = core.config().api_hash;
  auto sent = co_await call(core, request, true);
  auto answer = co_await answer_code(core, phone, std::move(sent), std::move(ask));
  auto me = co_await core.account().accept(std::move(answer));
  co_return me;
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

task<user> auth_methods::get_me() const { return detail::start(client_, detail::get_me); }

}  // namespace mtp::MTP_ABI
