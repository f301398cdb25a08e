// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/events/account_events.hpp>

#include "events/fields.hpp"

#include <mtp/tl/types/MessageEntity.hpp>
#include <mtp/tl/types/PrivacyKey.hpp>
#include <mtp/tl/types/PrivacyRule.hpp>
#include <mtp/tl/types/TonConnectSession.hpp>
#include <mtp/tl/types/Update.hpp>
#include <mtp/tl/types/WalletState.hpp>
#include <mtp/tl/types/WalletTransaction.hpp>
#include <mtp/tl/types/auth/SentCode.hpp>

namespace mtp::MTP_ABI {

std::int64_t new_login::id() const { return as<tl::updateNewAuthorization>()->hash; }

bool new_login::unconfirmed() const { return as<tl::updateNewAuthorization>()->unconfirmed; }

std::optional<std::chrono::sys_seconds> new_login::date() const {
  auto const* at = raw()->date();
  return at ? std::optional(detail::to_date(*at)) : std::nullopt;
}

std::string_view new_login::device() const {
  auto const* device = raw()->device();
  return device ? device->view() : std::string_view();
}

std::string_view new_login::location() const {
  auto const* location = raw()->location();
  return location ? location->view() : std::string_view();
}

std::int64_t new_bot_login::bot_id() const { return *raw()->bot_id(); }

bool new_bot_login::confirmed() const { return as<tl::updateNewBotConnection>()->confirmed; }

std::optional<std::chrono::sys_seconds> new_bot_login::date() const {
  auto const* at = raw()->date();
  return at ? std::optional(detail::to_date(*at)) : std::nullopt;
}

std::string_view new_bot_login::device() const {
  auto const* device = raw()->device();
  return device ? device->view() : std::string_view();
}

std::string_view new_bot_login::location() const {
  auto const* location = raw()->location();
  return location ? location->view() : std::string_view();
}

tl::string const& service_notification::kind() const {
  return as<tl::updateServiceNotification>()->type;
}

tl::string const& service_notification::text() const {
  return as<tl::updateServiceNotification>()->message;
}

tl::list<tl::MessageEntity> const& service_notification::entities() const {
  return as<tl::updateServiceNotification>()->entities;
}

bool service_notification::popup() const { return as<tl::updateServiceNotification>()->popup; }

tl::auth::SentCode const& login_code_sent::how() const {
  return as<tl::updateSentPhoneCode>()->sent_code;
}

tl::PrivacyKey const& privacy_change::what() const { return as<tl::updatePrivacy>()->key; }

tl::list<tl::PrivacyRule> const& privacy_change::rules() const {
  return as<tl::updatePrivacy>()->rules;
}

tl::WalletState const* wallet_change::state() const {
  auto const* u = as<tl::updateWalletState>();
  return u ? detail::if_set(u->state) : nullptr;
}

tl::walletTransaction const* wallet_change::sent() const {
  auto const* u = as<tl::updateSentWalletTransaction>();
  return u ? u->transaction.get() : nullptr;
}

tl::tonConnectSession const* wallet_change::session() const {
  auto const* u = as<tl::updateWalletTonConnectSession>();
  return u ? &u->session : nullptr;
}

}  // namespace mtp::MTP_ABI
