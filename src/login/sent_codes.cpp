// SPDX-License-Identifier: MIT OR Apache-2.0
#include "login/sent_codes.hpp"

#include "login/challenges.hpp"

#include <mtp/tl/types/auth/CodeType.hpp>
#include <mtp/tl/types/auth/SentCodeType.hpp>

#include <algorithm>
#include <chrono>

namespace mtp::MTP_ABI::login {
namespace {

code_delivery delivery_of(tl::auth::SentCodeType const& type) {
  using tags = tl::auth::SentCodeType::tags;
  switch (type.tag()) {
    case tags::sentCodeTypeApp: return code_delivery::app;
    case tags::sentCodeTypeSms:
    case tags::sentCodeTypeFirebaseSms: return code_delivery::sms;
    case tags::sentCodeTypeSmsWord: return code_delivery::word;
    case tags::sentCodeTypeSmsPhrase: return code_delivery::phrase;
    case tags::sentCodeTypeCall: return code_delivery::call;
    case tags::sentCodeTypeFlashCall: return code_delivery::flash_call;
    case tags::sentCodeTypeMissedCall: return code_delivery::missed_call;
    case tags::sentCodeTypeEmailCode:
    case tags::sentCodeTypeSetUpEmailRequired: return code_delivery::email;
    case tags::sentCodeTypeFragmentSms: return code_delivery::fragment;
    case tags::none: break;
  }
  return code_delivery::unknown;
}

std::string text_of(tl::string const& text) { return text.str(); }
std::string text_of(std::optional<tl::string> const& text) { return text ? text->str() : ""; }

/// The members of a type that say more, whatever they are called.
template <class Type>
std::string clue_of(Type const& type) {
  if constexpr (requires { type.pattern; })
    return text_of(type.pattern);
  else if constexpr (requires { type.prefix; })
    return text_of(type.prefix);
  else if constexpr (requires { type.email_pattern; })
    return text_of(type.email_pattern);
  else if constexpr (requires { type.beginning; })
    return text_of(type.beginning);
  else if constexpr (requires { type.url; })
    return text_of(type.url);
  else
    return {};
}

}  // namespace

sent_code sent_code_of(tl::auth::SentCodeType const& type) {
  sent_code out{.delivery = delivery_of(type)};
  if (!type) return out;
  type.visit([&](auto const& t) {
    if constexpr (requires { t.length; }) out.length = t.length;
    out.clue = clue_of(t);
  });
  return out;
}

std::optional<firebase_request> firebase_of(tl::auth::SentCodeType const& type) {
  auto const* asked = type ? type.get_if<tl::auth::sentCodeTypeFirebaseSms>() : nullptr;
  if (!asked) return std::nullopt;
  firebase_request out;
  if (asked->nonce) out.nonce = copied(*asked->nonce);
  if (asked->play_integrity_nonce) out.play_integrity_nonce = copied(*asked->play_integrity_nonce);
  out.play_integrity_project = asked->play_integrity_project_id.value_or(0);
  if (asked->receipt) out.receipt = asked->receipt->str();
  out.push_timeout = std::chrono::seconds(std::max(0, asked->push_timeout.value_or(0)));
  return out;
}

code_delivery delivery_of(tl::auth::CodeType const& type) {
  using tags = tl::auth::CodeType::tags;
  switch (type.tag()) {
    case tags::codeTypeSms: return code_delivery::sms;
    case tags::codeTypeCall: return code_delivery::call;
    case tags::codeTypeFlashCall: return code_delivery::flash_call;
    case tags::codeTypeMissedCall: return code_delivery::missed_call;
    case tags::codeTypeFragmentSms: return code_delivery::fragment;
    case tags::none: break;
  }
  return code_delivery::unknown;
}

}  // namespace mtp::MTP_ABI::login
