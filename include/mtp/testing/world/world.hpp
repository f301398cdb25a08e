// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/testing/world/callback_queries.hpp>
#include <mtp/testing/world/channels.hpp>
#include <mtp/testing/world/event.hpp>
#include <mtp/testing/world/fault.hpp>
#include <mtp/testing/world/file_store.hpp>
#include <mtp/testing/world/groups.hpp>
#include <mtp/testing/world/login_rules.hpp>
#include <mtp/testing/world/login_tokens.hpp>
#include <mtp/testing/world/logins.hpp>
#include <mtp/testing/world/mailbox.hpp>
#include <mtp/testing/world/number_changes.hpp>
#include <mtp/testing/world/passkeys.hpp>
#include <mtp/testing/world/passwords.hpp>
#include <mtp/testing/world/people.hpp>
#include <mtp/testing/world/recaptchas.hpp>
#include <mtp/testing/world/schedules.hpp>
#include <mtp/testing/world/takeouts.hpp>
#include <mtp/testing/world/web_sites.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace mtp::MTP_ABI::testing {

/// What became of a sent message, for its author.
struct sent_message {
  std::int32_t id = 0;
  std::int32_t pts = 0;
  bool repeated = false;  ///< the same random_id was here before; nothing was sent now
};

/// What a deletion or a reading did to the account's state.
struct affected {
  std::int32_t pts = 0;
  std::int32_t pts_count = 0;
};

/// What becomes of a pin.
struct pin_change {
  bool pinned = true;
  bool for_all = true;
};

/// What whoever signs up has to agree to.
struct terms_of_service {
  std::string id = {};
  std::string text = {};
  bool popup = false;
  std::int32_t min_age = 0;  ///< 0 for any
};

/// A page of the web, of which messages that name it show something.
struct web_page {
  std::string title = {};
  std::string description = {};
};

struct world_options {
  /// Decides access hashes and file ids: the same seed gives the same ones after a restart.
  std::uint64_t seed = 0x6d74702d74657374;
  /// Refuse an access hash of 0 from people too, as real servers do; bots may always give 0.
  bool strict_access_hashes = false;
  login_rules log_ins = {};
  std::optional<terms_of_service> terms = {};
  std::map<std::string, web_page> pages = {};  ///< by address
};

/// The small world that a test data centre serves: people and bots, groups, messages, files.
///
/// Decides; performs no I/O, reads no clock. `now` is in seconds since 1970. Everything that an
/// account's clients must hear of collects until take_events() fetches it.
/// Threads: not thread-safe.
class MTP_API world {
 public:
  explicit world(world_options options = {});

  people& everybody() { return people_; }
  people const& everybody() const { return people_; }
  groups& all_groups() { return groups_; }
  groups const& all_groups() const { return groups_; }
  channels& all_channels() { return channels_; }
  channels const& all_channels() const { return channels_; }
  file_store& files() { return files_; }
  file_store const& files() const { return files_; }
  logins& sign_ins() { return logins_; }
  passwords& all_passwords() { return passwords_; }
  passkeys& all_passkeys() { return passkeys_; }
  number_changes& moves() { return moves_; }
  qr_logins& qr_sign_ins() { return qr_logins_; }
  callback_queries& callbacks() { return callbacks_; }
  logout_tokens& sign_outs() { return logout_tokens_; }
  recaptchas& all_recaptchas() { return recaptchas_; }
  takeouts& exports() { return takeouts_; }
  web_sites& sites() { return web_sites_; }
  schedules& later() { return schedules_; }
  /// What an account has begun to write, by conversation: DraftMessage, encoded.
  std::map<peer, bytes>& drafts_of(std::int64_t account) { return drafts_[account]; }
  /// The reactions that an account gave last: Reaction, encoded, the newest first.
  std::vector<bytes>& recent_reactions_of(std::int64_t account) { return recent_[account]; }
  world_options const& options() const { return options_; }
  world_options& options() { return options_; }

  /// The account's messages and state; made when first asked for.
  mailbox& box(std::int64_t account);

  /// Sends a message; every member of the conversation gets a copy, and those of a channel hear of
  /// the one that it has.
  ///
  /// Errors: PEER_ID_INVALID, CHANNEL_INVALID, CHAT_WRITE_FORBIDDEN (403), MESSAGE_EMPTY,
  /// MESSAGE_TOO_LONG.
  outcome<sent_message> send(outgoing_message message, std::int32_t now);

  /// Sends what was to go until now.
  void send_due(std::int32_t now);

  /// Lets somebody write plain text, as a person in front of a client would.
  ///
  /// Errors: as the longer form.
  outcome<sent_message> send(std::int64_t from, peer to, std::string text, std::int32_t now);

