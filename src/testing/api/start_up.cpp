// SPDX-License-Identifier: MIT OR Apache-2.0
// What graphical clients ask for when they start, of things that this world has none of: stickers,
// reactions, themes, stories. Each answer says so. None says "not modified", since clients that
// have nothing yet would believe that they do.
#include "handler_table.hpp"

namespace mtp::MTP_ABI::testing {
namespace {

outcome<tl::AttachMenuBots> attach_menu(call_context&, tl::messages::getAttachMenuBots const&) {
  return tl::AttachMenuBots(tl::attachMenuBots{.hash = 1});
}

outcome<tl::messages::AvailableEffects> effects(call_context&,
                                                tl::messages::getAvailableEffects const&) {
  return tl::messages::AvailableEffects(tl::messages::availableEffects{.hash = 1});
}

outcome<tl::messages::StickerSet> sticker_set(call_context&, tl::messages::getStickerSet const&) {
  return refuse(400, "STICKERSET_INVALID");
}

outcome<tl::messages::AllStickers> all_stickers(call_context&,
                                                tl::messages::getAllStickers const&) {
  return tl::messages::AllStickers(tl::messages::allStickers{.hash = 1});
}

outcome<tl::account::Themes> themes(call_context&, tl::account::getChatThemes const&) {
  return tl::account::Themes(tl::account::themes{.hash = 1});
}

outcome<tl::account::WebBrowserSettings> browser_settings(
    call_context&, tl::account::getWebBrowserSettings const&) {
  tl::account::webBrowserSettings out;
  out.hash = 1;
  return tl::account::WebBrowserSettings(std::move(out));
}

outcome<tl::ReactionsNotifySettings> reaction_settings(
    call_context&, tl::account::getReactionsNotifySettings const&) {
  tl::reactionsNotifySettings out;
  out.sound = tl::notificationSoundDefault{};
  out.show_previews = true;
  return tl::ReactionsNotifySettings(std::move(out));
}

outcome<tl::DefaultHistoryTTL> history_ttl(call_context&,
                                           tl::messages::getDefaultHistoryTTL const&) {
  return tl::DefaultHistoryTTL{.period = 0};
}

outcome<tl::photos::Photos> user_photos(call_context&, tl::photos::getUserPhotos const&) {
  return tl::photos::Photos(tl::photos::photos{});
}

outcome<tl::stories::AllStories> all_stories(call_context&, tl::stories::getAllStories const&) {
  tl::stories::allStories out;
  out.stealth_mode = tl::storiesStealthMode{};
  return tl::stories::AllStories(std::move(out));
}

outcome<tl::list<tl::LangPackLanguage>> languages(call_context&,
                                                  tl::langpack::getLanguages const&) {
  return tl::list<tl::LangPackLanguage>{};
}

outcome<tl::messages::PeerSettings> peer_settings(call_context&,
                                                  tl::messages::getPeerSettings const&) {
  tl::messages::peerSettings out;
  out.settings = tl::peerSettings{};
  return tl::messages::PeerSettings(std::move(out));
}

outcome<tl::ChatOnlines> onlines(call_context&, tl::messages::getOnlines const&) {
  return tl::ChatOnlines{.onlines = 1};
}

}  // namespace

void add_start_up_handlers(handler_table& table) {
  table.on<tl::messages::getAttachMenuBots>(attach_menu);
  table.on<tl::messages::getAvailableEffects>(effects);
  table.on<tl::messages::getStickerSet>(sticker_set);
  table.on<tl::messages::getAllStickers>(all_stickers);
  table.on<tl::account::getChatThemes>(themes);
  table.on<tl::account::getWebBrowserSettings>(browser_settings);
  table.on<tl::account::getReactionsNotifySettings>(reaction_settings);
  table.on<tl::messages::getDefaultHistoryTTL>(history_ttl);
  table.on<tl::photos::getUserPhotos>(user_photos);
  table.on<tl::stories::getAllStories>(all_stories);
  table.on<tl::langpack::getLanguages>(languages, audience::anybody);
  table.on<tl::messages::getPeerSettings>(peer_settings);
  table.on<tl::messages::getOnlines>(onlines);
}

}  // namespace mtp::MTP_ABI::testing
