// SPDX-License-Identifier: MIT OR Apache-2.0
// Codes on their way and terms of service, in the words of the API.
#include "signed_in.hpp"

#include <string>
#include <string_view>

namespace mtp::MTP_ABI::testing {
namespace {

tl::auth::CodeType next_type(code_way way) {
  switch (way) {
    case code_way::call: return tl::auth::codeTypeCall{};
    case code_way::flash_call: return tl::auth::codeTypeFlashCall{};
    case code_way::missed_call: return tl::auth::codeTypeMissedCall{};
    case code_way::fragment: return tl::auth::codeTypeFragmentSms{};
    default: return tl::auth::codeTypeSms{};
  }
}

/// With the first letter or word of the code, which is a word or a phrase.
template <class Type>
Type beginning_with(std::string_view start) {
  Type out;
  out.beginning = tl::string(start);
  return out;
}

tl::auth::SentCodeType email_type(login_code const& sent, std::int32_t length) {
  tl::auth::sentCodeTypeEmailCode out;
  out.email_pattern = tl::string(with_stars(sent.email));
  out.length = length;
  return out;
}

tl::auth::SentCodeType fragment_type(std::int32_t length) {
  tl::auth::sentCodeTypeFragmentSms out;
  out.url = tl::string("https://fragment.com/numbers");
  out.length = length;
  return out;
}

/// Who calls ends their number with the code.
tl::auth::SentCodeType missed_call_type(std::int32_t length) {
  tl::auth::sentCodeTypeMissedCall out;
  out.prefix = tl::string("+1555");
  out.length = length;
  return out;
}

/// To Android, whose nonces name the code.
tl::auth::SentCodeType firebase_type(login_code const& sent, std::int32_t length) {
  tl::auth::sentCodeTypeFirebaseSms out;
  out.play_integrity_project_id = 760'348'033'671;
  out.play_integrity_nonce = tl::bytes(as_bytes(sent.hash));
  out.length = length;
  return out;
}

tl::auth::SentCodeType sent_type(login_code const& sent) {
  auto const length = static_cast<std::int32_t>(sent.code.size());
  std::string_view const code = sent.code;
  switch (sent.way) {
    case code_way::app: break;
    case code_way::sms: return tl::auth::sentCodeTypeSms{.length = length};
    case code_way::call: return tl::auth::sentCodeTypeCall{.length = length};
    case code_way::word: return beginning_with<tl::auth::sentCodeTypeSmsWord>(code.substr(0, 1));
    case code_way::phrase:
      return beginning_with<tl::auth::sentCodeTypeSmsPhrase>(code.substr(0, code.find(' ')));
    case code_way::flash_call:
      return tl::auth::sentCodeTypeFlashCall{.pattern = tl::string(std::string(code.size(), '*'))};
    case code_way::missed_call: return missed_call_type(length);
    case code_way::fragment: return fragment_type(length);
    case code_way::email: return email_type(sent, length);
    case code_way::firebase: return firebase_type(sent, length);
  }
  return tl::auth::sentCodeTypeApp{.length = length};
}

tl::auth::SentCode price_of(login_code const& sent) {
  tl::auth::sentCodePaymentRequired out;
  out.store_product = tl::string("org.telegram.auth_code");
  out.phone_code_hash = tl::string(sent.hash);
  out.support_email_address = tl::string("sms@telegram.org");
  out.support_email_subject = tl::string("a code");
  out.premium_days = 7;
  out.currency = tl::string("USD");
  out.amount = sent.price;
  return out;
}

}  // namespace

tl::help::TermsOfService to_tl(terms_of_service const& terms) {
  tl::help::termsOfService out;
  out.popup = terms.popup;
  out.id = tl::dataJSON{.data = tl::string(terms.id)};
  out.text = tl::string(terms.text);
  if (terms.min_age > 0) out.min_age_confirm = terms.min_age;
  return out;
}

code_abilities abilities_of(tl::CodeSettings const& settings) {
  return {.firebase = settings.allow_firebase,
          .flash_call = settings.allow_flashcall,
          .missed_call = settings.allow_missed_call};
}

tl::auth::SentCode to_tl(login_code const& sent, login_rules const& rules) {
  if (sent.price != 0) return price_of(sent);
  tl::auth::sentCode out;
  out.phone_code_hash = tl::string(sent.hash);
  if (sent.email_first) {
    out.type = tl::auth::sentCodeTypeSetUpEmailRequired{};
    return out;
  }
  out.type = sent_type(sent);
  if (!sent.next) return out;
  out.next_type = next_type(*sent.next);
  out.timeout = rules.code_timeout;
  return out;
}

}  // namespace mtp::MTP_ABI::testing
