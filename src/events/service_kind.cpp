// SPDX-License-Identifier: MIT OR Apache-2.0
#include "events/service_kind.hpp"

#include <cstddef>
#include <iterator>

namespace mtp::MTP_ABI::detail {
namespace {

using tags = tl::MessageAction::tags;

/// Every constructor of MessageAction of the schema, in its order.
constexpr service_row service_rows[] = {
    {tags::messageActionBoostApply, service_kind::boosted},
    {tags::messageActionBotAllowed, service_kind::bot_allowed},
    {tags::messageActionChangeCommunity, service_kind::community_changed},
    {tags::messageActionChangeCreator, service_kind::owner_changed},
    {tags::messageActionChannelCreate, service_kind::channel_created},
    {tags::messageActionChannelMigrateFrom, service_kind::migrated_from},
    {tags::messageActionChatAddUser, service_kind::members_added},
    {tags::messageActionChatCreate, service_kind::group_created},
    {tags::messageActionChatDeletePhoto, service_kind::photo_deleted},
    {tags::messageActionChatDeleteUser, service_kind::member_left},
    {tags::messageActionChatEditPhoto, service_kind::photo_changed},
    {tags::messageActionChatEditTitle, service_kind::title_changed},
    {tags::messageActionChatJoinedByLink, service_kind::joined_by_link},
    {tags::messageActionChatJoinedByRequest, service_kind::joined_by_request},
    {tags::messageActionChatJoinedViaCommunity, service_kind::joined_by_community},
    {tags::messageActionChatMigrateTo, service_kind::migrated_to},
    {tags::messageActionConferenceCall, service_kind::conference_call},
    {tags::messageActionContactSignUp, service_kind::contact_joined},
    {tags::messageActionCustomAction, service_kind::custom},
    {tags::messageActionEmpty, service_kind::other},
    {tags::messageActionGameScore, service_kind::game_score},
    {tags::messageActionGeoProximityReached, service_kind::proximity_reached},
    {tags::messageActionGiftCode, service_kind::gift_code},
    {tags::messageActionGiftPremium, service_kind::gift_premium},
    {tags::messageActionGiftStars, service_kind::gift_stars},
    {tags::messageActionGiftTon, service_kind::gift_ton},
    {tags::messageActionGiveawayLaunch, service_kind::giveaway_started},
    {tags::messageActionGiveawayResults, service_kind::giveaway_ended},
    {tags::messageActionGramTransfer, service_kind::wallet_transfer},
    {tags::messageActionGroupCall, service_kind::group_call},
    {tags::messageActionGroupCallScheduled, service_kind::group_call_scheduled},
    {tags::messageActionHistoryClear, service_kind::history_cleared},
    {tags::messageActionInviteToGroupCall, service_kind::group_call_invited},
    {tags::messageActionManagedBotCreated, service_kind::bot_created},
    {tags::messageActionNewCreatorPending, service_kind::owner_pending},
    {tags::messageActionNoForwardsRequest, service_kind::protection_requested},
    {tags::messageActionNoForwardsToggle, service_kind::protection_changed},
    {tags::messageActionNoPaidMessagesTokenUsed, service_kind::paid_messages_allowed},
    {tags::messageActionPaidMessagesPrice, service_kind::paid_messages_priced},
    {tags::messageActionPaidMessagesRefunded, service_kind::paid_messages_refunded},
    {tags::messageActionPaymentRefunded, service_kind::payment_refunded},
    {tags::messageActionPaymentSent, service_kind::payment},
    {tags::messageActionPaymentSentMe, service_kind::payment},
    {tags::messageActionPhoneCall, service_kind::call},
    {tags::messageActionPinMessage, service_kind::message_pinned},
    {tags::messageActionPollAppendAnswer, service_kind::poll_option_added},
    {tags::messageActionPollDeleteAnswer, service_kind::poll_option_deleted},
    {tags::messageActionPrizeStars, service_kind::prize_stars},
    {tags::messageActionRequestedPeer, service_kind::peers_shared},
    {tags::messageActionRequestedPeerSentMe, service_kind::peers_shared},
    {tags::messageActionScreenshotTaken, service_kind::screenshot_taken},
    {tags::messageActionSecureValuesSent, service_kind::passport_data},
    {tags::messageActionSecureValuesSentMe, service_kind::passport_data},
    {tags::messageActionSetChatTheme, service_kind::theme_changed},
    {tags::messageActionSetChatWallPaper, service_kind::wallpaper_changed},
    {tags::messageActionSetMessagesTTL, service_kind::lifetime_changed},
    {tags::messageActionStarGift, service_kind::star_gift},
    {tags::messageActionStarGiftPurchaseOffer, service_kind::gift_offer},
    {tags::messageActionStarGiftPurchaseOfferDeclined, service_kind::gift_offer_declined},
    {tags::messageActionStarGiftUnique, service_kind::unique_gift},
    {tags::messageActionSuggestBirthday, service_kind::birthday_suggested},
    {tags::messageActionSuggestProfilePhoto, service_kind::photo_suggested},
    {tags::messageActionSuggestedPostApproval, service_kind::post_decided},
    {tags::messageActionSuggestedPostRefund, service_kind::post_refunded},
    {tags::messageActionSuggestedPostSuccess, service_kind::post_paid},
    {tags::messageActionTodoAppendTasks, service_kind::tasks_added},
    {tags::messageActionTodoCompletions, service_kind::tasks_done},
    {tags::messageActionTopicCreate, service_kind::topic_created},
    {tags::messageActionTopicEdit, service_kind::topic_changed},
    {tags::messageActionWalletTonConnectRequest, service_kind::wallet_request},
    {tags::messageActionWebViewDataSent, service_kind::web_app_data},
    {tags::messageActionWebViewDataSentMe, service_kind::web_app_data},
};

constexpr bool is_in_order() {
  std::size_t place = 0;
  for (auto const& row : service_rows)
    if (static_cast<std::size_t>(row.of) != ++place) return false;
  return place == std::size(tl::MessageAction::constructor_ids);
}
static_assert(is_in_order(), "a row for each constructor of MessageAction, in its order");

}  // namespace

service_kind kind_of(tl::MessageAction const& action) {
  auto const place = static_cast<std::size_t>(action.tag());
  return place == 0 ? service_kind::other : service_rows[place - 1].kind;
}

std::span<service_row const> all_service_rows() { return service_rows; }

}  // namespace mtp::MTP_ABI::detail
