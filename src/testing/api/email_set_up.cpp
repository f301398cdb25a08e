// SPDX-License-Identifier: MIT OR Apache-2.0
//
// An e-mail address that a log-in asks for: https://core.telegram.org/api/auth#email-verification
#include "handler_table.hpp"
#include "signed_in.hpp"

#include <utility>

namespace mtp::MTP_ABI::testing {
namespace {

outcome<tl::account::SentEmailCode> send_email_code(call_context& c,
                                                    tl::account::sendVerifyEmailCode const& q) {
  auto const* login = q.purpose.get_if<tl::emailVerifyPurposeLoginSetup>();
  if (!login) return refuse(400, "METHOD_NOT_SUPPORTED");  // for those who are signed in
  auto const sent = c.world.sign_ins().send_email_code(
      c.world.everybody(), login->phone_number, login->phone_code_hash, q.email.str(), c.now);
  if (!sent) return failure{sent.error()};
  return tl::account::SentEmailCode{.email_pattern = tl::string(with_stars(sent->email)),
                                    .length = static_cast<std::int32_t>(sent->code.size())};
}

outcome<tl::account::EmailVerified> verify_email(call_context& c,
                                                 tl::account::verifyEmail const& q) {
  auto const* login = q.purpose.get_if<tl::emailVerifyPurposeLoginSetup>();
  if (!login) return refuse(400, "METHOD_NOT_SUPPORTED");
  auto const* typed = q.verification.get_if<tl::emailVerificationCode>();
  if (!typed) return refuse(400, "CODE_INVALID");
  auto const& rules = c.world.options().log_ins;
  auto const sent = c.world.sign_ins().verify_email(
      c.world.everybody(), login->phone_number, login->phone_code_hash, typed->code, c.now, rules);
  if (!sent) return failure{sent.error()};
  tl::account::emailVerifiedLogin out;
  out.email = tl::string(c.world.everybody().find_phone(login->phone_number)->email);
  out.sent_code = to_tl(*sent, rules);
  return tl::account::EmailVerified(std::move(out));
}

}  // namespace

void add_email_handlers(handler_table& table) {
  table.on<tl::account::sendVerifyEmailCode>(send_email_code, audience::anybody);
  table.on<tl::account::verifyEmail>(verify_email, audience::anybody);
}

}  // namespace mtp::MTP_ABI::testing
