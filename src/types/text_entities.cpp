// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/entities
#include <mtp/types/text_entities.hpp>

#include <mtp/tl/types/InputUser.hpp>
#include <mtp/tl/types/MessageEntity.hpp>
#include <mtp/tl/types/TextWithEntities.hpp>

#include <optional>
#include <utility>
#include <vector>

namespace mtp::MTP_ABI {
namespace {

/// Each kind with its type: those that have nothing but a place, in the order of the schema.
template <class Visitor>
void each_plain_kind(Visitor visit) {
  visit.template operator()<tl::messageEntityBankCard>(entity_kind::bank_card);
  visit.template operator()<tl::messageEntityBold>(entity_kind::bold);
  visit.template operator()<tl::messageEntityBotCommand>(entity_kind::bot_command);
  visit.template operator()<tl::messageEntityCashtag>(entity_kind::cashtag);
  visit.template operator()<tl::messageEntityCode>(entity_kind::code);
  visit.template operator()<tl::messageEntityDiffDelete>(entity_kind::diff_delete);
  visit.template operator()<tl::messageEntityDiffInsert>(entity_kind::diff_insert);
  visit.template operator()<tl::messageEntityEmail>(entity_kind::email);
  visit.template operator()<tl::messageEntityHashtag>(entity_kind::hashtag);
  visit.template operator()<tl::messageEntityItalic>(entity_kind::italic);
  visit.template operator()<tl::messageEntityMention>(entity_kind::mention);
  visit.template operator()<tl::messageEntityPhone>(entity_kind::phone);
  visit.template operator()<tl::messageEntitySpoiler>(entity_kind::spoiler);
  visit.template operator()<tl::messageEntityStrike>(entity_kind::strike);
  visit.template operator()<tl::messageEntityTonAddress>(entity_kind::ton_address);
  visit.template operator()<tl::messageEntityUnderline>(entity_kind::underline);
  visit.template operator()<tl::messageEntityUnknown>(entity_kind::unknown);
  visit.template operator()<tl::messageEntityUrl>(entity_kind::url);
}

text_entity placed(text_style style, std::int32_t offset, std::int32_t length) {
  return {std::move(style), offset, length};
}

text_style style_of(tl::messageEntityBlockquote const& from) {
  return {.kind = entity_kind::quote, .collapsed = from.collapsed};
}
text_style style_of(tl::messageEntityCustomEmoji const& from) {
  return {.kind = entity_kind::custom_emoji, .id = from.document_id};
}
text_style style_of(tl::messageEntityDiffReplace const& from) {
  return {.kind = entity_kind::diff_replace, .value = from.old_text.str()};
}
text_style style_of(tl::messageEntityMentionName const& from) {
  return {.kind = entity_kind::mention_name, .id = from.user_id};
}
text_style style_of(tl::messageEntityPre const& from) {
  return {.kind = entity_kind::pre, .value = from.language.str()};
}
text_style style_of(tl::messageEntityTextUrl const& from) {
  return {.kind = entity_kind::link, .value = from.url.str()};
}
text_style style_of(tl::messageEntityFormattedDate const& from) {
  return {.kind = entity_kind::date,
          .date = from.date,
          .format = {.relative = from.relative,
                     .day_of_week = from.day_of_week,
                     .short_date = from.short_date,
                     .long_date = from.long_date,
                     .short_time = from.short_time,
                     .long_time = from.long_time}};
}
/// What a request says; servers do not send it.
text_style style_of(tl::inputMessageEntityMentionName const& from) {
  text_style out{.kind = entity_kind::mention_name};
  if (auto const* const user = from.user_id.get_if<tl::inputUser>()) {
    out.id = user->user_id;
    out.access_hash = user->access_hash;
  }
  return out;
}

template <class... Types>
std::optional<text_entity> first_of(tl::MessageEntity const& from) {
  std::optional<text_entity> out;
  auto const take = [&]<class T>() {
    if (auto const* const one = from.get_if<T>())
      out = placed(style_of(*one), one->offset, one->length);
  };
  (take.template operator()<Types>(), ...);
  return out;
}

text_entity to_entity(tl::MessageEntity const& from) {
  auto special = first_of<tl::messageEntityBlockquote, tl::messageEntityCustomEmoji,
                          tl::messageEntityDiffReplace, tl::messageEntityMentionName,
                          tl::messageEntityPre, tl::messageEntityTextUrl,
                          tl::messageEntityFormattedDate, tl::inputMessageEntityMentionName>(from);
  if (special) return *std::move(special);
  text_entity out;
  each_plain_kind([&]<class T>(entity_kind kind) {
    if (auto const* const one = from.get_if<T>())
      out = placed({.kind = kind}, one->offset, one->length);
  });
  return out;
}

tl::MessageEntity plain_to_tl(text_entity const& from) {
  tl::MessageEntity out;
  each_plain_kind([&]<class T>(entity_kind kind) {
    if (kind == from.style.kind) out = T{.offset = from.offset, .length = from.length};
  });
  return out;
}

tl::MessageEntity quote(text_entity const& from) {
  return tl::messageEntityBlockquote{
      .collapsed = from.style.collapsed, .offset = from.offset, .length = from.length};
}

tl::MessageEntity mention(text_entity const& from) {
  tl::inputMessageEntityMentionName out{.offset = from.offset, .length = from.length};
  out.user_id = tl::inputUser{.user_id = from.style.id, .access_hash = from.style.access_hash};
  return out;
}

tl::MessageEntity date(text_entity const& from) {
  auto const& format = from.style.format;
  return tl::messageEntityFormattedDate{.relative = format.relative,
                                        .short_time = format.short_time,
                                        .long_time = format.long_time,
                                        .short_date = format.short_date,
                                        .long_date = format.long_date,
                                        .day_of_week = format.day_of_week,
                                        .offset = from.offset,
                                        .length = from.length,
                                        .date = from.style.date};
}

/// A type with a place and one text.
template <class T>
tl::MessageEntity with_value(text_entity const& from, tl::string T::* field) {
  T out{.offset = from.offset, .length = from.length};
  out.*field = tl::string(from.style.value);
  return out;
}

tl::MessageEntity to_tl(text_entity const& from) {
  switch (from.style.kind) {
    case entity_kind::quote: return quote(from);
    case entity_kind::link: return with_value(from, &tl::messageEntityTextUrl::url);
    case entity_kind::mention_name: return mention(from);
    case entity_kind::date: return date(from);
    case entity_kind::pre: return with_value(from, &tl::messageEntityPre::language);
    case entity_kind::diff_replace:
      return with_value(from, &tl::messageEntityDiffReplace::old_text);
    case entity_kind::custom_emoji:
      return tl::messageEntityCustomEmoji{
          .offset = from.offset, .length = from.length, .document_id = from.style.id};
    default: return plain_to_tl(from);
  }
}

}  // namespace

formatted_text to_formatted_text(std::string_view text,
                                 tl::list<tl::MessageEntity> const& entities) {
  std::vector<text_entity> parts;
  parts.reserve(entities.size());
  for (auto const& one : entities) parts.push_back(to_entity(one));
  return formatted_text::repaired(text, std::move(parts));
}

formatted_text to_formatted_text(tl::textWithEntities const& from) {
  return to_formatted_text(from.text.view(), from.entities);
}

tl::list<tl::MessageEntity> to_tl_entities(formatted_text const& text) {
  tl::list<tl::MessageEntity> out;
  for (auto const& one : text.entities()) out.push_back(to_tl(one));
  return out;
}

tl::textWithEntities to_text_with_entities(formatted_text const& text) {
  tl::textWithEntities out;
  out.text = tl::string(text.text());
  out.entities = to_tl_entities(text);
  return out;
}

}  // namespace mtp::MTP_ABI
