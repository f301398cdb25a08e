// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

// What the benchmark compares with: the same constructors, every field of them, read the usual way
// into values that own their parts (std::string, std::vector, std::unique_ptr). Types that the
// value of the benchmark does not contain are `absent`: they take their pointer's room, and meeting
// one fails the run.

#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

namespace mtp::bench::owning {

[[noreturn]] inline void broken() {
  throw std::runtime_error("the owning decoder met what it does not know");
}

class input {
 public:
  input(std::uint8_t const* data, std::size_t size) : at_(data), end_(data + size) {}

  template <class T>
  T scalar() {
    T value;
    std::memcpy(&value, take(sizeof(T)), sizeof(T));
    return value;
  }
  std::uint32_t word() { return scalar<std::uint32_t>(); }
  void expect(std::uint32_t id) {
    if (word() != id) broken();
  }
  bool done() const { return at_ == end_; }
  std::size_t left() const { return static_cast<std::size_t>(end_ - at_); }

  std::uint8_t const* take(std::size_t count) {
    if (left() < count) broken();
    auto const* const from = at_;
    at_ += count;
    return from;
  }

 private:
  std::uint8_t const* at_;
  std::uint8_t const* end_;
};

/// A type that the value does not contain.
struct absent {
  struct anything {};
  std::unique_ptr<anything> value = {};
};

inline void read(input&, absent&) { broken(); }
inline void read(input& in, std::int32_t& to) { to = in.scalar<std::int32_t>(); }
inline void read(input& in, std::int64_t& to) { to = in.scalar<std::int64_t>(); }
inline void read(input& in, double& to) { to = in.scalar<double>(); }
inline void read(input& in, std::string& to) {
  std::size_t size = *in.take(1);
  std::size_t head = 1;
  if (size == 254) {
    auto const* const wide = in.take(3);
    size = wide[0] | std::size_t{wide[1]} << 8 | std::size_t{wide[2]} << 16;
    head = 4;
  }
  to.assign(reinterpret_cast<char const*>(in.take(size)), size);
  in.take((4 - (head + size) % 4) % 4);
}
template <class T>
void read(input& in, std::vector<T>& to) {
  in.expect(0x1cb5c415);
  std::uint32_t const count = in.word();
  if (count > in.left() / 4) broken();
  to.reserve(count);
  for (std::uint32_t i = 0; i < count; ++i) read(in, to.emplace_back());
}
template <class T>
void read(input& in, std::optional<T>& to) {
  read(in, to.emplace());
}
template <class T>
void read(input& in, std::unique_ptr<T>& to) {
  to = std::make_unique<T>();
  read(in, *to);
}

struct peer_user {
  std::int64_t user_id = {};
};

inline void read(input& in, peer_user& to) { read(in, to.user_id); }

struct peer_channel {
  std::int64_t channel_id = {};
};

inline void read(input& in, peer_channel& to) { read(in, to.channel_id); }

struct any_peer {
  std::variant<std::monostate, peer_user, peer_channel> value = {};
};

inline void read(input& in, any_peer& to) {
  switch (in.word()) {
    case 0x59511722: return read(in, to.value.emplace<peer_user>());
    case 0xa2a5371e: return read(in, to.value.emplace<peer_channel>());
    default: broken();
  }
}

struct photo_stripped_size {
  std::string type = {};
  std::string bytes = {};
};

inline void read(input& in, photo_stripped_size& to) {
  read(in, to.type);
  read(in, to.bytes);
}

struct photo_size {
  std::string type = {};
  std::int32_t w = {};
  std::int32_t h = {};
  std::int32_t size = {};
};

inline void read(input& in, photo_size& to) {
  read(in, to.type);
  read(in, to.w);
  read(in, to.h);
  read(in, to.size);
}

struct photo_size_progressive {
  std::string type = {};
  std::int32_t w = {};
  std::int32_t h = {};
  std::vector<std::int32_t> sizes = {};
};

inline void read(input& in, photo_size_progressive& to) {
  read(in, to.type);
  read(in, to.w);
  read(in, to.h);
  read(in, to.sizes);
}

struct any_photo_size {
  std::variant<std::monostate, std::unique_ptr<photo_stripped_size>, std::unique_ptr<photo_size>,
               std::unique_ptr<photo_size_progressive>>
      value = {};
};

inline void read(input& in, any_photo_size& to) {
  switch (in.word()) {
    case 0xe0b0bc2e: return read(in, to.value.emplace<std::unique_ptr<photo_stripped_size>>());
    case 0x75c78e60: return read(in, to.value.emplace<std::unique_ptr<photo_size>>());
    case 0xfa3efb95: return read(in, to.value.emplace<std::unique_ptr<photo_size_progressive>>());
    default: broken();
  }
}

struct photo {
  bool has_stickers = false;
  std::int64_t id = {};
  std::int64_t access_hash = {};
  std::string file_reference = {};
  std::int32_t date = {};
  std::vector<any_photo_size> sizes = {};
  std::optional<std::vector<absent>> video_sizes = {};
  std::int32_t dc_id = {};
};

inline void read(input& in, photo& to) {
  std::uint32_t const flags = in.word();
  to.has_stickers = (flags >> 0 & 1) != 0;
  read(in, to.id);
  read(in, to.access_hash);
  read(in, to.file_reference);
  read(in, to.date);
  read(in, to.sizes);
  if (flags >> 1 & 1) read(in, to.video_sizes);
  read(in, to.dc_id);
}

struct any_photo {
  std::variant<std::monostate, std::unique_ptr<photo>> value = {};
};

inline void read(input& in, any_photo& to) {
  switch (in.word()) {
    case 0xfb197a65: return read(in, to.value.emplace<std::unique_ptr<photo>>());
    default: broken();
  }
}

struct document_attribute_video {
  bool round_message = false;
  bool supports_streaming = false;
  bool nosound = false;
  double duration = {};
  std::int32_t w = {};
  std::int32_t h = {};
  std::optional<std::int32_t> preload_prefix_size = {};
  std::optional<double> video_start_ts = {};
  std::optional<std::string> video_codec = {};
};

inline void read(input& in, document_attribute_video& to) {
  std::uint32_t const flags = in.word();
  to.round_message = (flags >> 0 & 1) != 0;
  to.supports_streaming = (flags >> 1 & 1) != 0;
  to.nosound = (flags >> 3 & 1) != 0;
  read(in, to.duration);
  read(in, to.w);
  read(in, to.h);
  if (flags >> 2 & 1) read(in, to.preload_prefix_size);
  if (flags >> 4 & 1) read(in, to.video_start_ts);
  if (flags >> 5 & 1) read(in, to.video_codec);
}

struct document_attribute_filename {
  std::string file_name = {};
};

inline void read(input& in, document_attribute_filename& to) { read(in, to.file_name); }

struct any_document_attribute {
  std::variant<std::monostate, std::unique_ptr<document_attribute_video>,
               std::unique_ptr<document_attribute_filename>>
      value = {};
};

inline void read(input& in, any_document_attribute& to) {
  switch (in.word()) {
    case 0x43c57c48: return read(in, to.value.emplace<std::unique_ptr<document_attribute_video>>());
    case 0x15590068:
      return read(in, to.value.emplace<std::unique_ptr<document_attribute_filename>>());
    default: broken();
  }
}

struct document {
  std::int64_t id = {};
  std::int64_t access_hash = {};
  std::string file_reference = {};
  std::int32_t date = {};
  std::string mime_type = {};
  std::int64_t size = {};
  std::optional<std::vector<any_photo_size>> thumbs = {};
  std::optional<std::vector<absent>> video_thumbs = {};
  std::int32_t dc_id = {};
  std::vector<any_document_attribute> attributes = {};
};

inline void read(input& in, document& to) {
  std::uint32_t const flags = in.word();
  read(in, to.id);
  read(in, to.access_hash);
  read(in, to.file_reference);
  read(in, to.date);
  read(in, to.mime_type);
  read(in, to.size);
  if (flags >> 0 & 1) read(in, to.thumbs);
  if (flags >> 1 & 1) read(in, to.video_thumbs);
  read(in, to.dc_id);
  read(in, to.attributes);
}

struct any_document {
  std::variant<std::monostate, std::unique_ptr<document>> value = {};
};

inline void read(input& in, any_document& to) {
  switch (in.word()) {
    case 0x8fd4c4d8: return read(in, to.value.emplace<std::unique_ptr<document>>());
    default: broken();
  }
}

struct message_media_photo {
  bool spoiler = false;
  bool live_photo = false;
  any_photo photo = {};
  std::optional<std::int32_t> ttl_seconds = {};
  any_document video = {};
};

inline void read(input& in, message_media_photo& to) {
  std::uint32_t const flags = in.word();
  to.spoiler = (flags >> 3 & 1) != 0;
  to.live_photo = (flags >> 4 & 1) != 0;
  if (flags >> 0 & 1) read(in, to.photo);
  if (flags >> 2 & 1) read(in, to.ttl_seconds);
  if (flags >> 4 & 1) read(in, to.video);
}

struct message_media_document {
  bool nopremium = false;
  bool spoiler = false;
  bool video = false;
  bool round = false;
  bool voice = false;
  any_document document = {};
  std::optional<std::vector<any_document>> alt_documents = {};
  any_photo video_cover = {};
  std::optional<std::int32_t> video_timestamp = {};
  std::optional<std::int32_t> ttl_seconds = {};
};

inline void read(input& in, message_media_document& to) {
  std::uint32_t const flags = in.word();
  to.nopremium = (flags >> 3 & 1) != 0;
  to.spoiler = (flags >> 4 & 1) != 0;
  to.video = (flags >> 6 & 1) != 0;
  to.round = (flags >> 7 & 1) != 0;
  to.voice = (flags >> 8 & 1) != 0;
  if (flags >> 0 & 1) read(in, to.document);
  if (flags >> 5 & 1) read(in, to.alt_documents);
  if (flags >> 9 & 1) read(in, to.video_cover);
  if (flags >> 10 & 1) read(in, to.video_timestamp);
  if (flags >> 2 & 1) read(in, to.ttl_seconds);
}

struct any_message_media {
  std::variant<std::monostate, std::unique_ptr<message_media_photo>,
               std::unique_ptr<message_media_document>>
      value = {};
};

inline void read(input& in, any_message_media& to) {
  switch (in.word()) {
    case 0xe216eb63: return read(in, to.value.emplace<std::unique_ptr<message_media_photo>>());
    case 0x52d8ccd9: return read(in, to.value.emplace<std::unique_ptr<message_media_document>>());
    default: broken();
  }
}

struct message_entity_bold {
  std::int32_t offset = {};
  std::int32_t length = {};
};

inline void read(input& in, message_entity_bold& to) {
  read(in, to.offset);
  read(in, to.length);
}

struct message_entity_text_url {
  std::int32_t offset = {};
  std::int32_t length = {};
  std::string url = {};
};

inline void read(input& in, message_entity_text_url& to) {
  read(in, to.offset);
  read(in, to.length);
  read(in, to.url);
}

struct any_message_entity {
  std::variant<std::monostate, message_entity_bold, std::unique_ptr<message_entity_text_url>>
      value = {};
};

inline void read(input& in, any_message_entity& to) {
  switch (in.word()) {
    case 0xbd610bc9: return read(in, to.value.emplace<message_entity_bold>());
    case 0x76a6d327: return read(in, to.value.emplace<std::unique_ptr<message_entity_text_url>>());
    default: broken();
  }
}

struct message_reply_header {
  bool reply_to_scheduled = false;
  bool forum_topic = false;
  bool quote = false;
  bool reply_to_ephemeral = false;
  std::optional<std::int32_t> reply_to_msg_id = {};
  any_peer reply_to_peer_id = {};
  absent reply_from = {};
  any_message_media reply_media = {};
  std::optional<std::int32_t> reply_to_top_id = {};
  std::optional<std::string> quote_text = {};
  std::optional<std::vector<any_message_entity>> quote_entities = {};
  std::optional<std::int32_t> quote_offset = {};
  std::optional<std::int32_t> todo_item_id = {};
  std::optional<std::string> poll_option = {};
  std::optional<std::vector<absent>> quote_rich = {};
};

inline void read(input& in, message_reply_header& to) {
  std::uint32_t const flags = in.word();
  to.reply_to_scheduled = (flags >> 2 & 1) != 0;
  to.forum_topic = (flags >> 3 & 1) != 0;
  to.quote = (flags >> 9 & 1) != 0;
  to.reply_to_ephemeral = (flags >> 13 & 1) != 0;
  if (flags >> 4 & 1) read(in, to.reply_to_msg_id);
  if (flags >> 0 & 1) read(in, to.reply_to_peer_id);
  if (flags >> 5 & 1) read(in, to.reply_from);
  if (flags >> 8 & 1) read(in, to.reply_media);
  if (flags >> 1 & 1) read(in, to.reply_to_top_id);
  if (flags >> 6 & 1) read(in, to.quote_text);
  if (flags >> 7 & 1) read(in, to.quote_entities);
  if (flags >> 10 & 1) read(in, to.quote_offset);
  if (flags >> 11 & 1) read(in, to.todo_item_id);
  if (flags >> 12 & 1) read(in, to.poll_option);
  if (flags >> 14 & 1) read(in, to.quote_rich);
}

struct any_message_reply_header {
  std::variant<std::monostate, std::unique_ptr<message_reply_header>> value = {};
};

inline void read(input& in, any_message_reply_header& to) {
  switch (in.word()) {
    case 0xddb5ab75: return read(in, to.value.emplace<std::unique_ptr<message_reply_header>>());
    default: broken();
  }
}

struct message {
  bool out = false;
  bool mentioned = false;
  bool media_unread = false;
  bool silent = false;
  bool post = false;
  bool from_scheduled = false;
  bool legacy = false;
  bool edit_hide = false;
  bool pinned = false;
  bool noforwards = false;
  bool invert_media = false;
  bool offline = false;
  bool video_processing_pending = false;
  bool paid_suggested_post_stars = false;
  bool paid_suggested_post_ton = false;
  std::int32_t id = {};
  any_peer from_id = {};
  std::optional<std::int32_t> from_boosts_applied = {};
  std::optional<std::string> from_rank = {};
  any_peer peer_id = {};
  any_peer saved_peer_id = {};
  absent fwd_from = {};
  std::optional<std::int64_t> via_bot_id = {};
  std::optional<std::int64_t> via_business_bot_id = {};
  any_peer guestchat_via_from = {};
  any_message_reply_header reply_to = {};
  std::int32_t date = {};
  std::string message = {};
  any_message_media media = {};
  absent reply_markup = {};
  std::optional<std::vector<any_message_entity>> entities = {};
  std::optional<std::int32_t> views = {};
  std::optional<std::int32_t> forwards = {};
  absent replies = {};
  std::optional<std::int32_t> edit_date = {};
  std::optional<std::string> post_author = {};
  std::optional<std::int64_t> grouped_id = {};
  absent reactions = {};
  std::optional<std::vector<absent>> restriction_reason = {};
  std::optional<std::int32_t> ttl_period = {};
  std::optional<std::int32_t> quick_reply_shortcut_id = {};
  std::optional<std::int64_t> effect = {};
  absent factcheck = {};
  std::optional<std::int32_t> report_delivery_until_date = {};
  std::optional<std::int64_t> paid_message_stars = {};
  absent suggested_post = {};
  std::optional<std::int32_t> schedule_repeat_period = {};
  std::optional<std::string> summary_from_language = {};
  absent rich_message = {};
};

inline void read(input& in, message& to) {
  std::uint32_t const flags = in.word();
  to.out = (flags >> 1 & 1) != 0;
  to.mentioned = (flags >> 4 & 1) != 0;
  to.media_unread = (flags >> 5 & 1) != 0;
  to.silent = (flags >> 13 & 1) != 0;
  to.post = (flags >> 14 & 1) != 0;
  to.from_scheduled = (flags >> 18 & 1) != 0;
  to.legacy = (flags >> 19 & 1) != 0;
  to.edit_hide = (flags >> 21 & 1) != 0;
  to.pinned = (flags >> 24 & 1) != 0;
  to.noforwards = (flags >> 26 & 1) != 0;
  to.invert_media = (flags >> 27 & 1) != 0;
  std::uint32_t const flags2 = in.word();
  to.offline = (flags2 >> 1 & 1) != 0;
  to.video_processing_pending = (flags2 >> 4 & 1) != 0;
  to.paid_suggested_post_stars = (flags2 >> 8 & 1) != 0;
  to.paid_suggested_post_ton = (flags2 >> 9 & 1) != 0;
  read(in, to.id);
  if (flags >> 8 & 1) read(in, to.from_id);
  if (flags >> 29 & 1) read(in, to.from_boosts_applied);
  if (flags2 >> 12 & 1) read(in, to.from_rank);
  read(in, to.peer_id);
  if (flags >> 28 & 1) read(in, to.saved_peer_id);
  if (flags >> 2 & 1) read(in, to.fwd_from);
  if (flags >> 11 & 1) read(in, to.via_bot_id);
  if (flags2 >> 0 & 1) read(in, to.via_business_bot_id);
  if (flags2 >> 19 & 1) read(in, to.guestchat_via_from);
  if (flags >> 3 & 1) read(in, to.reply_to);
  read(in, to.date);
  read(in, to.message);
  if (flags >> 9 & 1) read(in, to.media);
  if (flags >> 6 & 1) read(in, to.reply_markup);
  if (flags >> 7 & 1) read(in, to.entities);
  if (flags >> 10 & 1) read(in, to.views);
  if (flags >> 10 & 1) read(in, to.forwards);
  if (flags >> 23 & 1) read(in, to.replies);
  if (flags >> 15 & 1) read(in, to.edit_date);
  if (flags >> 16 & 1) read(in, to.post_author);
  if (flags >> 17 & 1) read(in, to.grouped_id);
  if (flags >> 20 & 1) read(in, to.reactions);
  if (flags >> 22 & 1) read(in, to.restriction_reason);
  if (flags >> 25 & 1) read(in, to.ttl_period);
  if (flags >> 30 & 1) read(in, to.quick_reply_shortcut_id);
  if (flags2 >> 2 & 1) read(in, to.effect);
  if (flags2 >> 3 & 1) read(in, to.factcheck);
  if (flags2 >> 5 & 1) read(in, to.report_delivery_until_date);
  if (flags2 >> 6 & 1) read(in, to.paid_message_stars);
  if (flags2 >> 7 & 1) read(in, to.suggested_post);
  if (flags2 >> 10 & 1) read(in, to.schedule_repeat_period);
  if (flags2 >> 11 & 1) read(in, to.summary_from_language);
  if (flags2 >> 13 & 1) read(in, to.rich_message);
}

struct any_message {
  std::variant<std::monostate, std::unique_ptr<message>> value = {};
};

inline void read(input& in, any_message& to) {
  switch (in.word()) {
    case 0x7600b9d3: return read(in, to.value.emplace<std::unique_ptr<message>>());
    default: broken();
  }
}

struct chat_photo_empty {};

inline void read(input&, chat_photo_empty&) {}

struct any_chat_photo {
  std::variant<std::monostate, chat_photo_empty> value = {};
};

inline void read(input& in, any_chat_photo& to) {
  switch (in.word()) {
    case 0x37c1011c: return read(in, to.value.emplace<chat_photo_empty>());
    default: broken();
  }
}

struct channel {
  bool creator = false;
  bool left = false;
  bool broadcast = false;
  bool verified = false;
  bool megagroup = false;
  bool restricted = false;
  bool signatures = false;
  bool min = false;
  bool scam = false;
  bool has_link = false;
  bool has_geo = false;
  bool slowmode_enabled = false;
  bool call_active = false;
  bool call_not_empty = false;
  bool fake = false;
  bool gigagroup = false;
  bool noforwards = false;
  bool join_to_send = false;
  bool join_request = false;
  bool forum = false;
  bool stories_hidden = false;
  bool stories_hidden_min = false;
  bool stories_unavailable = false;
  bool signature_profiles = false;
  bool autotranslation = false;
  bool broadcast_messages_allowed = false;
  bool monoforum = false;
  bool forum_tabs = false;
  bool in_news = false;
  std::int64_t id = {};
  std::optional<std::int64_t> access_hash = {};
  std::string title = {};
  std::optional<std::string> username = {};
  any_chat_photo photo = {};
  std::int32_t date = {};
  std::optional<std::vector<absent>> restriction_reason = {};
  absent admin_rights = {};
  absent banned_rights = {};
  absent default_banned_rights = {};
  std::optional<std::int32_t> participants_count = {};
  std::optional<std::vector<absent>> usernames = {};
  absent stories_max_id = {};
  absent color = {};
  absent profile_color = {};
  absent emoji_status = {};
  std::optional<std::int32_t> level = {};
  std::optional<std::int32_t> subscription_until_date = {};
  std::optional<std::int64_t> bot_verification_icon = {};
  std::optional<std::int64_t> send_paid_messages_stars = {};
  std::optional<std::int64_t> linked_monoforum_id = {};
  std::optional<std::int64_t> linked_community_id = {};
  std::optional<std::int32_t> pinned_msg_id = {};
};

inline void read(input& in, channel& to) {
  std::uint32_t const flags = in.word();
  to.creator = (flags >> 0 & 1) != 0;
  to.left = (flags >> 2 & 1) != 0;
  to.broadcast = (flags >> 5 & 1) != 0;
  to.verified = (flags >> 7 & 1) != 0;
  to.megagroup = (flags >> 8 & 1) != 0;
  to.restricted = (flags >> 9 & 1) != 0;
  to.signatures = (flags >> 11 & 1) != 0;
  to.min = (flags >> 12 & 1) != 0;
  to.scam = (flags >> 19 & 1) != 0;
  to.has_link = (flags >> 20 & 1) != 0;
  to.has_geo = (flags >> 21 & 1) != 0;
  to.slowmode_enabled = (flags >> 22 & 1) != 0;
  to.call_active = (flags >> 23 & 1) != 0;
  to.call_not_empty = (flags >> 24 & 1) != 0;
  to.fake = (flags >> 25 & 1) != 0;
  to.gigagroup = (flags >> 26 & 1) != 0;
  to.noforwards = (flags >> 27 & 1) != 0;
  to.join_to_send = (flags >> 28 & 1) != 0;
  to.join_request = (flags >> 29 & 1) != 0;
  to.forum = (flags >> 30 & 1) != 0;
  std::uint32_t const flags2 = in.word();
  to.stories_hidden = (flags2 >> 1 & 1) != 0;
  to.stories_hidden_min = (flags2 >> 2 & 1) != 0;
  to.stories_unavailable = (flags2 >> 3 & 1) != 0;
  to.signature_profiles = (flags2 >> 12 & 1) != 0;
  to.autotranslation = (flags2 >> 15 & 1) != 0;
  to.broadcast_messages_allowed = (flags2 >> 16 & 1) != 0;
  to.monoforum = (flags2 >> 17 & 1) != 0;
  to.forum_tabs = (flags2 >> 19 & 1) != 0;
  to.in_news = (flags2 >> 21 & 1) != 0;
  read(in, to.id);
  if (flags >> 13 & 1) read(in, to.access_hash);
  read(in, to.title);
  if (flags >> 6 & 1) read(in, to.username);
  read(in, to.photo);
  read(in, to.date);
  if (flags >> 9 & 1) read(in, to.restriction_reason);
  if (flags >> 14 & 1) read(in, to.admin_rights);
  if (flags >> 15 & 1) read(in, to.banned_rights);
  if (flags >> 18 & 1) read(in, to.default_banned_rights);
  if (flags >> 17 & 1) read(in, to.participants_count);
  if (flags2 >> 0 & 1) read(in, to.usernames);
  if (flags2 >> 4 & 1) read(in, to.stories_max_id);
  if (flags2 >> 7 & 1) read(in, to.color);
  if (flags2 >> 8 & 1) read(in, to.profile_color);
  if (flags2 >> 9 & 1) read(in, to.emoji_status);
  if (flags2 >> 10 & 1) read(in, to.level);
  if (flags2 >> 11 & 1) read(in, to.subscription_until_date);
  if (flags2 >> 13 & 1) read(in, to.bot_verification_icon);
  if (flags2 >> 14 & 1) read(in, to.send_paid_messages_stars);
  if (flags2 >> 18 & 1) read(in, to.linked_monoforum_id);
  if (flags2 >> 20 & 1) read(in, to.linked_community_id);
  if (flags2 >> 22 & 1) read(in, to.pinned_msg_id);
}

struct any_chat {
  std::variant<std::monostate, std::unique_ptr<channel>> value = {};
};

inline void read(input& in, any_chat& to) {
  switch (in.word()) {
    case 0x7ad15240: return read(in, to.value.emplace<std::unique_ptr<channel>>());
    default: broken();
  }
}

struct user_profile_photo {
  bool has_video = false;
  bool personal = false;
  std::int64_t photo_id = {};
  std::optional<std::string> stripped_thumb = {};
  std::int32_t dc_id = {};
};

inline void read(input& in, user_profile_photo& to) {
  std::uint32_t const flags = in.word();
  to.has_video = (flags >> 0 & 1) != 0;
  to.personal = (flags >> 2 & 1) != 0;
  read(in, to.photo_id);
  if (flags >> 1 & 1) read(in, to.stripped_thumb);
  read(in, to.dc_id);
}

struct any_user_profile_photo {
  std::variant<std::monostate, std::unique_ptr<user_profile_photo>> value = {};
};

inline void read(input& in, any_user_profile_photo& to) {
  switch (in.word()) {
    case 0x82d1f706: return read(in, to.value.emplace<std::unique_ptr<user_profile_photo>>());
    default: broken();
  }
}

struct user_status_offline {
  std::int32_t was_online = {};
};

inline void read(input& in, user_status_offline& to) { read(in, to.was_online); }

struct any_user_status {
  std::variant<std::monostate, user_status_offline> value = {};
};

inline void read(input& in, any_user_status& to) {
  switch (in.word()) {
    case 0x008c703f: return read(in, to.value.emplace<user_status_offline>());
    default: broken();
  }
}

struct user {
  bool self = false;
  bool contact = false;
  bool mutual_contact = false;
  bool deleted = false;
  bool bot = false;
  bool bot_chat_history = false;
  bool bot_nochats = false;
  bool verified = false;
  bool restricted = false;
  bool min = false;
  bool bot_inline_geo = false;
  bool support = false;
  bool scam = false;
  bool apply_min_photo = false;
  bool fake = false;
  bool bot_attach_menu = false;
  bool premium = false;
  bool attach_menu_enabled = false;
  bool bot_can_edit = false;
  bool close_friend = false;
  bool stories_hidden = false;
  bool stories_unavailable = false;
  bool contact_require_premium = false;
  bool bot_business = false;
  bool bot_has_main_app = false;
  bool bot_forum_view = false;
  bool bot_forum_can_manage_topics = false;
  bool bot_can_manage_bots = false;
  bool bot_guestchat = false;
  bool bot_guard = false;
  std::int64_t id = {};
  std::optional<std::int64_t> access_hash = {};
  std::optional<std::string> first_name = {};
  std::optional<std::string> last_name = {};
  std::optional<std::string> username = {};
  std::optional<std::string> phone = {};
  any_user_profile_photo photo = {};
  any_user_status status = {};
  std::optional<std::int32_t> bot_info_version = {};
  std::optional<std::vector<absent>> restriction_reason = {};
  std::optional<std::string> bot_inline_placeholder = {};
  std::optional<std::string> lang_code = {};
  absent emoji_status = {};
  std::optional<std::vector<absent>> usernames = {};
  absent stories_max_id = {};
  absent color = {};
  absent profile_color = {};
  std::optional<std::int32_t> bot_active_users = {};
  std::optional<std::int64_t> bot_verification_icon = {};
  std::optional<std::int64_t> send_paid_messages_stars = {};
  std::optional<std::int64_t> linked_community_id = {};
};

inline void read(input& in, user& to) {
  std::uint32_t const flags = in.word();
  to.self = (flags >> 10 & 1) != 0;
  to.contact = (flags >> 11 & 1) != 0;
  to.mutual_contact = (flags >> 12 & 1) != 0;
  to.deleted = (flags >> 13 & 1) != 0;
  to.bot = (flags >> 14 & 1) != 0;
  to.bot_chat_history = (flags >> 15 & 1) != 0;
  to.bot_nochats = (flags >> 16 & 1) != 0;
  to.verified = (flags >> 17 & 1) != 0;
  to.restricted = (flags >> 18 & 1) != 0;
  to.min = (flags >> 20 & 1) != 0;
  to.bot_inline_geo = (flags >> 21 & 1) != 0;
  to.support = (flags >> 23 & 1) != 0;
  to.scam = (flags >> 24 & 1) != 0;
  to.apply_min_photo = (flags >> 25 & 1) != 0;
  to.fake = (flags >> 26 & 1) != 0;
  to.bot_attach_menu = (flags >> 27 & 1) != 0;
  to.premium = (flags >> 28 & 1) != 0;
  to.attach_menu_enabled = (flags >> 29 & 1) != 0;
  std::uint32_t const flags2 = in.word();
  to.bot_can_edit = (flags2 >> 1 & 1) != 0;
  to.close_friend = (flags2 >> 2 & 1) != 0;
  to.stories_hidden = (flags2 >> 3 & 1) != 0;
  to.stories_unavailable = (flags2 >> 4 & 1) != 0;
  to.contact_require_premium = (flags2 >> 10 & 1) != 0;
  to.bot_business = (flags2 >> 11 & 1) != 0;
  to.bot_has_main_app = (flags2 >> 13 & 1) != 0;
  to.bot_forum_view = (flags2 >> 16 & 1) != 0;
  to.bot_forum_can_manage_topics = (flags2 >> 17 & 1) != 0;
  to.bot_can_manage_bots = (flags2 >> 18 & 1) != 0;
  to.bot_guestchat = (flags2 >> 19 & 1) != 0;
  to.bot_guard = (flags2 >> 20 & 1) != 0;
  read(in, to.id);
  if (flags >> 0 & 1) read(in, to.access_hash);
  if (flags >> 1 & 1) read(in, to.first_name);
  if (flags >> 2 & 1) read(in, to.last_name);
  if (flags >> 3 & 1) read(in, to.username);
  if (flags >> 4 & 1) read(in, to.phone);
  if (flags >> 5 & 1) read(in, to.photo);
  if (flags >> 6 & 1) read(in, to.status);
  if (flags >> 14 & 1) read(in, to.bot_info_version);
  if (flags >> 18 & 1) read(in, to.restriction_reason);
  if (flags >> 19 & 1) read(in, to.bot_inline_placeholder);
  if (flags >> 22 & 1) read(in, to.lang_code);
  if (flags >> 30 & 1) read(in, to.emoji_status);
  if (flags2 >> 0 & 1) read(in, to.usernames);
  if (flags2 >> 5 & 1) read(in, to.stories_max_id);
  if (flags2 >> 8 & 1) read(in, to.color);
  if (flags2 >> 9 & 1) read(in, to.profile_color);
  if (flags2 >> 12 & 1) read(in, to.bot_active_users);
  if (flags2 >> 14 & 1) read(in, to.bot_verification_icon);
  if (flags2 >> 15 & 1) read(in, to.send_paid_messages_stars);
  if (flags2 >> 21 & 1) read(in, to.linked_community_id);
}

struct any_user {
  std::variant<std::monostate, std::unique_ptr<user>> value = {};
};

inline void read(input& in, any_user& to) {
  switch (in.word()) {
    case 0xb1b8cc83: return read(in, to.value.emplace<std::unique_ptr<user>>());
    default: broken();
  }
}

struct channel_messages {
  bool inexact = false;
  std::int32_t pts = {};
  std::int32_t count = {};
  std::optional<std::int32_t> offset_id_offset = {};
  std::vector<any_message> messages = {};
  std::vector<absent> topics = {};
  std::vector<any_chat> chats = {};
  std::vector<any_user> users = {};
};

inline void read(input& in, channel_messages& to) {
  std::uint32_t const flags = in.word();
  to.inexact = (flags >> 1 & 1) != 0;
  read(in, to.pts);
  read(in, to.count);
  if (flags >> 2 & 1) read(in, to.offset_id_offset);
  read(in, to.messages);
  read(in, to.topics);
  read(in, to.chats);
  read(in, to.users);
}

struct any_messages {
  std::variant<std::monostate, std::unique_ptr<channel_messages>> value = {};
};

inline void read(input& in, any_messages& to) {
  switch (in.word()) {
    case 0xc776ba4e: return read(in, to.value.emplace<std::unique_ptr<channel_messages>>());
    default: broken();
  }
}

/// The whole value, owned.
inline any_messages decode(std::uint8_t const* data, std::size_t size) {
  input in(data, size);
  any_messages value;
  read(in, value);
  if (!in.done()) broken();
  return value;
}

}  // namespace mtp::bench::owning
