// SPDX-License-Identifier: MIT OR Apache-2.0
#include "read_events.hpp"

#include <mtp/events/all.hpp>
#include <mtp/tl/forward.hpp>

namespace mtp::test {
namespace {

/// That they can be called is what is shown: under a sanitizer, without reading what is not there.
template <class... T>
void look_at(T const&...) {}

void read(callback_query const& e) {
  look_at(e.raw(), e.id(), e.sender(), e.chat(), e.message_id(), e.inline_message_id(), e.data(),
          e.game(), e.chat_instance(), e.business_connection());
}
void read(inline_query const& e) {
  look_at(e.raw(), e.id(), e.sender(), e.query(), e.offset(), e.location(), e.chat_type());
}
void read(chosen_inline_result const& e) {
  look_at(e.raw(), e.sender(), e.query(), e.result_id(), e.inline_message_id(), e.location());
}
void read(guest_chat_query const& e) { look_at(e.raw(), e.id(), e.message(), e.references()); }
void read(web_app_sent const& e) { look_at(e.raw(), e.id()); }
void read(join_decision const& e) { look_at(e.raw(), e.chat(), e.id(), e.result()); }
void read(web_hook_event const& e) { look_at(e.raw(), e.id(), e.json()); }
void read(service_message const& e) {
  look_at(e.raw(), e.id(), e.chat(), e.sender(), e.date(), e.outgoing(), e.action(), e.joined(),
          e.left(), e.keys());
  look_at(e.kind(), e.inviter(), e.users(), e.new_owner(), e.title(), e.photo(), e.migrated_to(),
          e.migrated_from(), e.lifetime(), e.boosts(), e.topic(), e.about(), e.call(), e.payment(),
          e.stars(), e.score(), e.shared(), e.text(), e.data());
}
void read(deleted_messages const& e) { look_at(e.raw(), e.chat(), e.ids()); }
void read(scheduled_message const& e) { look_at(e.raw(), e.message()); }
void read(unscheduled_messages const& e) { look_at(e.raw(), e.chat(), e.ids(), e.sent()); }
void read(pinned_messages const& e) { look_at(e.raw(), e.chat(), e.ids(), e.pinned()); }
void read(message_counters const& e) {
  look_at(e.raw(), e.chat(), e.message_id(), e.views(), e.forwards());
}
void read(transcription const& e) {
  look_at(e.raw(), e.chat(), e.message_id(), e.id(), e.text(), e.complete());
}
void read(revealed_media const& e) { look_at(e.raw(), e.chat(), e.message_id(), e.media()); }
void read(link_preview const& e) { look_at(e.raw(), e.chat(), e.page()); }
void read(live_location_viewed const& e) { look_at(e.raw(), e.chat(), e.message_id()); }
void read(ephemeral_message const& e) {
  look_at(e.raw(), e.edited(), e.content(), e.id(), e.chat(), e.sender(), e.text());
}
void read(deleted_ephemeral_messages const& e) { look_at(e.raw(), e.chat(), e.ids()); }
void read(message_reactions const& e) {
  look_at(e.raw(), e.chat(), e.message_id(), e.thread(), e.reactions(), e.chosen());
}
void read(reaction_change const& e) {
  look_at(e.raw(), e.chat(), e.message_id(), e.sender(), e.date(), e.before(), e.now());
}
void read(reaction_counts const& e) {
  look_at(e.raw(), e.chat(), e.message_id(), e.date(), e.counts());
}
void read(poll_change const& e) {
  look_at(e.raw(), e.poll_id(), e.chat(), e.message_id(), e.poll(), e.results(), e.knows_chosen());
}
void read(poll_vote const& e) {
  look_at(e.raw(), e.poll_id(), e.sender(), e.options(), e.positions());
}
void read(typing const& e) {
  look_at(e.raw(), e.sender(), e.chat(), e.thread(), e.secret_chat(), e.action(), e.stopped());
}
void read(user_status_change const& e) {
  look_at(e.raw(), e.user(), e.online(), e.until(), e.last_seen(), e.status());
}
void read(user_name_change const& e) {
  look_at(e.raw(), e.user(), e.first_name(), e.last_name(), e.usernames());
}
void read(user_phone_change const& e) { look_at(e.raw(), e.user(), e.phone()); }
void read(emoji_status_change const& e) { look_at(e.raw(), e.user(), e.status()); }
void read(user_change const& e) { look_at(e.raw(), e.user()); }
void read(peer_blocked const& e) { look_at(e.raw(), e.peer(), e.blocked(), e.stories_blocked()); }
void read(bot_stopped const& e) { look_at(e.raw(), e.user(), e.date(), e.stopped()); }
void read(member_change const& e) {
  look_at(e.raw(), e.chat(), e.user(), e.actor(), e.date(), e.before(), e.now(), e.joined(),
          e.left(), e.rank(), e.invite(), e.invite_link(), e.by_request(), e.by_folder(), e.key());
}
void read(member_list const& e) { look_at(e.raw(), e.chat(), e.list(), e.members()); }
void read(join_request const& e) {
  look_at(e.raw(), e.chat(), e.user(), e.date(), e.about(), e.invite_link(), e.query_id());
}
void read(pending_join_requests const& e) { look_at(e.raw(), e.chat(), e.count(), e.latest()); }
void read(chat_boost const& e) {
  look_at(e.raw(), e.chat(), e.boost(), e.sender(), e.date(), e.expires());
}
void read(shipping_query const& e) {
  look_at(e.raw(), e.id(), e.sender(), e.payload(), e.address());
}
void read(pre_checkout_query const& e) {
  look_at(e.raw(), e.id(), e.sender(), e.payload(), e.currency(), e.total_amount(),
          e.shipping_option(), e.info());
}
void read(paid_media_purchase const& e) { look_at(e.raw(), e.sender(), e.payload()); }
void read(stars_subscription const& e) {
  look_at(e.raw(), e.sender(), e.payload(), e.cancelled(), e.payment_failed(), e.restored());
}
void read(stars_balance const& e) { look_at(e.raw(), e.balance(), e.amount()); }
void read(stars_revenue const& e) { look_at(e.raw(), e.chat(), e.status()); }
void read(gift_auction const& e) { look_at(e.raw(), e.gift_id(), e.state(), e.own()); }
void read(history_read const& e) {
  look_at(e.raw(), e.chat(), e.outgoing(), e.up_to(), e.still_unread(), e.thread(), e.saved_peer());
}
void read(content_read const& e) { look_at(e.raw(), e.chat(), e.ids(), e.thread(), e.date()); }
void read(draft_change const& e) {
  look_at(e.raw(), e.chat(), e.thread(), e.cleared(), e.text(), e.draft());
}
void read(dialog_pinned const& e) { look_at(e.raw(), e.chat(), e.pinned(), e.saved(), e.folder()); }
void read(pinned_dialogs const& e) { look_at(e.raw(), e.order(), e.saved(), e.folder()); }
void read(dialog_unread_mark const& e) { look_at(e.raw(), e.chat(), e.unread()); }
void read(folder_change const& e) { look_at(e.raw(), e.moved()); }
void read(chat_folders_change const& e) { look_at(e.raw(), e.id(), e.folder(), e.order()); }
void read(pinned_topics const& e) { look_at(e.raw(), e.chat(), e.topic(), e.pinned(), e.order()); }
void read(notification_settings const& e) { look_at(e.raw(), e.chat(), e.scope(), e.settings()); }
void read(chat_change const& e) { look_at(e.raw(), e.chat()); }
void read(chat_rights_change const& e) { look_at(e.raw(), e.chat(), e.forbidden()); }
void read(history_hidden const& e) { look_at(e.raw(), e.chat(), e.first_visible()); }
void read(chat_settings_change const& e) { look_at(e.raw(), e.chat(), e.settings()); }
void read(history_lifetime_change const& e) { look_at(e.raw(), e.chat(), e.lifetime()); }
void read(wallpaper_change const& e) { look_at(e.raw(), e.chat(), e.wallpaper()); }
void read(forum_view_change const& e) { look_at(e.raw(), e.chat(), e.as_messages()); }
void read(bot_commands_change const& e) { look_at(e.raw(), e.chat(), e.bot_id(), e.commands()); }
void read(bot_menu_change const& e) { look_at(e.raw(), e.bot_id(), e.button()); }
void read(paid_messages_exception const& e) { look_at(e.raw(), e.chat(), e.user(), e.free()); }
void read(business_connection const& e) {
  look_at(e.raw(), e.id(), e.user(), e.enabled(), e.rights(), e.date(), e.connection());
}
void read(business_message const& e) {
  look_at(e.raw(), e.connection_id(), e.edited(), e.message(), e.reply_to());
}
void read(deleted_business_messages const& e) {
  look_at(e.raw(), e.connection_id(), e.chat(), e.ids());
}
void read(quick_reply_change const& e) {
  look_at(e.raw(), e.shortcut(), e.deleted(), e.deleted_messages());
}
void read(managed_bot_change const& e) { look_at(e.raw(), e.user(), e.bot_id()); }
void read(story_change const& e) {
  look_at(e.raw(), e.chat(), e.id(), e.deleted(), e.content(), e.story());
}
void read(stories_read const& e) { look_at(e.raw(), e.chat(), e.up_to()); }
void read(story_reaction const& e) {
  look_at(e.raw(), e.peer(), e.story_id(), e.reaction(), e.outgoing());
}
void read(stealth_mode_change const& e) { look_at(e.raw(), e.until()); }
void read(phone_call const& e) {
  look_at(e.raw(), e.id(), e.incoming(), e.ended(), e.video(), e.caller(), e.callee(), e.call());
}
void read(phone_call_signal const& e) { look_at(e.raw(), e.id(), e.data()); }
void read(group_call_change const& e) {
  look_at(e.raw(), e.chat(), e.id(), e.ended(), e.live_story(), e.call());
}
void read(group_call_members const& e) { look_at(e.raw(), e.call(), e.changed()); }
void read(group_call_message const& e) { look_at(e.raw(), e.call(), e.content(), e.sender()); }
void read(deleted_group_call_messages const& e) { look_at(e.raw(), e.call(), e.ids()); }
void read(group_call_signal const& e) { look_at(e.raw(), e.encrypted_message()); }
void read(secret_chat_change const& e) {
  look_at(e.raw(), e.id(), e.requested(), e.open(), e.ended(), e.creator(), e.date(), e.chat());
}
void read(secret_message const& e) { look_at(e.raw(), e.chat_id(), e.content()); }
void read(secret_messages_read const& e) { look_at(e.raw(), e.chat_id(), e.up_to(), e.date()); }
void read(new_login const& e) {
  look_at(e.raw(), e.id(), e.unconfirmed(), e.date(), e.device(), e.location());
}
void read(new_bot_login const& e) {
  look_at(e.raw(), e.bot_id(), e.confirmed(), e.date(), e.device(), e.location());
}
void read(service_notification const& e) {
  look_at(e.raw(), e.kind(), e.text(), e.entities(), e.popup());
}
void read(login_code_sent const& e) { look_at(e.raw(), e.how()); }
void read(privacy_change const& e) { look_at(e.raw(), e.what(), e.rules()); }
void read(contacts_reset const& e) { look_at(e.raw()); }
void read(wallet_change const& e) { look_at(e.raw(), e.state(), e.sent(), e.session()); }

template <class Event>
int read_as(update const& what) {
  auto const event = what.get_if<Event>();
  if (event) read(*event);
  return event ? 1 : 0;
}

template <class... Events>
int read_as_any(update const& what) {
  return (0 + ... + read_as<Events>(what));
}

}  // namespace

int read_typed(update const& what) {
  return read_as_any<
      callback_query, inline_query, chosen_inline_result, guest_chat_query, web_app_sent,
      join_decision, web_hook_event, service_message, deleted_messages, scheduled_message,
      unscheduled_messages, pinned_messages, message_counters, transcription, revealed_media,
      link_preview, live_location_viewed, ephemeral_message, deleted_ephemeral_messages,
      message_reactions, reaction_change, reaction_counts, poll_change, poll_vote, typing,
      user_status_change, user_name_change, user_phone_change, emoji_status_change, user_change,
      peer_blocked, bot_stopped, member_change, member_list, join_request, pending_join_requests,
      chat_boost, shipping_query, pre_checkout_query, paid_media_purchase, stars_subscription,
      stars_balance, stars_revenue, gift_auction, history_read, content_read, draft_change,
      dialog_pinned, pinned_dialogs, dialog_unread_mark, folder_change, chat_folders_change,
      pinned_topics, notification_settings, chat_change, chat_rights_change, history_hidden,
      chat_settings_change, history_lifetime_change, wallpaper_change, forum_view_change,
      bot_commands_change, bot_menu_change, paid_messages_exception, business_connection,
      business_message, deleted_business_messages, quick_reply_change, managed_bot_change,
      story_change, stories_read, story_reaction, stealth_mode_change, phone_call,
      phone_call_signal, group_call_change, group_call_members, group_call_message,
      deleted_group_call_messages, group_call_signal, secret_chat_change, secret_message,
      secret_messages_read, new_login, new_bot_login, service_notification, login_code_sent,
      privacy_change, contacts_reset, wallet_change>(what);
}

}  // namespace mtp::test
