// SPDX-License-Identifier: MIT OR Apache-2.0
// How a data centre signs people in: core.telegram.org/api/auth
#include "api_stage.hpp"

#include <support/catch.hpp>

#include <string>

using namespace mtp;
using namespace mtp::testing;
using namespace std::chrono_literals;
using test::api_client;
using test::api_stage;

namespace {

constexpr char alice[] = "9996621001";

tl::auth::sendCode code_for(std::string_view phone) {
  tl::auth::sendCode q;
  q.phone_number = tl::string(phone);
  q.settings = tl::codeSettings{};
  return q;
}

tl::auth::signIn typed(std::string_view phone, std::string_view hash, std::string_view code) {
  tl::auth::signIn q;
  q.phone_number = tl::string(phone);
  q.phone_code_hash = tl::string(hash);
  q.phone_code = tl::string(code);
  return q;
}

/// Somebody in front of data centre 2, at which nobody is signed in yet.
struct door : api_stage {
  person& of(std::int64_t id) { return *population.everybody().find(id); }

  std::string send_code(std::string_view phone = alice) {
    auto const sent = client.call(code_for(phone));
    if (!sent) throw std::runtime_error(client.last_refusal);
    return sent->get_if<tl::auth::sentCode>()->phone_code_hash.str();
  }

  api_client client{*this};
};

tl::updates::getState const needs_login{};

}  // namespace

TEST_CASE("each way of a code has its words", "[testing][log-in]") {
  door s;
  auto& who = s.of(42);
  who.email = "alice@example.org";
  struct row {
    code_way way;
    std::uint32_t constructor;
  };
  auto const each = GENERATE(row{code_way::app, tl::auth::sentCodeTypeApp::tl_id},
                             row{code_way::sms, tl::auth::sentCodeTypeSms::tl_id},
                             row{code_way::call, tl::auth::sentCodeTypeCall::tl_id},
                             row{code_way::word, tl::auth::sentCodeTypeSmsWord::tl_id},
                             row{code_way::phrase, tl::auth::sentCodeTypeSmsPhrase::tl_id},
                             row{code_way::flash_call, tl::auth::sentCodeTypeFlashCall::tl_id},
                             row{code_way::missed_call, tl::auth::sentCodeTypeMissedCall::tl_id},
                             row{code_way::fragment, tl::auth::sentCodeTypeFragmentSms::tl_id},
                             row{code_way::email, tl::auth::sentCodeTypeEmailCode::tl_id});
  who.code_ways = {each.way, code_way::missed_call};
  auto wanted = code_for(alice);
  wanted.settings.allow_flashcall = true;
  wanted.settings.allow_missed_call = true;
  auto const sent = s.client.call(wanted);
  REQUIRE(sent);
  auto const* code = sent->get_if<tl::auth::sentCode>();
  auto const type = testing::encode_object(code->type);
  CHECK(load_le<std::uint32_t>(type.data()) == each.constructor);
  CHECK(code->next_type.holds<tl::auth::codeTypeMissedCall>());
  CHECK(code->timeout == 60);
}

TEST_CASE("a code by e-mail is answered as one", "[testing][log-in]") {
  door s;
  s.of(42).email = "alice@example.org";
  s.of(42).code_ways = {code_way::email};
  auto const hash = s.send_code();
  auto q = typed(alice, hash, "12345");
  CHECK(s.client.refusal(q) == "400 PHONE_CODE_EMPTY");
  q.phone_code = {};
  q.email_verification = tl::emailVerificationCode{.code = tl::string("1")};
  CHECK(s.client.refusal(q) == "400 EMAIL_CODE_INVALID");
  q.email_verification = tl::emailVerificationCode{.code = tl::string("12345")};
  CHECK(s.client.refusal(q).empty());
}

TEST_CASE("a code is sent again in the next way, and cancelled", "[testing][log-in]") {
  door s;
  s.of(42).code_ways = {code_way::app, code_way::sms};
  tl::auth::resendCode again;
  again.phone_number = alice;
  again.phone_code_hash = tl::string(s.send_code());
  auto const sent = s.client.call(again);
  REQUIRE(sent);
  auto const* code = sent->get_if<tl::auth::sentCode>();
  CHECK(code->type.holds<tl::auth::sentCodeTypeSms>());
  CHECK_FALSE(code->next_type.has_value());
  tl::auth::cancelCode back;
  back.phone_number = alice;
  back.phone_code_hash = tl::string(code->phone_code_hash.view());
  again.phone_code_hash = tl::string(code->phone_code_hash.view());
  CHECK(s.client.refusal(again) == "406 SEND_CODE_UNAVAILABLE");
  CHECK(s.client.refusal(back).empty());
  CHECK(s.client.refusal(back) == "400 PHONE_CODE_EXPIRED");
}

TEST_CASE("people and bots of another data centre are sent there", "[testing][log-in]") {
  door s;
  s.of(42).home_dc = 4;
  s.of(777000777).home_dc = 5;
  CHECK(s.client.refusal(code_for(alice)) == "303 PHONE_MIGRATE_4");
  CHECK(s.client.refusal(typed(alice, "x", "12345")) == "303 PHONE_MIGRATE_4");
  tl::auth::importBotAuthorization bot;
  bot.bot_auth_token = "777000777:AAEchoBotOfTheOfflineDataCentre00001";
  CHECK(s.client.refusal(bot) == "303 USER_MIGRATE_5");
  api_client there(s, dc_address{.id = 4});
  CHECK(there.refusal(code_for(alice)).empty());
}

