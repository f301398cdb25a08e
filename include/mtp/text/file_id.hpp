// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/core/config.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace mtp::MTP_ABI {

/// What a file is, by the numbers of the Bot API's file ids.
enum class file_type : std::int32_t {
  thumbnail,
  profile_photo,
  photo,
  voice_note,
  video,
  document,
  encrypted,
  temporary,
  sticker,
  audio,
  animation,
  encrypted_thumbnail,
  wallpaper,
  video_note,
  secure_decrypted,
  secure,
  background,
  document_as_file,
  ringtone,
  call_log,
  photo_story,
  video_story,
  self_destructing_photo,
  self_destructing_video,
  self_destructing_video_note,
  self_destructing_voice_note,
  live_photo,
};

/// Where a picture was kept once; old ids name pictures so.
struct legacy_place {
  std::int64_t volume = 0;
  std::int32_t local = 0;

  bool operator==(legacy_place const&) const = default;
};

/// One size of a photo, or of the preview of a document.
struct photo_size {
  file_type of = file_type::photo;  ///< thumbnail: the preview of a document
  char size = 'x';                  ///< the letter of the size

  bool operator==(photo_size const&) const = default;
};

/// The picture of a person or chat.
struct peer_photo {
  std::int64_t peer = 0;  ///< a marked id, see from_marked_id()
  std::int64_t access_hash = 0;
  bool big = false;
  std::optional<legacy_place> place = {};  ///< in old ids only

  bool operator==(peer_photo const&) const = default;
};

/// The picture that stands for a set of stickers.
struct sticker_set_thumb {
  std::int64_t set = 0;
  std::int64_t access_hash = 0;
  std::optional<std::int32_t> version = {};  ///< old ids have none
  std::optional<legacy_place> place = {};    ///< in old ids only

  bool operator==(sticker_set_thumb const&) const = default;
};

/// A picture that is known by its old place only.
struct legacy_photo {
  legacy_place place = {};
  std::int64_t secret = 0;

  bool operator==(legacy_photo const&) const = default;
};

/// A picture: which file of which photo.
struct photo_file {
  std::int64_t id = 0;
  std::int64_t access_hash = 0;
  std::variant<photo_size, peer_photo, sticker_set_thumb, legacy_photo> which = {};

  bool operator==(photo_file const&) const = default;
};

/// A file that is no picture.
struct document_file {
  std::int64_t id = 0;
  std::int64_t access_hash = 0;

  bool operator==(document_file const&) const = default;
};

/// A file somewhere on the web, which the server fetches.
struct web_file {
  std::string url = {};
  std::int64_t access_hash = 0;

  bool operator==(web_file const&) const = default;
};

/// A file of the server, with what it takes to ask for it: the `file_id` of the Bot API. It is good
/// for the account that got it, and for other libraries that run the same account.
///
/// Threads: a value; distinct objects may be used on different threads.
struct file_id {
  file_type kind = file_type::document;
  std::int32_t dc = 0;   ///< where it is kept
  bytes reference = {};  ///< the file reference; empty when there is none
  /// A photo_file where `kind` is one of pictures.
  std::variant<document_file, photo_file, web_file> file = {};

  bool operator==(file_id const&) const = default;
};

/// Whether files of that kind are pictures: photo_file.
MTP_API bool is_picture(file_type kind) noexcept;

/// Reads a `file_id` of the Bot API, of any version. What old ones say and no request needs any
/// more is left out.
///
/// Errors: throws mtp::error with client_errc::bad_argument when it is none.
MTP_API file_id parse_file_id(std::string_view text);

/// Writes a `file_id` in the newest version. Errors: throws mtp::error with
/// client_errc::bad_argument when `id.file` does not fit `id.kind`, or a part of it is longer than
/// an id may be.
MTP_API std::string to_text(file_id const& id);

}  // namespace mtp::MTP_ABI
