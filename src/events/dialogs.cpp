// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/events/dialogs.hpp>

#include "events/fields.hpp"

#include <mtp/tl/types/DialogFilter.hpp>
#include <mtp/tl/types/DialogPeer.hpp>
#include <mtp/tl/types/DraftMessage.hpp>
#include <mtp/tl/types/FolderPeer.hpp>
#include <mtp/tl/types/InputMedia.hpp>
#include <mtp/tl/types/InputReplyTo.hpp>
#include <mtp/tl/types/NotifyPeer.hpp>
#include <mtp/tl/types/Peer.hpp>
#include <mtp/tl/types/PeerNotifySettings.hpp>
#include <mtp/tl/types/Update.hpp>

namespace mtp::MTP_ABI {

namespace {

tl::draftMessage const* written(tl::DraftMessage const& draft) {
  return draft.get_if<tl::draftMessage>();
}

}  // namespace

peer_id draft_change::chat() const { return detail::chat_in(*raw()).value_or(peer_id{}); }

std::optional<std::int32_t> draft_change::thread() const {
  return detail::copy_of(raw()->top_msg_id());
}

bool draft_change::cleared() const { return !written(draft()); }

std::string_view draft_change::text() const {
  auto const* some = written(draft());
  return some ? some->message.view() : std::string_view();
}

tl::DraftMessage const& draft_change::draft() const { return as<tl::updateDraftMessage>()->draft; }

std::optional<peer_id> dialog_pinned::chat() const { return detail::dialog_in(*raw()); }

bool dialog_pinned::pinned() const { return raw()->pinned(); }

bool dialog_pinned::saved() const { return raw()->holds<tl::updateSavedDialogPinned>(); }

std::optional<std::int32_t> dialog_pinned::folder() const {
  return detail::copy_of(raw()->folder_id());
}

tl::list<tl::DialogPeer> const* pinned_dialogs::order() const {
  return detail::pinned_order(*raw());
}

bool pinned_dialogs::saved() const { return raw()->holds<tl::updatePinnedSavedDialogs>(); }

std::optional<std::int32_t> pinned_dialogs::folder() const {
  return detail::copy_of(raw()->folder_id());
}

std::optional<peer_id> dialog_unread_mark::chat() const { return detail::dialog_in(*raw()); }

bool dialog_unread_mark::unread() const { return as<tl::updateDialogUnreadMark>()->unread; }

tl::list<tl::folderPeer> const& folder_change::moved() const {
  return as<tl::updateFolderPeers>()->folder_peers;
}

std::optional<std::int32_t> chat_folders_change::id() const {
  auto const* u = as<tl::updateDialogFilter>();
  return u ? std::optional(u->id) : std::nullopt;
}

tl::DialogFilter const* chat_folders_change::folder() const {
  auto const* u = as<tl::updateDialogFilter>();
  return u ? detail::if_set(u->filter) : nullptr;
}

tl::list<std::int32_t> const* chat_folders_change::order() const {
  auto const* u = as<tl::updateDialogFilterOrder>();
  return u ? &u->order : nullptr;
}

peer_id pinned_topics::chat() const { return detail::chat_in(*raw()).value_or(peer_id{}); }

std::optional<std::int32_t> pinned_topics::topic() const {
  auto const* u = as<tl::updatePinnedForumTopic>();
  return u ? std::optional(u->topic_id) : std::nullopt;
}

bool pinned_topics::pinned() const { return raw()->pinned(); }

tl::list<std::int32_t> const* pinned_topics::order() const {
  auto const* u = as<tl::updatePinnedForumTopics>();
  return u ? detail::if_set(u->order) : nullptr;
}

std::optional<peer_id> notification_settings::chat() const { return detail::notified_in(*raw()); }

tl::NotifyPeer const& notification_settings::scope() const {
  return as<tl::updateNotifySettings>()->peer;
}

tl::peerNotifySettings const& notification_settings::settings() const {
  return as<tl::updateNotifySettings>()->notify_settings;
}

}  // namespace mtp::MTP_ABI
