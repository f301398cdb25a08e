// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>

#include <cstdint>
#include <string>

namespace mtp::MTP_ABI {

/// What a part of a text is. Those behind `diff_replace` are found by servers and never asked for;
/// of two with the same place the one that stands first here is the outer one.
enum class entity_kind : std::uint8_t {
  quote,
  link,          ///< `value` is the address
  mention_name,  ///< somebody by `id`, and `access_hash` where it is known
  date,          ///< a moment that each reader sees in a form of their own
  bold,
  italic,
  underline,
  strike,
  spoiler,
  custom_emoji,  ///< `id` is that of its document
  pre,           ///< `value` is the language, if there is one
  code,
  diff_insert,   ///< what a comparison added
  diff_delete,   ///< what it took away
  diff_replace,  ///< `value` is the text until then
  mention,       ///< "@name"
  hashtag,
  cashtag,
  bot_command,
  url,  ///< an address that stands in the text
  email,
  phone,
  bank_card,
  ton_address,
  unknown,
};

/// In which form a moment is shown. Without any the text stays as it is. Threads: a value.
struct date_format {
  bool relative = false;  ///< "in an hour"; goes with no other
  bool day_of_week = false;
  bool short_date = false;
  bool long_date = false;  ///< wins over the short one, as does `long_time`
  bool short_time = false;
  bool long_time = false;

  bool operator==(date_format const&) const = default;
};

/// What a part of a text is, without its place. Threads: a value.
struct text_style {
  entity_kind kind = entity_kind::unknown;
  std::string value = {};        ///< what it is stands with the kinds
  std::int64_t id = 0;           ///< of a person, or of an emoji's document
  std::int64_t access_hash = 0;  ///< of a person; 0: the client knows it, or the server finds them
  std::int32_t date = 0;         ///< seconds since 1970
  date_format format = {};       ///< of a date
  bool collapsed = false;        ///< of a quote: shown in short until somebody opens it

  bool operator==(text_style const&) const = default;
};

/// A part of a text that is something. Places count UTF-16 units, as everything of Telegram does.
/// Threads: a value.
struct text_entity {
  text_style style = {};
  std::int32_t offset = 0;
  std::int32_t length = 0;

  std::int32_t end() const noexcept { return offset + length; }
  bool operator==(text_entity const&) const = default;
};

/// Whether people ask for it, in contrast to what servers find in a text.
constexpr bool is_asked_for(entity_kind kind) noexcept { return kind <= entity_kind::code; }

/// Whether it may be cut and joined without another meaning: bold and the like.
constexpr bool is_divisible(entity_kind kind) noexcept {
  return kind >= entity_kind::bold && kind <= entity_kind::spoiler;
}

}  // namespace mtp::MTP_ABI
