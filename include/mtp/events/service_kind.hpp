// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>

#include <cstdint>

namespace mtp::MTP_ABI {

/// What a service_message says. Later versions have more.
enum class service_kind : std::uint8_t {
  other,  ///< nothing that is known here: see service_message::action()

  // --- The chat itself
  group_created,      ///< users(), title()
  channel_created,    ///< title(); also a supergroup
  title_changed,      ///< title()
  photo_changed,      ///< photo()
  photo_deleted,      ///< it has none any more
  migrated_to,        ///< a group goes on as a supergroup, migrated_to()
  migrated_from,      ///< the supergroup was a group before, migrated_from()
  owner_changed,      ///< new_owner()
  owner_pending,      ///< it will be new_owner() unless the owner comes back
  community_changed,  ///< it belongs to another community, or to none
  theme_changed,
  wallpaper_changed,
  lifetime_changed,        ///< messages go by themselves after lifetime()
  protection_changed,      ///< whether messages may be forwarded
  protection_requested,    ///< somebody asks for that
  history_cleared,         ///< for us
  paid_messages_priced,    ///< a message to somebody costs stars()
  paid_messages_refunded,  ///< stars() came back
  paid_messages_allowed,   ///< somebody may write without paying

  // --- Who is in it
  members_added,        ///< joined(), inviter()
  joined_by_link,       ///< joined(), inviter()
  joined_by_request,    ///< joined()
  joined_by_community,  ///< joined()
  member_left,          ///< left(), by themselves or thrown out: sender() is another then
  boosted,              ///< boosts()

  // --- Messages
  message_pinned,       ///< about()
  topic_created,        ///< topic()
  topic_changed,        ///< topic()
  tasks_added,          ///< about()
  tasks_done,           ///< about()
  poll_option_added,    ///< about()
  poll_option_deleted,  ///< about()
  post_decided,         ///< a suggested post was taken or not
  post_paid,
  post_refunded,

  // --- Calls
  call,                  ///< call()
  conference_call,       ///< call()
  group_call,            ///< call(); begun, or ended after its duration
  group_call_scheduled,  ///< call()
  group_call_invited,    ///< call(), users()

  // --- Money and presents
  payment,           ///< payment(), about(): the invoice
  payment_refunded,  ///< payment()
  gift_premium,      ///< payment()
  gift_stars,        ///< payment(), stars()
  gift_ton,          ///< payment()
  gift_code,         ///< payment()
  star_gift,         ///< action() says which
  unique_gift,       ///< action() says which
  gift_offer,        ///< somebody wants to buy a present
  gift_offer_declined,
  giveaway_started,  ///< stars(), when these are the prize
  giveaway_ended,
  prize_stars,  ///< stars()
  wallet_transfer,
  wallet_request,

  // --- What bots get
  web_app_data,   ///< text(): the button; data()
  peers_shared,   ///< shared()
  game_score,     ///< score(), about(): the game
  bot_allowed,    ///< a bot may write to us now
  bot_created,    ///< one that another bot manages
  passport_data,  ///< action() has it

  // --- People
  contact_joined,  ///< somebody whom we know is on Telegram now
  screenshot_taken,
  proximity_reached,  ///< two people who share their places have met
  photo_suggested,    ///< photo()
  birthday_suggested,
  custom,  ///< text()
};

}  // namespace mtp::MTP_ABI
