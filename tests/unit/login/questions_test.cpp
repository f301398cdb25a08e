// SPDX-License-Identifier: MIT OR Apache-2.0
#include <login/questions.hpp>

#include <support/catch.hpp>

using namespace mtp;
using namespace mtp::login;

namespace {

template <class Answer>
std::optional<Answer> meant(step const& what, std::string_view line) {
  auto const said = answer_of(what, line);
  if (!said || !std::holds_alternative<Answer>(*said)) return std::nullopt;
  return std::get<Answer>(*said);
}

std::string text_of(step const& what) { return question_of(what).text; }

}  // namespace

TEST_CASE("a line is a number, a token or the wish to scan", "[login][prompt]") {
  CHECK(meant<phone_number>(need_identity{}, " +1 234\r")->number.reveal() == "+1 234");
  CHECK(meant<bot_token>(need_identity{}, "7:secret")->token.reveal() == "7:secret");
  CHECK(meant<by_qr>(need_identity{}, "qr"));
  CHECK_FALSE(answer_of(need_identity{}, "  "));
}

TEST_CASE("a code may be wanted again, or another number", "[login][prompt]") {
  CHECK(meant<code>(need_code{}, "12345")->text.reveal() == "12345");
  CHECK(meant<resend_code>(need_code{}, "again"));
  CHECK(meant<other_number>(need_code{}, "back"));
  CHECK(meant<resend_code>(need_email_code{}, "again"));
  CHECK(meant<code>(need_recovery_code{}, "1"));
}

TEST_CASE("a password is taken as it is, and not shown", "[login][prompt]") {
  CHECK(meant<password>(need_password{}, " back ")->text.reveal() == " back ");
  CHECK(question_of(need_password{}).hidden);
  CHECK_FALSE(question_of(need_code{}).hidden);
  CHECK_FALSE(answer_of(need_password{}, ""));
  CHECK(meant<recover_password>(need_password{.can_recover = true}, ""));
}

TEST_CASE("a name is split at the first blank", "[login][prompt]") {
  auto const name = meant<new_name>(need_sign_up{}, "Ann  van Other");
  REQUIRE(name);
  CHECK(name->first == "Ann");
  CHECK(name->last == "van Other");
  CHECK(meant<new_name>(need_sign_up{}, "Ann")->last.empty());
}

TEST_CASE("a question says what is wrong, and what is known", "[login][prompt]") {
  need_code sent{.sent = {.delivery = code_delivery::missed_call, .clue = "+1555"}};
  sent.why = {.what = reason::code_wrong};
  CHECK(text_of(sent).starts_with("The code is wrong.\nA code was sent as the last digits"));
  CHECK(text_of(sent).find("+1555") != std::string::npos);
  CHECK(text_of(sent).find("again") == std::string::npos);
  sent.next = code_delivery::call;
  CHECK(text_of(sent).find("\"again\" sends it anew by a call, ") != std::string::npos);
  sent.resend_after = std::chrono::seconds(60);
  CHECK(text_of(sent).find("anew by a call after 60 seconds, ") != std::string::npos);
  CHECK(text_of(need_password{.hint = "pet"}).find("pet") != std::string::npos);
  CHECK(text_of(need_sign_up{.terms = "Be kind.", .min_age = 16}).find("16 or older") !=
        std::string::npos);
}

TEST_CASE("a log-in that was broken off is offered by its number", "[login][prompt]") {
  need_identity const begun{.begun = "+9996621001"};
  CHECK(text_of(begun).starts_with("A code was sent to +9996621001 before, and is still good.\n"));
  CHECK(meant<phone_number>(begun, "")->number.reveal() == "+9996621001");
  CHECK(meant<phone_number>(begun, " ")->number.reveal() == "+9996621001");
  CHECK(meant<phone_number>(begun, "+1 234")->number.reveal() == "+1 234");
  CHECK(meant<by_qr>(begun, "qr"));
  CHECK(text_of(need_code{.earlier = true}).find("before.\nCode (") != std::string::npos);
  CHECK(text_of(need_code{}).find("before") == std::string::npos);
}

TEST_CASE("a price has the digits of its currency", "[login][prompt]") {
  auto const asks = [](std::int64_t amount, std::string currency) {
    auto const text = text_of(need_payment{.currency = std::move(currency), .amount = amount});
    return text.substr(0, text.find(" before"));
  };
  CHECK(asks(199, "USD") == "The server wants 1.99 USD");
  CHECK(asks(5, "EUR") == "The server wants 0.05 EUR");
  CHECK(asks(200, "JPY") == "The server wants 200 JPY");
  CHECK(asks(50, "XTR") == "The server wants 50 XTR");
  CHECK(asks(1500, "KWD") == "The server wants 1.500 KWD");
  CHECK(asks(7, "JOD") == "The server wants 0.007 JOD");
  CHECK(asks(0, "USD") == "The server wants 0.00 USD");
  CHECK(asks(-5, "USD") == "The server wants -0.05 USD");
  CHECK(asks(INT64_MIN, "VND") == "The server wants -9223372036854775808 VND");
}

TEST_CASE("whoever may name another number is told so", "[login][prompt]") {
  step const all[] = {need_code{},    need_payment{}, need_recovery_code{},
                      need_sign_up{}, need_email{},   need_email_code{}};
  for (auto const& one : all) {
    CHECK(meant<other_number>(one, "back"));
    CHECK(text_of(one).find("\"back\" takes another number") != std::string::npos);
  }
}

TEST_CASE("nothing is typed while a code is to be scanned", "[login][prompt]") {
  CHECK_FALSE(answer_of(need_scan{}, "12345"));
  CHECK(text_of(need_scan{}).ends_with('\n'));
}
