// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/tl/api.hpp>

#include <string>

namespace mtp::bench {

namespace detail {

inline std::string text_of(char const* before, int number) {
  return before + std::to_string(number);
}

inline tl::bytes run_of(std::size_t count, char filler) {
  return tl::bytes(std::string(count, filler));
}

inline tl::photo photo_media() {
  tl::photo photo{.id = 5000, .access_hash = 77, .file_reference = run_of(25, '\x11')};
  photo.date = 1700000000;
  photo.dc_id = 2;
  tl::photoStrippedSize stripped{.type = "i", .bytes = run_of(40, '\x01')};
  tl::photoSize medium{.type = "m", .w = 320, .h = 240, .size = 20000};
  tl::photoSize large{.type = "x", .w = 800, .h = 600, .size = 90000};
  tl::photoSizeProgressive progressive{.type = "y", .w = 1280, .h = 960};
  progressive.sizes = {10000, 30000, 60000, 120000, 180000};
  photo.sizes = {stripped, medium, large, progressive};
  return photo;
}

inline tl::document document_media() {
  tl::document document{.id = 9000, .access_hash = 88, .file_reference = run_of(25, '\x22')};
  document.date = 1700000000;
  document.mime_type = "video/mp4";
  document.size = 12345678;
  document.dc_id = 4;
  tl::photoSize thumb{.type = "m", .w = 320, .h = 180, .size = 9000};
  tl::list<tl::PhotoSize> thumbs = {thumb};
  document.thumbs = thumbs;
  tl::documentAttributeVideo video{.duration = 12.5, .w = 1280, .h = 720};
  tl::documentAttributeFilename name{.file_name = "video.mp4"};
  document.attributes = {video, name};
  return document;
}

inline tl::message message_value(int i, std::string const& body) {
  tl::message message;
  message.id = 1000 + i;
  message.from_id = tl::peerUser{.user_id = 100 + i % 20};
  message.peer_id = tl::peerChannel{.channel_id = 7000};
  message.date = 1700000000 + i;
  message.message = body;
  tl::messageEntityBold bold{.offset = 0, .length = 10};
  tl::messageEntityTextUrl link{.offset = 20, .length = 10, .url = "https://example.org/a/b/c"};
  tl::list<tl::MessageEntity> entities = {bold, link};
  message.entities = entities;
  message.views = 100 + i;
  message.forwards = i;
  if (i % 5 == 0) message.reply_to = tl::messageReplyHeader{.reply_to_msg_id = 1000 + i - 1};
  if (i % 4 == 1) {
    tl::photo photo = photo_media();
    photo.id += i;
    message.media = tl::messageMediaPhoto{.photo = photo};
  } else if (i % 10 == 3) {
    tl::document document = document_media();
    document.id += i;
    message.media = tl::messageMediaDocument{.document = document};
  }
  return message;
}

inline tl::channel channel_value(int j) {
  tl::channel channel;
  channel.id = 7000 + j;
  channel.access_hash = 99 + j;
  channel.title = text_of("Channel ", j);
  channel.username = text_of("channel_", j);
  channel.photo = tl::chatPhotoEmpty{};
  channel.date = 1600000000;
  channel.megagroup = true;
  channel.participants_count = 1234;
  return channel;
}

inline tl::user user_value(int k) {
  tl::user user;
  user.id = 100 + k;
  user.access_hash = 55 + k;
  user.first_name = text_of("First ", k);
  user.last_name = text_of("Last ", k);
  user.username = text_of("user_", k);
  user.photo =
      tl::userProfilePhoto{.photo_id = 1, .stripped_thumb = run_of(40, '\x01'), .dc_id = 2};
  user.status = tl::userStatusOffline{.was_online = 1700000000};
  return user;
}

}  // namespace detail

/// A page of a channel's history as servers send it: 100 messages with media, 20 users, 5 channels;
/// 32 848 bytes in every layer of the last year. The same value was measured with other libraries.
inline tl::messages::channelMessages history_value() {
  std::string body;
  for (int i = 0; i < 12; ++i) body += "abcdefghij";
  tl::messages::channelMessages page;
  page.pts = 1000;
  page.count = 5000;
  for (int i = 0; i < 100; ++i) page.messages.push_back(detail::message_value(i, body));
  for (int j = 0; j < 5; ++j) page.chats.push_back(detail::channel_value(j));
  for (int k = 0; k < 20; ++k) page.users.push_back(detail::user_value(k));
  return page;
}

/// How many bytes that value takes on the wire.
inline constexpr std::size_t history_size = 32848;

}  // namespace mtp::bench
