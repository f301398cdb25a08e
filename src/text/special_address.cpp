// SPDX-License-Identifier: MIT OR Apache-2.0
#include "text/special_address.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cstdint>
#include <limits>
#include <system_error>

namespace mtp::MTP_ABI::detail {
namespace {

template <class T>
std::optional<T> read_number(std::string_view text, int base) {
  T out = 0;
  auto const* const end = text.data() + text.size();
  auto const [at, problem] = std::from_chars(text.data(), end, out, base);
  if (problem != std::errc() || at != end) return {};
  return out;
}

/// Takes `front` away if `text` begins with it.
bool take(std::string_view& text, std::string_view front) {
  if (!text.starts_with(front)) return false;
  text.remove_prefix(front.size());
  return true;
}

/// What stands before `&name=`, and what behind it, if it is there.
std::pair<std::string_view, std::optional<std::string_view>> cut_at(std::string_view text,
                                                                    std::string_view name) {
  auto const at = text.find(name);
  if (at == std::string_view::npos) return {text, {}};
  return {text.substr(0, at), text.substr(at + name.size())};
}

std::optional<text_style> emoji_in(std::string_view id) {
  auto const document = number_in(id);
  if (!document || *document == 0) return {};
  return text_style{.kind = entity_kind::custom_emoji, .id = *document};
}

std::optional<text_style> date_in(std::string_view parameters) {
  auto const [unix, letters] = cut_at(parameters, "&format=");
  auto const when = read_number<std::int32_t>(unix, 10);
  auto const format = date_format_in(letters.value_or(""));
  if (!when || !format) return {};
  return text_style{.kind = entity_kind::date, .date = *when, .format = *format};
}

}  // namespace

std::optional<std::int64_t> number_in(std::string_view text) {
  return read_number<std::int64_t>(text, 10);
}

std::optional<text_style> person_in(std::string_view address) {
  if (!take(address, "tg://user?id=")) return {};
  auto const [id, hash] = cut_at(address, "&hash=");
  auto const user = number_in(id);
  auto const access_hash = read_number<std::uint64_t>(hash.value_or("0"), 16);
  if (!user || *user <= 0 || !access_hash) return {};
  return text_style{.kind = entity_kind::mention_name,
                    .id = *user,
                    .access_hash = static_cast<std::int64_t>(*access_hash)};
}

std::optional<text_style> picture_in(std::string_view address) {
  if (take(address, "tg://emoji?id=")) return emoji_in(address);
  if (take(address, "tg://time?unix=")) return date_in(address);
  return {};
}

std::string address_of(text_style const& style) {
  switch (style.kind) {
    case entity_kind::mention_name: {
      auto out = fmt::format("tg://user?id={}", style.id);
      if (style.access_hash != 0)
        out += fmt::format("&hash={:x}", static_cast<std::uint64_t>(style.access_hash));
      return out;
    }
    case entity_kind::custom_emoji: return fmt::format("tg://emoji?id={}", style.id);
    case entity_kind::date: {
      auto out = fmt::format("tg://time?unix={}", style.date);
      auto const letters = letters_of(style.format);
      if (!letters.empty()) out += "&format=" + letters;
      return out;
    }
    default: return style.value;
  }
}

std::optional<date_format> date_format_in(std::string_view letters) {
  if (letters == "r") return date_format{.relative = true};
  date_format out;
  out.day_of_week = take(letters, "w");
  out.short_date = take(letters, "d");
  out.long_date = !out.short_date && take(letters, "D");
  out.short_time = take(letters, "t");
  out.long_time = !out.short_time && take(letters, "T");
  if (!letters.empty()) return {};
  return out;
}

std::string letters_of(date_format format) {
  if (format.relative) return "r";
  std::string out;
  if (format.day_of_week) out += 'w';
  if (format.long_date || format.short_date) out += format.long_date ? 'D' : 'd';
  if (format.long_time || format.short_time) out += format.long_time ? 'T' : 't';
  return out;
}

}  // namespace mtp::MTP_ABI::detail
