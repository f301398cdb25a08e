// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/task.hpp>
#include <mtp/methods/pager.hpp>
#include <mtp/methods/typing_guard.hpp>
#include <mtp/types/acting_options.hpp>
#include <mtp/types/album_part.hpp>
#include <mtp/types/media.hpp>
#include <mtp/types/message.hpp>
#include <mtp/types/peer_ref.hpp>
#include <mtp/types/send_message_options.hpp>
#include <mtp/types/text_ref.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mtp::MTP_ABI {

namespace detail {
class client_core;
}

/// Messages of conversations: sending and reading them. Made by client::messages().
///
/// Lifetime: keeps what the client is made of, not its connection. Threads: as client.
class MTP_API message_methods {
 public:
  explicit message_methods(std::shared_ptr<detail::client_core> client);

  // --- Sending

  /// Sends `text` to `peer` and returns the message as the server stored it
  /// (https://core.telegram.org/method/messages.sendMessage). One that goes later is returned as it
  /// waits, under the id that it has among those.
  ///
  /// Lifetime: copies all it needs before it first suspends. Cancellation: terminal; after the
  /// request was written the message may still appear. Errors: rpc_error and its kinds;
  /// unknown_peer for an id that was never met, or what is no username; bad_argument when
  /// `options.random_id` is 0 or options contradict each other; sent_but_unknown; client_closed.
  task<message> send(peer_ref peer, text_ref text, send_message_options options = {}) const;

  /// Sends what mtp::media makes, with a caption
  /// (https://core.telegram.org/method/messages.sendMedia).
  ///
  /// Lifetime, Cancellation: as send(). Errors: those of send(), and as MEDIA_INVALID.
  task<message> send_media(peer_ref peer, tl::InputMedia const& media,
                           std::string_view caption = {}, send_message_options options = {}) const;
  /// Sends photos, videos, music or files together, and returns all messages in their order
  /// (https://core.telegram.org/method/messages.sendMultiMedia). Each is uploaded first. Ten at
  /// most are one album, and neighbours of one kind: photos with videos, music, files; what stands
  /// alone, a voice for instance, is a message of its own between.
  ///
  /// Lifetime: as send(). Cancellation: terminal; some albums may have gone. Errors: those of
  /// send(); bad_argument when there are no parts, or for a random_id.
  task<std::vector<message>> send_album(peer_ref peer, std::span<album_part const> parts,
                                        send_message_options options = {}) const;

  /// Forwards messages of `from` to `to`, in the order given, and returns the new ones: those that
  /// are not there any more are missing
  /// (https://core.telegram.org/method/messages.forwardMessages). More than a hundred go in several
  /// requests. Albums stay together within one.
  ///
  /// Lifetime, Cancellation: as send(). Errors: those of send(); bad_argument when there are no
  /// ids, or one is not positive.
  task<std::vector<message>> forward(peer_ref to, peer_ref from, std::span<std::int32_t const> ids,
                                     forward_options options = {}) const;
  /// The same for one message.
  ///
  /// Lifetime, Cancellation, Errors: as the longer form.
  task<message> forward(peer_ref to, peer_ref from, std::int32_t id,
                        forward_options options = {}) const;
  /// Forwards without saying where from.
  ///
  /// Lifetime, Cancellation, Errors: as forward().
  task<message> copy(peer_ref to, peer_ref from, std::int32_t id,
                     forward_options options = {}) const;
  /// Shows in a conversation that one is typing, until the guard ends
  /// (https://core.telegram.org/method/messages.setTyping).
  ///
  /// Lifetime: copies all it needs before it first suspends. Cancellation: terminal; nothing goes
  /// on then. Errors: rpc_error and its kinds; unknown_peer; client_closed. Later refusals end it.
  task<typing_guard> type_in(peer_ref peer, typing_kind kind = typing_kind::text) const;

  // --- Changing what was sent