TEST_CASE("a banned number gets no code, and its logins are good no more", "[testing][log-in]") {
  door s;
  s.client.sign_in(alice);
  CHECK(s.client.refusal(needs_login).empty());
  s.of(42).banned = true;
  CHECK(s.client.refusal(needs_login) == "401 USER_DEACTIVATED_BAN");
  CHECK(s.client.refusal(code_for(alice)) == "400 PHONE_NUMBER_BANNED");
}

TEST_CASE("who was deleted is told so, and the number is free", "[testing][log-in]") {
  door s;
  s.client.sign_in(alice);
  s.population.everybody().remove(42);
  CHECK(s.client.refusal(needs_login) == "401 USER_DEACTIVATED");
  CHECK_FALSE(s.population.everybody().find_phone(alice));
  CHECK_FALSE(s.population.everybody().find_username("alice"));
}

TEST_CASE("who signs up is shown the terms, and shown them again until they agree",
          "[testing][log-in]") {
  door s;
  s.population.options().terms = {.id = "t1", .text = "Be kind.", .min_age = 16};
  auto const hash = s.send_code("9996634321");
  auto const asked = s.client.call(typed("9996634321", hash, "33333"));
  REQUIRE(asked);
  auto const* up = asked->get_if<tl::auth::authorizationSignUpRequired>();
  REQUIRE(up);
  CHECK(up->terms_of_service->text.view() == "Be kind.");
  CHECK(up->terms_of_service->min_age_confirm == 16);
  tl::auth::signUp q;
  q.phone_number = "9996634321";
  q.phone_code_hash = tl::string(hash);
  CHECK(s.client.refusal(q) == "400 FIRSTNAME_INVALID");
  q.first_name = "Nora";
  REQUIRE(s.client.call(q));
  tl::help::getTermsOfServiceUpdate const look{};
  auto const before = s.client.call(look);
  CHECK(before->holds<tl::help::termsOfServiceUpdate>());
  tl::help::acceptTermsOfService yes;
  yes.id = tl::dataJSON{.data = tl::string("t1")};
  CHECK(s.client.yes(yes));
  auto const after = s.client.call(look);
  CHECK(after->holds<tl::help::termsOfServiceUpdateEmpty>());
}

TEST_CASE("an address is set up before the code", "[testing][log-in]") {
  door s;
  s.of(42).must_set_email = true;
  auto const asked = s.client.call(code_for(alice));
  REQUIRE(asked);
  auto const* code = asked->get_if<tl::auth::sentCode>();
  CHECK(code->type.holds<tl::auth::sentCodeTypeSetUpEmailRequired>());
  tl::emailVerifyPurposeLoginSetup purpose;
  purpose.phone_number = alice;
  purpose.phone_code_hash = tl::string(code->phone_code_hash.view());
  tl::account::sendVerifyEmailCode send;
  send.purpose = purpose;
  send.email = "alice@example.org";
  auto const sent = s.client.call(send);
  REQUIRE(sent);
  CHECK(sent->email_pattern.view() == "a***e@example.org");
  CHECK(sent->length == 5);
  tl::account::verifyEmail verify;
  verify.purpose = purpose;
  verify.verification = tl::emailVerificationCode{.code = tl::string("1")};
  CHECK(s.client.refusal(verify) == "400 CODE_INVALID");
  verify.verification = tl::emailVerificationCode{.code = tl::string("12345")};
  auto const verified = s.client.call(verify);
  REQUIRE(verified);
  auto const* in = verified->get_if<tl::account::emailVerifiedLogin>();
  REQUIRE(in);
  auto const* next = in->sent_code.get_if<tl::auth::sentCode>();
  REQUIRE(next);
  CHECK(s.client.refusal(typed(alice, next->phone_code_hash.view(), "12345")).empty());
}

TEST_CASE("what a log-out gives stands for a code, once", "[testing][log-in]") {
  door s;
  s.client.sign_in(alice);
  auto const out = s.client.call(tl::auth::logOut{});
  REQUIRE(out);
  REQUIRE(out->future_auth_token);
  auto q = code_for(alice);
  q.settings.logout_tokens.emplace().push_back(tl::bytes(out->future_auth_token->view()));
  auto const sent = s.client.call(q);
  REQUIRE(sent);
  CHECK(sent->holds<tl::auth::sentCodeSuccess>());
  CHECK(s.client.refusal(needs_login).empty());
  auto const again = s.client.call(q);
  CHECK(again->holds<tl::auth::sentCode>());
}

TEST_CASE("all other logins of an account are ended at once", "[testing][log-in]") {
  door s;
  s.client.sign_in(alice);
  api_client other(s);
  other.sign_in(alice);
  api_client bob(s);
  bob.sign_in("9996621002");
  CHECK(s.client.yes(tl::auth::resetAuthorizations{}));
  CHECK(s.client.refusal(needs_login).empty());
  CHECK(bob.refusal(needs_login).empty());
  CHECK(other.refusal(needs_login) == "401 AUTH_KEY_UNREGISTERED");
}
