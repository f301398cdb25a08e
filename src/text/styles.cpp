// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/text/styles.hpp>

#include <mtp/core/error.hpp>

#include <utility>

namespace mtp::MTP_ABI::text {
namespace {

formatted_text plainly(formatted_text const& of, entity_kind kind) {
  return of.styled({.kind = kind});
}

}  // namespace

formatted_text bold(formatted_text of) { return plainly(of, entity_kind::bold); }
formatted_text italic(formatted_text of) { return plainly(of, entity_kind::italic); }
formatted_text underline(formatted_text of) { return plainly(of, entity_kind::underline); }
formatted_text strike(formatted_text of) { return plainly(of, entity_kind::strike); }
formatted_text spoiler(formatted_text of) { return plainly(of, entity_kind::spoiler); }
formatted_text code(formatted_text of) { return plainly(of, entity_kind::code); }
formatted_text quote(formatted_text of) { return plainly(of, entity_kind::quote); }

formatted_text collapsed_quote(formatted_text of) {
  return of.styled({.kind = entity_kind::quote, .collapsed = true});
}

formatted_text pre(formatted_text of, std::string language) {
  return of.styled({.kind = entity_kind::pre, .value = std::move(language)});
}

formatted_text link(formatted_text of, std::string address) {
  return of.styled({.kind = entity_kind::link, .value = std::move(address)});
}

formatted_text mention(formatted_text of, std::int64_t user, std::int64_t access_hash) {
  return of.styled({.kind = entity_kind::mention_name, .id = user, .access_hash = access_hash});
}

formatted_text custom_emoji(formatted_text instead, std::int64_t document) {
  return instead.styled({.kind = entity_kind::custom_emoji, .id = document});
}

formatted_text date(formatted_text instead, std::chrono::sys_seconds when, date_format format) {
  auto const seconds = when.time_since_epoch().count();
  if (seconds < INT32_MIN || seconds > INT32_MAX)
    throw error(make_error_code(client_errc::bad_argument), "a moment beyond what servers count");
  return instead.styled(
      {.kind = entity_kind::date, .date = static_cast<std::int32_t>(seconds), .format = format});
}

}  // namespace mtp::MTP_ABI::text
