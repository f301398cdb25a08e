// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/text/unique_file_id.hpp>

#include "core/wire.hpp"
#include "text/id_text.hpp"

namespace mtp::MTP_ABI {
namespace {

using unique_file = decltype(unique_file_id::file);

constexpr std::uint8_t small_photo = 0;
constexpr std::uint8_t big_photo = 1;
constexpr std::uint8_t set_thumb = 2;

/// How long an id of a picture is, by what it says.
constexpr std::size_t photo_size_of = 4 + 9;
constexpr std::size_t place_size = 4 + 12;
constexpr std::size_t set_thumb_size = 4 + 13;

unique_file_type kind_of(file_type kind) {
  if (is_picture(kind)) return unique_file_type::photo;
  switch (kind) {
    case file_type::encrypted: return unique_file_type::encrypted;
    case file_type::secure:
    case file_type::secure_decrypted: return unique_file_type::secure;
    case file_type::temporary: return unique_file_type::temporary;
    default: return unique_file_type::document;
  }
}

std::uint8_t number_of(char letter) {
  if (letter == 'a') return small_photo;
  if (letter == 'c') return big_photo;
  return static_cast<std::uint8_t>(letter + 5);
}

unique_file picture_of(photo_file const& photo) {
  if (auto const* const size = std::get_if<photo_size>(&photo.which))
    return unique_photo{photo.id, number_of(size->size)};
  if (auto const* const old = std::get_if<legacy_photo>(&photo.which)) return old->place;
  if (auto const* const peer = std::get_if<peer_photo>(&photo.which)) {
    if (peer->place) return *peer->place;
    return unique_photo{photo.id, peer->big ? big_photo : small_photo};
  }
  auto const& set = std::get<sticker_set_thumb>(photo.which);
  if (set.place) return *set.place;
  if (!set.version) detail::throw_no_id("the set's picture has no version");
  return unique_sticker_set_thumb{set.set, *set.version};
}

unique_photo read_photo(wire::reader& from) {
  unique_photo out{from.number<std::int64_t>()};
  out.size = from.number<std::uint8_t>();
  return out;
}

legacy_place read_place(wire::reader& from) {
  legacy_place out{from.number<std::int64_t>()};
  out.local = from.number<std::int32_t>();
  return out;
}

unique_sticker_set_thumb read_set_thumb(wire::reader& from) {
  if (from.number<std::uint8_t>() != set_thumb)
    detail::throw_no_id("a kind of picture that is not known");
  unique_sticker_set_thumb out{from.number<std::int64_t>()};
  out.version = from.number<std::int32_t>();
  return out;
}

unique_file read_picture(wire::reader& from, std::size_t size) {
  if (size == photo_size_of) return read_photo(from);
  if (size == place_size) return read_place(from);
  if (size == set_thumb_size) return read_set_thumb(from);
  detail::throw_no_id("no picture is as long");
}

unique_file read_file(unique_file_type kind, wire::reader& from, std::size_t size) {
  if (kind == unique_file_type::photo) return read_picture(from, size);
  if (kind != unique_file_type::web) return from.number<std::int64_t>();
  auto const url = from.text();
  return std::string(url.begin(), url.end());
}

/// Writes what is behind the kind.
class unique_writer {
 public:
  explicit unique_writer(wire::writer& to) : to_(to) {}

  void operator()(std::int64_t document) const { to_.number(document); }
  void operator()(std::string const& url) const { to_.text(as_bytes(url)); }
  void operator()(unique_photo photo) const { to_.number(photo.id).number(photo.size); }
  void operator()(unique_sticker_set_thumb thumb) const {
    to_.number(set_thumb).number(thumb.set).number(thumb.version);
  }
  void operator()(legacy_place place) const { to_.number(place.volume).number(place.local); }

 private:
  wire::writer& to_;
};

bool fits(unique_file_id const& id) {
  if (id.kind == unique_file_type::web) return std::holds_alternative<std::string>(id.file);
  bool const is_number = std::holds_alternative<std::int64_t>(id.file);
  if (id.kind != unique_file_type::photo) return is_number;
  return !is_number && !std::holds_alternative<std::string>(id.file);
}

}  // namespace

unique_file_id unique_id_of(file_id const& id) {
  if (auto const* const web = std::get_if<web_file>(&id.file))
    return {unique_file_type::web, web->url};
  auto const kind = kind_of(id.kind);
  bool const is_photo = std::holds_alternative<photo_file>(id.file);
  if (is_photo != (kind == unique_file_type::photo))
    detail::throw_no_id("the file is of another kind");
  if (is_photo) return {kind, picture_of(std::get<photo_file>(id.file))};
  return {kind, std::get<document_file>(id.file).id};
}

unique_file_id parse_unique_file_id(std::string_view text) {
  auto const data = detail::read_id_bytes(text);
  wire::reader from(data);
  auto const kind = from.number<std::int32_t>();
  if (kind < 0 || kind > static_cast<std::int32_t>(unique_file_type::temporary))
    detail::throw_no_id("a kind of file that is not known");
  unique_file_id out{static_cast<unique_file_type>(kind)};
  out.file = read_file(out.kind, from, data.size());
  if (!from.ok()) detail::throw_no_id("it was cut");
  if (!from.rest().empty()) detail::throw_no_id("something follows behind its end");
  return out;
}

std::string to_text(unique_file_id const& id) {
  if (!fits(id)) detail::throw_no_id("the file is of another kind");
  wire::writer to;
  to.number(static_cast<std::int32_t>(id.kind));
  std::visit(unique_writer(to), id.file);
  if (!to.ok()) detail::throw_no_id("too long");
  return detail::write_id_bytes(to.take());
}

}  // namespace mtp::MTP_ABI
