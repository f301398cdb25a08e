// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What happens to the account itself.
#pragma once

#include <mtp/events/event_base.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace mtp::MTP_ABI {

/// Somebody signed in to our account elsewhere, or that login was confirmed.
///
/// Threads: as received.
class MTP_API new_login : public event_base {
 public:
  static constexpr event_tag tag = event_tag::new_login;

  /// `from` must be of that tag.
  explicit new_login(update const& from) : event_base(from, tag) {}

  /// What client.account() names it by.
  std::int64_t id() const;
  /// The server wants to know whether it was us.
  bool unconfirmed() const;
  /// Empty when it was confirmed, as the others.
  std::optional<std::chrono::sys_seconds> date() const;
  std::string_view device() const;
  std::string_view location() const;
};

/// A bot was connected to our account somewhere, or that was confirmed.
///
/// Threads: as received.
class MTP_API new_bot_login : public event_base {
 public:
  static constexpr event_tag tag = event_tag::new_bot_login;

  /// `from` must be of that tag.
  explicit new_bot_login(update const& from) : event_base(from, tag) {}

  std::int64_t bot_id() const;
  bool confirmed() const;
  std::optional<std::chrono::sys_seconds> date() const;
  std::string_view device() const;
  std::string_view location() const;
};

/// Telegram has something to say to the person.
///
/// Threads: as received.
class MTP_API service_notification : public event_base {
 public:
  static constexpr event_tag tag = event_tag::service_notification;

  /// `from` must be of that tag.
  explicit service_notification(update const& from) : event_base(from, tag) {}

  /// "AUTH_KEY_DROP_..." and others; of repeated ones only one is shown.
  tl::string const& kind() const;
  tl::string const& text() const;
  tl::list<tl::MessageEntity> const& entities() const;
  /// It must be shown at once.
  bool popup() const;
};

/// A code for a log-in was sent without being asked for.
///
/// Threads: as received.
class MTP_API login_code_sent : public event_base {
 public:
  static constexpr event_tag tag = event_tag::login_code_sent;

  /// `from` must be of that tag.
  explicit login_code_sent(update const& from) : event_base(from, tag) {}

  tl::auth::SentCode const& how() const;
};

/// Who may see something of us was changed elsewhere.
///
/// Threads: as received.
class MTP_API privacy_change : public event_base {
 public:
  static constexpr event_tag tag = event_tag::privacy_change;

  /// `from` must be of that tag.
  explicit privacy_change(update const& from) : event_base(from, tag) {}

  tl::PrivacyKey const& what() const;
  tl::list<tl::PrivacyRule> const& rules() const;
};

/// Our contacts must be asked for anew.
///
/// Threads: as received.
class MTP_API contacts_reset : public event_base {
 public:
  static constexpr event_tag tag = event_tag::contacts_reset;

  /// `from` must be of that tag.
  explicit contacts_reset(update const& from) : event_base(from, tag) {}
};

/// Our wallet, what it sent, or where it is connected changed.
///
/// Threads: as received.
class MTP_API wallet_change : public event_base {
 public:
  static constexpr event_tag tag = event_tag::wallet_change;

  /// `from` must be of that tag.
  explicit wallet_change(update const& from) : event_base(from, tag) {}

  /// Null when that did not change, as the others.
  tl::WalletState const* state() const;
  tl::walletTransaction const* sent() const;
  tl::tonConnectSession const* session() const;
};

}  // namespace mtp::MTP_ABI
