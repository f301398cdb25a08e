// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/events/payments.hpp>

#include "events/fields.hpp"

#include <mtp/tl/types/PaymentRequestedInfo.hpp>
#include <mtp/tl/types/Peer.hpp>
#include <mtp/tl/types/PostAddress.hpp>
#include <mtp/tl/types/StarGiftAuctionState.hpp>
#include <mtp/tl/types/StarGiftAuctionUserState.hpp>
#include <mtp/tl/types/StarsAmount.hpp>
#include <mtp/tl/types/StarsRevenueStatus.hpp>
#include <mtp/tl/types/Update.hpp>

namespace mtp::MTP_ABI {

std::int64_t shipping_query::id() const { return *raw()->query_id(); }

peer_id shipping_query::sender() const { return {peer_kind::user, *raw()->user_id()}; }

tl::bytes const& shipping_query::payload() const {
  return as<tl::updateBotShippingQuery>()->payload;
}

tl::postAddress const& shipping_query::address() const {
  return as<tl::updateBotShippingQuery>()->shipping_address;
}

std::int64_t pre_checkout_query::id() const { return *raw()->query_id(); }

peer_id pre_checkout_query::sender() const { return {peer_kind::user, *raw()->user_id()}; }

tl::bytes const& pre_checkout_query::payload() const {
  return as<tl::updateBotPrecheckoutQuery>()->payload;
}

tl::string const& pre_checkout_query::currency() const {
  return as<tl::updateBotPrecheckoutQuery>()->currency;
}

std::int64_t pre_checkout_query::total_amount() const {
  return as<tl::updateBotPrecheckoutQuery>()->total_amount;
}

std::string_view pre_checkout_query::shipping_option() const {
  auto const& option = as<tl::updateBotPrecheckoutQuery>()->shipping_option_id;
  return option ? option->view() : std::string_view();
}

tl::paymentRequestedInfo const* pre_checkout_query::info() const {
  return as<tl::updateBotPrecheckoutQuery>()->info.get();
}

peer_id paid_media_purchase::sender() const { return {peer_kind::user, *raw()->user_id()}; }

tl::string const& paid_media_purchase::payload() const {
  return as<tl::updateBotPurchasedPaidMedia>()->payload;
}

peer_id stars_subscription::sender() const { return {peer_kind::user, *raw()->user_id()}; }

tl::bytes const& stars_subscription::payload() const {
  return as<tl::updateBotStarsSubscription>()->payload;
}

bool stars_subscription::cancelled() const {
  return as<tl::updateBotStarsSubscription>()->canceled;
}

bool stars_subscription::payment_failed() const {
  return as<tl::updateBotStarsSubscription>()->payment_failed;
}

bool stars_subscription::restored() const { return as<tl::updateBotStarsSubscription>()->restored; }

tl::StarsAmount const& stars_balance::balance() const {
  return as<tl::updateStarsBalance>()->balance;
}

std::int64_t stars_balance::amount() const {
  auto const* amount = balance().amount();
  return amount ? *amount : 0;
}

peer_id stars_revenue::chat() const { return detail::chat_in(*raw()).value_or(peer_id{}); }

tl::starsRevenueStatus const& stars_revenue::status() const {
  return as<tl::updateStarsRevenueStatus>()->status;
}

std::int64_t gift_auction::gift_id() const { return *raw()->gift_id(); }

tl::StarGiftAuctionState const* gift_auction::state() const {
  auto const* u = as<tl::updateStarGiftAuctionState>();
  return u ? detail::if_set(u->state) : nullptr;
}

tl::starGiftAuctionUserState const* gift_auction::own() const {
  auto const* u = as<tl::updateStarGiftAuctionUserState>();
  return u ? &u->user_state : nullptr;
}

}  // namespace mtp::MTP_ABI
