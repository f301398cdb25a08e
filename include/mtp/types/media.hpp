// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/core/config.hpp>
#include <mtp/tl/forward.hpp>
#include <mtp/types/uploaded_file.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mtp::MTP_ABI {

struct file_id;
class message;

/// What messages carry beside their text. Each function makes what client.messages().send_media(),
/// edit_media() and albums take; it copies its arguments, does nothing else, and is safe on any
/// thread.
namespace media {

/// How a photo, a video or a file is shown.
struct look {
  bool spoiler = false;           ///< hidden until somebody taps on it
  bool once = false;              ///< may be looked at once; private chats only
  std::chrono::seconds ttl = {};  ///< gone so long after it was looked at; private chats only
};

struct video_details {
  std::chrono::duration<double> duration = {};
  std::int32_t width = 0;
  std::int32_t height = 0;
  bool streaming = true;  ///< can be watched before all of it is there
  bool silent = false;    ///< has no sound, and is no animation for that
  uploaded_file const* thumbnail = nullptr;
  std::chrono::seconds begin = {};  ///< where players begin
};

struct audio_details {
  std::chrono::seconds duration = {};
  std::string_view title = {};
  std::string_view performer = {};
  uploaded_file const* thumbnail = nullptr;
};

struct file_details {
  std::string_view name = {};  ///< shown instead of the one that it was uploaded with
  uploaded_file const* thumbnail = nullptr;
};

// --- Files
MTP_API tl::InputMedia photo(uploaded_file const& file, look how = {});
MTP_API tl::InputMedia video(uploaded_file const& file, video_details of = {}, look how = {});
/// A round one; the sides are equal.
MTP_API tl::InputMedia round_video(uploaded_file const& file, video_details of = {});
MTP_API tl::InputMedia animation(uploaded_file const& file, video_details of = {}, look how = {});
MTP_API tl::InputMedia audio(uploaded_file const& file, audio_details of = {});
/// `levels` from 0 to 31, at most a hundred, are drawn.
MTP_API tl::InputMedia voice(uploaded_file const& file, std::chrono::seconds duration,
                             std::span<std::uint8_t const> levels = {});
MTP_API tl::InputMedia sticker(uploaded_file const& file, std::string_view emoji);
MTP_API tl::InputMedia file(uploaded_file const& of, file_details details = {});
/// What the servers have already: of a message, by what the Bot API calls a file_id, or of TL.
/// Empty for what no message carries.
MTP_API tl::InputMedia again(message const& from, look how = {});
MTP_API tl::InputMedia again(file_id const& from, look how = {});
MTP_API tl::InputMedia again(tl::photo const& from, look how = {});
MTP_API tl::InputMedia again(tl::document const& from, look how = {});
/// What the servers fetch from the web.
MTP_API tl::InputMedia photo_at(std::string_view url, look how = {});
MTP_API tl::InputMedia file_at(std::string_view url, look how = {});
/// Photos and videos that cost `stars` to look at; in channels.
MTP_API tl::InputMedia paid(std::int64_t stars, std::vector<tl::InputMedia> parts);

// --- People and places
struct place {
  double latitude = 0;
  double longitude = 0;
  std::optional<std::int32_t> accuracy = {};  ///< in metres
};

/// A place that moves for a while.
struct live_details {
  std::chrono::seconds period = std::chrono::minutes(15);
  std::optional<std::int32_t> heading = {};    ///< degrees, 1 to 360
  std::optional<std::int32_t> proximity = {};  ///< metres at which the other is told
};

struct venue_details {
  std::string_view title = {};
  std::string_view address = {};
  std::string_view provider = {};
  std::string_view id = {};
  std::string_view type = {};
};

MTP_API tl::InputMedia contact(std::string_view phone, std::string_view first,
                               std::string_view last = {}, std::string_view vcard = {});
MTP_API tl::InputMedia location(place at);
MTP_API tl::InputMedia live_location(place at, live_details how = {});
/// Where it is now, for edit_media() of a live one.
MTP_API tl::InputMedia moved_to(place at, live_details how = {});
/// Ends a live one, by edit_media().
MTP_API tl::InputMedia live_location_ended();
MTP_API tl::InputMedia venue(place at, venue_details of);

// --- Games, questions, lists
/// `emoji` decides which: a die, darts, a ball, a slot machine.
MTP_API tl::InputMedia dice(std::string_view emoji = "\xf0\x9f\x8e\xb2");

struct poll_details {
  bool public_votes = false;
  bool several = false;  ///< more than one answer may be chosen
  bool no_revote = false;
  bool open = false;  ///< others may add answers
  bool shuffled = false;
  bool hidden_results = false;         ///< until it is closed
  std::chrono::seconds open_for = {};  ///< 0: until somebody stops it
};

MTP_API tl::InputMedia poll(std::string_view question, std::vector<std::string> answers,
                            poll_details how = {});
/// `right` is the place of the right answer among `answers`; `why` is shown to who was wrong.
MTP_API tl::InputMedia quiz(std::string_view question, std::vector<std::string> answers,
                            std::int32_t right, std::string_view why = {}, poll_details how = {});

struct todo_details {
  bool others_may_add = false;
  bool others_may_tick = false;
};

/// A list whose items are numbered from 1.
MTP_API tl::InputMedia todo_list(std::string_view title, std::vector<std::string> items,
                                 todo_details how = {});
/// `of` is whoever told the story, as client.input_peer() gives them.
MTP_API tl::InputMedia story(tl::InputPeer of, std::int32_t id);
/// A game of the bot that sends it.
MTP_API tl::InputMedia game(std::string_view short_name);

}  // namespace media

}  // namespace mtp::MTP_ABI
