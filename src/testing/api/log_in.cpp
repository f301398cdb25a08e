// SPDX-License-Identifier: MIT OR Apache-2.0
#include "handler_table.hpp"
#include "views.hpp"

namespace mtp::MTP_ABI::testing {
namespace {

tl::auth::Authorization signed_in_as(call_context& c, std::int64_t user) {
  c.keys.permanent(c.key)->user = user;
  c.account = user;
  tl::auth::authorization out;
  out.user = view(c.world, user).user(user);
  return out;
}

outcome<tl::auth::SentCode> sent_code(call_context& c, std::string_view phone) {
  auto const hash = c.world.sign_ins().send_code(c.world.everybody(), phone, c.now);
  if (!hash) return failure{hash.error()};
  tl::auth::sentCode out;
  out.type = tl::auth::sentCodeTypeApp{.length = 5};
  out.phone_code_hash = tl::string(*hash);
  return tl::auth::SentCode(std::move(out));
}

outcome<tl::auth::SentCode> send_code(call_context& c, tl::auth::sendCode const& q) {
  return sent_code(c, q.phone_number);
}

outcome<tl::auth::SentCode> resend_code(call_context& c, tl::auth::resendCode const& q) {
  if (!c.world.sign_ins().cancel(q.phone_number, q.phone_code_hash))
    return refuse(400, "PHONE_CODE_EXPIRED");
  return sent_code(c, q.phone_number);
}

outcome<bool> cancel_code(call_context& c, tl::auth::cancelCode const& q) {
  if (!c.world.sign_ins().cancel(q.phone_number, q.phone_code_hash))
    return refuse(400, "PHONE_CODE_EXPIRED");
  return true;
}

outcome<tl::auth::Authorization> sign_in(call_context& c, tl::auth::signIn const& q) {
  std::string_view const code = q.phone_code ? q.phone_code->view() : std::string_view();
  auto const done = c.world.sign_ins().sign_in(c.world.everybody(), q.phone_number,
                                               q.phone_code_hash, code, c.now);
  if (!done) return failure{done.error()};
  if (done->sign_up_required)
    return tl::auth::Authorization(tl::auth::authorizationSignUpRequired{});
  return signed_in_as(c, done->user);
}

outcome<tl::auth::Authorization> sign_up(call_context& c, tl::auth::signUp const& q) {
  auto const user =
      c.world.sign_ins().sign_up(c.world.everybody(), q.phone_number, q.phone_code_hash,
                                 q.first_name.str(), q.last_name.str());
  if (!user) return failure{user.error()};
  return signed_in_as(c, *user);
}

outcome<tl::auth::Authorization> import_bot(call_context& c,
                                            tl::auth::importBotAuthorization const& q) {
  auto const* bot = c.world.everybody().find_token(q.bot_auth_token);
  if (!bot) return refuse(400, "ACCESS_TOKEN_INVALID");
  return signed_in_as(c, bot->id);
}

outcome<tl::auth::LoggedOut> log_out(call_context& c, tl::auth::logOut const&) {
  c.keys.permanent(c.key)->user = 0;
  c.session.wants_updates = false;
  return tl::auth::LoggedOut(tl::auth::loggedOut{});
}

outcome<tl::auth::ExportedAuthorization> export_to(call_context& c,
                                                   tl::auth::exportAuthorization const& q) {
  bool known = false;
  for (auto const& at : c.dcs) known = known || (at.id == q.dc_id && !at.options.cdn);
  if (!known || q.dc_id == c.dc) return refuse(400, "DC_ID_INVALID");
  auto const ticket =
      c.world.sign_ins().export_to(q.dc_id, c.account, c.random.make<std::uint64_t>(), c.now);
  return tl::auth::ExportedAuthorization{.id = c.account, .bytes = tl::bytes(ticket)};
}

outcome<tl::auth::Authorization> import_here(call_context& c,
                                             tl::auth::importAuthorization const& q) {
  auto const user = c.world.sign_ins().import_at(c.dc, q.id, q.bytes.view(), c.now);
  if (!user) return failure{user.error()};
  return signed_in_as(c, *user);
}

}  // namespace

void add_log_in_handlers(handler_table& table) {
  table.on<tl::auth::sendCode>(send_code, audience::anybody);
  table.on<tl::auth::resendCode>(resend_code, audience::anybody);
  table.on<tl::auth::cancelCode>(cancel_code, audience::anybody);
  table.on<tl::auth::signIn>(sign_in, audience::anybody);
  table.on<tl::auth::signUp>(sign_up, audience::anybody);
  table.on<tl::auth::importBotAuthorization>(import_bot, audience::anybody);
  table.on<tl::auth::logOut>(log_out);
  table.on<tl::auth::exportAuthorization>(export_to);
  table.on<tl::auth::importAuthorization>(import_here, audience::anybody);
}

}  // namespace mtp::MTP_ABI::testing
