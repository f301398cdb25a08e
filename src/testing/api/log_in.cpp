// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/auth
#include "handler_table.hpp"
#include "signed_in.hpp"

#include <vector>

namespace mtp::MTP_ABI::testing {
namespace {

login_rules const& rules_of(call_context const& c) { return c.world.options().log_ins; }

outcome<tl::auth::SentCode> told(call_context const& c, outcome<login_code> const& sent) {
  if (!sent) return failure{sent.error()};
  return to_tl(*sent, rules_of(c));
}

outcome<> check_phone_home(call_context const& c, std::string_view phone) {
  return check_home(c, c.world.everybody().find_phone(phone), "PHONE_MIGRATE");
}

std::vector<bytes> tokens_of(tl::CodeSettings const& settings) {
  std::vector<bytes> out;
  if (!settings.logout_tokens) return out;
  for (auto const& one : *settings.logout_tokens)
    out.emplace_back(one.view().begin(), one.view().end());
  return out;
}

/// Who signed out here before needs no code.
outcome<tl::auth::SentCode> welcome_back(call_context& c, std::int64_t user) {
  auto login = let_in(c, user);
  if (!login) return failure{login.error()};
  tl::auth::sentCodeSuccess out;
  out.authorization = std::move(*login);
  return tl::auth::SentCode(std::move(out));
}

outcome<tl::auth::SentCode> send_code(call_context& c, tl::auth::sendCode const& q) {
  auto fine = check_phone_home(c, q.phone_number);
  if (!fine) return failure{fine.error()};
  auto const* owner = c.world.everybody().find_phone(q.phone_number);
  bool const known =
      owner && !owner->banned && c.world.sign_outs().take(owner->id, tokens_of(q.settings));
  if (known) return welcome_back(c, owner->id);
  return told(c, c.world.sign_ins().send_code(c.world.everybody(), q.phone_number, c.now,
                                              rules_of(c), abilities_of(q.settings)));
}

outcome<tl::auth::SentCode> resend_code(call_context& c, tl::auth::resendCode const& q) {
  return told(c, c.world.sign_ins().resend_code(q.phone_number, q.phone_code_hash, c.now));
}

/// What Android shows, or iOS.
std::string_view token_of(tl::auth::requestFirebaseSms const& q) {
  for (auto const* one : {&q.play_integrity_token, &q.safety_net_token, &q.ios_push_secret})
    if (*one) return (*one)->view();
  return {};
}

outcome<bool> request_firebase(call_context& c, tl::auth::requestFirebaseSms const& q) {
  return c.world.sign_ins().show_token(q.phone_number, q.phone_code_hash, token_of(q), c.now);
}

outcome<bool> report_missing(call_context& c, tl::auth::reportMissingCode const& q) {
  auto noted =
      c.world.sign_ins().report_missing(q.phone_number, q.phone_code_hash, q.mnc.str(), c.now);
  if (!noted) return failure{noted.error()};
  return true;
}

outcome<tl::auth::SentCode> check_paid(call_context& c, tl::auth::checkPaidAuth const& q) {
  return told(c,
              c.world.sign_ins().check_paid(q.phone_number, q.phone_code_hash, q.form_id, c.now));
}

outcome<bool> cancel_code(call_context& c, tl::auth::cancelCode const& q) {
  if (!c.world.sign_ins().cancel(q.phone_number, q.phone_code_hash))
    return refuse(400, "PHONE_CODE_EXPIRED");
  return true;
}

/// What the person typed, if it is there for the way that the code went.
std::string_view typed_code(call_context const& c, tl::auth::signIn const& q) {
  auto const way = c.world.sign_ins().way_of(q.phone_number, q.phone_code_hash);
  if (way != code_way::email) return q.phone_code ? q.phone_code->view() : std::string_view();
  auto const* code = q.email_verification.get_if<tl::emailVerificationCode>();
  return code ? code->code.view() : std::string_view();
}

tl::auth::Authorization sign_up_asked(call_context const& c) {
  tl::auth::authorizationSignUpRequired out;
  if (auto const& terms = c.world.options().terms) out.terms_of_service = to_tl(*terms);
  return out;
}

outcome<tl::auth::Authorization> sign_in(call_context& c, tl::auth::signIn const& q) {
  auto fine = check_phone_home(c, q.phone_number);
  if (!fine) return failure{fine.error()};
  auto const done = c.world.sign_ins().sign_in(
      c.world.everybody(), q.phone_number, q.phone_code_hash, typed_code(c, q), c.now, rules_of(c));
  if (!done) return failure{done.error()};
  if (done->sign_up_required) return sign_up_asked(c);
  return let_in(c, done->user);
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
  auto fine = check_home(c, bot, "USER_MIGRATE");
  if (!fine) return failure{fine.error()};
  return let_in(c, bot->id);
}

outcome<tl::auth::LoggedOut> log_out(call_context& c, tl::auth::logOut const&) {
  tl::auth::loggedOut out;
  if (!c.self().is_bot())
    out.future_auth_token = tl::bytes(c.world.sign_outs().give(c.account, c.random));
  leave(c);
  c.session.wants_updates = false;
  return tl::auth::LoggedOut(std::move(out));
}

outcome<bool> reset_others(call_context& c, tl::auth::resetAuthorizations const&) {
  auto const* own = c.keys.permanent(c.key);
  for (auto const* key : c.keys.keys_of(c.account)) {
    if (!key->temporary && key != own) c.keys.find(key->dc, key->id(), 0)->user = 0;
  }
  return true;
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
  table.on<tl::auth::requestFirebaseSms>(request_firebase, audience::anybody);
  table.on<tl::auth::reportMissingCode>(report_missing, audience::anybody);
  table.on<tl::auth::checkPaidAuth>(check_paid, audience::anybody);
  table.on<tl::auth::cancelCode>(cancel_code, audience::anybody);
  table.on<tl::auth::signIn>(sign_in, audience::anybody);
  table.on<tl::auth::signUp>(sign_up, audience::anybody);
  table.on<tl::auth::importBotAuthorization>(import_bot, audience::anybody);
  table.on<tl::auth::logOut>(log_out);
  table.on<tl::auth::resetAuthorizations>(reset_others);
  table.on<tl::auth::exportAuthorization>(export_to);
  table.on<tl::auth::importAuthorization>(import_here, audience::anybody);
}

}  // namespace mtp::MTP_ABI::testing
