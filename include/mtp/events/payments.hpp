// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Payments, stars and gifts.
#pragma once

#include <mtp/core/task.hpp>
#include <mtp/events/event_base.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace mtp::MTP_ABI {

/// Somebody who pays asks what sending the goods costs.
///
/// Threads: as received.
class MTP_API shipping_query : public event_base {
 public:
  static constexpr event_tag tag = event_tag::shipping_query;

  /// `from` must be of that tag.
  explicit shipping_query(update const& from) : event_base(from, tag) {}

  /// What answers name it by.
  std::int64_t id() const;
  peer_id sender() const;
  /// As our invoice has it.
  tl::bytes const& payload() const;
  tl::postAddress const& address() const;
  /// Says in what ways the goods can be sent.
  ///
  /// Lifetime: copies all it needs before it first suspends. Cancellation: terminal; the answer may
  /// arrive nevertheless. Errors: those of bot_methods::answer_shipping(); client_closed also when
  /// the client is gone.
  task<> answer(tl::list<tl::shippingOption> options) const;
  /// Says that they cannot be sent there, and why. Lifetime, Cancellation, Errors: as answer().
  task<> refuse(std::string_view why) const;
};

/// Somebody pays. The bot has 10 seconds to agree.
///
/// Threads: as received.
class MTP_API pre_checkout_query : public event_base {
 public:
  static constexpr event_tag tag = event_tag::pre_checkout_query;

  /// `from` must be of that tag.
  explicit pre_checkout_query(update const& from) : event_base(from, tag) {}

  /// What answers name it by.
  std::int64_t id() const;
  peer_id sender() const;
  /// As our invoice has it.
  tl::bytes const& payload() const;
  /// ISO 4217, or "XTR" for stars.
  tl::string const& currency() const;
  /// In the smallest unit of the currency.
  std::int64_t total_amount() const;
  /// The way of sending that they chose, else empty.
  std::string_view shipping_option() const;
  /// What the invoice asked of them; null when it asked nothing.
  tl::paymentRequestedInfo const* info() const;
  /// Agrees: the payment goes on.
  ///
  /// Lifetime, Cancellation: as shipping_query::answer(). Errors: those of
  /// bot_methods::answer_pre_checkout(); client_closed also when the client is gone.
  task<> accept() const;
  /// Refuses, and says why. Lifetime, Cancellation, Errors: as accept().
  task<> refuse(std::string_view why) const;
};

/// Somebody bought media of our bot.
///
/// Threads: as received.
class MTP_API paid_media_purchase : public event_base {
 public:
  static constexpr event_tag tag = event_tag::paid_media_purchase;

  /// `from` must be of that tag.
  explicit paid_media_purchase(update const& from) : event_base(from, tag) {}

  peer_id sender() const;
  /// As we gave it with the media.
  tl::string const& payload() const;
};

/// Somebody's subscription to our bot goes on, ends or cannot be paid.
///
/// Threads: as received.
class MTP_API stars_subscription : public event_base {
 public:
  static constexpr event_tag tag = event_tag::stars_subscription;

  /// `from` must be of that tag.
  explicit stars_subscription(update const& from) : event_base(from, tag) {}

  peer_id sender() const;
  /// As our invoice has it.
  tl::bytes const& payload() const;
  bool cancelled() const;
  bool payment_failed() const;
  bool restored() const;
};

/// We have another number of stars, or of Toncoin.
///
/// Threads: as received.
class MTP_API stars_balance : public event_base {
 public:
  static constexpr event_tag tag = event_tag::stars_balance;

  /// `from` must be of that tag.
  explicit stars_balance(update const& from) : event_base(from, tag) {}

  tl::StarsAmount const& balance() const;
  /// Whole stars, or billionths of a Toncoin.
  std::int64_t amount() const;
};

/// A bot or channel of ours earned stars, or they were paid out.
///
/// Threads: as received.
class MTP_API stars_revenue : public event_base {
 public:
  static constexpr event_tag tag = event_tag::stars_revenue;

  /// `from` must be of that tag.
  explicit stars_revenue(update const& from) : event_base(from, tag) {}

  peer_id chat() const;
  tl::starsRevenueStatus const& status() const;
};

/// An auction of gifts goes on.
///
/// Threads: as received.
class MTP_API gift_auction : public event_base {
 public:
  static constexpr event_tag tag = event_tag::gift_auction;

  /// `from` must be of that tag.
  explicit gift_auction(update const& from) : event_base(from, tag) {}

  std::int64_t gift_id() const;
  /// How it stands; null when only our part in it changed.
  tl::StarGiftAuctionState const* state() const;
  /// Our part in it; null when that did not change.
  tl::starGiftAuctionUserState const* own() const;
};

}  // namespace mtp::MTP_ABI