  /// Replaces the text of a message, or the caption of its media, and returns it as it is now
  /// (https://core.telegram.org/method/messages.editMessage).
  ///
  /// Lifetime: copies all it needs before it first suspends. Cancellation: terminal; the edit may
  /// happen nevertheless. Errors: rpc_error and its kinds, as MESSAGE_NOT_MODIFIED;
  /// unknown_peer, as send(); bad_argument when `id` is not positive; client_closed.
  task<message> edit(peer_ref peer, std::int32_t id, text_ref text,
                     edit_message_options options = {}) const;
  /// Replaces the keyboard alone; an empty one takes it away.
  ///
  /// Lifetime, Cancellation, Errors: as edit().
  task<message> edit_keyboard(peer_ref peer, std::int32_t id, keyboard_ref keyboard) const;
  /// Replaces the media; `text` is the new caption, which stays as it was without one.
  ///
  /// Lifetime, Cancellation, Errors: as edit().
  task<message> edit_media(peer_ref peer, std::int32_t id, tl::InputMedia const& media,
                           std::optional<std::string> text = {},
                           edit_message_options options = {}) const;
  /// Deletes messages and returns which there were
  /// (https://core.telegram.org/method/messages.deleteMessages). Those of other conversations stay,
  /// whose numbers are of the same row.
  ///
  /// Lifetime: copies all it needs before it first suspends. Cancellation: terminal; some may be
  /// gone. Errors: rpc_error and its kinds; unknown_peer; bad_argument when there are no ids, or
  /// one is not positive; client_closed.
  task<std::vector<std::int32_t>> remove(peer_ref peer, std::span<std::int32_t const> ids,
                                         delete_options options = {}) const;
  /// The same for one message; false when it was not there.
  ///
  /// Lifetime, Cancellation, Errors: as the longer form.
  task<bool> remove(peer_ref peer, std::int32_t id, delete_options options = {}) const;
  /// Pins a message (https://core.telegram.org/method/messages.updatePinnedMessage).
  ///
  /// Lifetime: copies all it needs before it first suspends. Cancellation: terminal; it may be
  /// pinned nevertheless. Errors: rpc_error and its kinds, as CHAT_ADMIN_REQUIRED; unknown_peer;
  /// bad_argument when `id` is not positive; client_closed.
  task<> pin(peer_ref peer, std::int32_t id, pin_options options = {}) const;
  /// Takes the pin away. Lifetime, Cancellation, Errors: as pin().
  task<> unpin(peer_ref peer, std::int32_t id) const;
  /// Takes all pins of a conversation away, or of one of its topics
  /// (https://core.telegram.org/method/messages.unpinAllMessages).
  ///
  /// Lifetime, Cancellation, Errors: as pin().
  task<> unpin_all(peer_ref peer, std::optional<std::int32_t> topic = {}) const;

  // --- Reading

  /// The message with that number, empty when it is not there
  /// (https://core.telegram.org/method/messages.getMessages).
  ///
  /// Lifetime: copies all it needs before it first suspends. Cancellation: terminal. Errors:
  /// rpc_error and its kinds; unknown_peer; bad_argument when an id is not positive, or when there
  /// is none; client_closed.
  task<std::optional<message>> get(peer_ref peer, std::int32_t id) const;
  /// Those of `ids` that are there, in their order. Messages about the conversation itself are left
  /// out.
  ///
  /// Lifetime, Cancellation, Errors: as the shorter form.
  task<std::vector<message>> get(peer_ref peer, std::span<std::int32_t const> ids) const;

  /// The last `limit` messages of a conversation, the newest first
  /// (https://core.telegram.org/method/messages.getHistory). Those about the conversation itself
  /// (somebody joined, ...) are left out.
  ///
  /// Lifetime: copies all it needs before it first suspends. Cancellation: terminal. Errors:
  /// rpc_error and its kinds; unknown_peer, as send(); bad_argument when `limit` is not between 1
  /// and max_history; client_closed.
  task<std::vector<message>> get_history(peer_ref peer, int limit) const;
  /// The same as a list without end, page after page.
  ///
  /// Lifetime: copies all it needs before it returns. Errors: none; next() has those.
  pager<message> history(peer_ref peer, history_options options = {}) const;
  /// What a conversation has of a text, or of a kind of media
  /// (https://core.telegram.org/method/messages.search).
  ///
  /// Lifetime: copies all it needs before it returns. Errors: none; next() has those.
  pager<message> search(peer_ref peer, std::string_view text, search_options options = {}) const;
  /// What is pinned in a conversation.
  ///
  /// Lifetime: copies all it needs before it returns. Errors: none; next() has those.
  pager<message> pinned(peer_ref peer) const;

  /// The messages of the album that message `id` of a conversation is a part of, in order, with
  /// every caption; that message alone when it is of none, nothing when it is not there
  /// (https://core.telegram.org/method/messages.getMessages). Bots may ask, too. Parts that are
  /// farther apart than 49 numbers are not found.
  ///
  /// Lifetime: copies all it needs before it first suspends. Cancellation: terminal. Errors:
  /// rpc_error and its kinds; unknown_peer, as send(); bad_argument when `id` is not positive;
  /// client_closed.
  task<std::vector<message>> get_album(peer_ref peer, std::int32_t id) const;
  /// Marks a conversation as read, up to a message or all of it
  /// (https://core.telegram.org/method/messages.readHistory, /channels.readHistory).
  ///
  /// Lifetime: copies all it needs before it first suspends. Cancellation: terminal; it may be read
  /// nevertheless. Errors: rpc_error and its kinds; unknown_peer; client_closed.
  task<> mark_read(peer_ref peer, std::int32_t up_to = 0) const;

  static constexpr int max_history = 100;

 private:
  std::shared_ptr<detail::client_core> client_;
};

}  // namespace mtp::MTP_ABI