  /// Replaces text, entities, keyboard and media of a message for everybody who has it.
  ///
  /// Errors: MESSAGE_ID_INVALID, MESSAGE_AUTHOR_REQUIRED (403), MESSAGE_NOT_MODIFIED,
  /// MESSAGE_EMPTY, MESSAGE_TOO_LONG.
  outcome<> edit(std::int64_t account, std::int32_t id, message_content changed, std::int32_t now);

  /// Deletes messages for the account, and for everybody with `revoke`.
  affected remove(std::int64_t account, std::vector<std::int32_t> const& ids, bool revoke,
                  std::int32_t now);

  /// Marks a conversation as read up to `max_id`; those who wrote hear of it.
  affected read(std::int64_t account, peer where, std::int32_t max_id, std::int32_t now);

  /// Tells the others in a conversation what the account is doing.
  void act(std::int64_t account, peer where, bytes action, std::int32_t now);

  /// The access hash by which `viewer` may name the channel. Never 0.
  std::int64_t channel_hash(std::int64_t viewer, std::int64_t channel) const {
    return people_.access_hash(viewer, -channel);  // no user has such a number
  }

  /// Replaces the text of a message of a channel.
  ///
  /// Errors: MESSAGE_ID_INVALID.
  outcome<> edit_post(std::int64_t channel, std::int32_t post, std::string text, std::int32_t now);

  /// Replaces what may be edited of a message of a channel. Who may do so is the caller's matter.
  ///
  /// Errors: as edit().
  outcome<> edit_post(std::int64_t channel, std::int32_t post, message_content changed,
                      std::int32_t now);

  /// Deletes messages of a channel. Returns how many there were.
  std::int32_t remove_posts(std::int64_t channel, std::vector<std::int32_t> const& posts,
                            std::int32_t now);

  /// Pins messages, or takes their pins away: for everybody there, or for the account alone. The
  /// numbers are the account's, or the channel's. Returns how many changed.
  std::int32_t pin(std::int64_t account, peer where, std::vector<std::int32_t> const& ids,
                   pin_change how, std::int32_t now);
  /// The pinned ones of a conversation, as the account numbers them, the newest first.
  std::vector<std::int32_t> pinned_in(std::int64_t account, peer where);

  /// Has everybody who has a copy see it anew, without calling it edited.
  void show_again(std::int64_t account, peer where, std::int32_t id, std::int32_t now);

  /// A message where it is kept, as the account sees it; empty when it is not there.
  std::optional<message_copy> find_message(std::int64_t account, peer where, std::int32_t id);

  /// The accounts that take part in the conversation, the account itself first.
  std::vector<std::int64_t> audience(std::int64_t account, peer where) const;

  /// Whether the account may write there: refuses as send() does.
  outcome<> may_write(std::int64_t account, peer where) const;

  /// What happened since the last call, oldest first for each account.
  std::vector<account_event> take_events();

  static constexpr std::size_t max_text = 4096;     ///< characters, `config.message_length_max`
  static constexpr std::size_t max_caption = 1024;  ///< `config.caption_length_max`

 private:
  outcome<> check_text(message_content const& content) const;
  outcome<> take_over(message_content& content, message_content changed, std::int32_t now) const;
  sent_message hand_out(outgoing_message const& message,
                        std::shared_ptr<message_content> const& content, std::int32_t now);
  sent_message post(channel& where, std::int32_t answers, std::shared_ptr<message_content> content,
                    std::int32_t now);
  void log_change(channel& where, event_kind what, std::int32_t now);
  static peer seen_by(std::int64_t account, std::int64_t from, peer to);

  world_options options_;
  people people_;
  groups groups_;
  channels channels_;
  file_store files_;
  logins logins_;
  passwords passwords_;
  passkeys passkeys_;
  number_changes moves_;
  qr_logins qr_logins_;
  logout_tokens logout_tokens_;
  callback_queries callbacks_;
  recaptchas recaptchas_;
  takeouts takeouts_;
  web_sites web_sites_;
  schedules schedules_;
  std::map<std::int64_t, std::map<peer, bytes>> drafts_;
  std::map<std::int64_t, std::vector<bytes>> recent_;
  std::map<std::int64_t, mailbox> boxes_;
  std::map<std::pair<std::int64_t, std::int64_t>, sent_message> by_random_id_;
  std::int64_t last_uid_ = 0;
};

/// The world of the program without `--world`: echo_bot, alice, bob, and a group of theirs.
MTP_API world default_world(std::int32_t now);

/// Counts characters as the API does: code points of well-formed UTF-8; empty when it is not.
MTP_API std::optional<std::size_t> count_characters(std::string_view text);

}  // namespace mtp::MTP_ABI::testing
