// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/text/file_id.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace mtp::MTP_ABI {

/// The kinds of file that cannot have the same id.
enum class unique_file_type : std::int32_t { web, photo, document, secure, encrypted, temporary };

/// One size of a photo, by its number: 0 and 1 are the small and the big picture of a peer and, of
/// sizes with letters, 'a' and 'c'; all others are the letter and 5.
struct unique_photo {
  std::int64_t id = 0;
  std::uint8_t size = 0;

  bool operator==(unique_photo const&) const = default;
};

/// The picture of a set of stickers.
struct unique_sticker_set_thumb {
  std::int64_t set = 0;
  std::int32_t version = 0;

  bool operator==(unique_sticker_set_thumb const&) const = default;
};

/// Which file it is, the same for all accounts and for ever: the `file_unique_id` of the Bot API.
/// Nothing can be asked for with it.
///
/// Threads: a value; distinct objects may be used on different threads.
struct unique_file_id {
  unique_file_type kind = unique_file_type::document;
  /// The id of a document; a web file's address; else which picture.
  std::variant<std::int64_t, std::string, unique_photo, unique_sticker_set_thumb, legacy_place>
      file = {};

  bool operator==(unique_file_id const&) const = default;
};

/// What is the same in all ids of that file. Errors: throws mtp::error with
/// client_errc::bad_argument when it has no such id: old pictures of sets of stickers, and ids
/// whose file does not fit their kind.
MTP_API unique_file_id unique_id_of(file_id const& id);

/// Reads a `file_unique_id` of the Bot API. Errors: throws mtp::error with
/// client_errc::bad_argument when it is none.
MTP_API unique_file_id parse_unique_file_id(std::string_view text);

/// Writes a `file_unique_id`. Errors: throws mtp::error with client_errc::bad_argument when
/// `id.file` does not fit `id.kind`.
MTP_API std::string to_text(unique_file_id const& id);

}  // namespace mtp::MTP_ABI
