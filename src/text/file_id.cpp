// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/text/file_id.hpp>

#include "core/wire.hpp"
#include "text/id_text.hpp"

#include <mtp/core/error.hpp>

#include <utility>

namespace mtp::MTP_ABI {
namespace {

// What stands behind the number of the kind, and the versions that changed the layout.
constexpr std::int32_t web_flag = 1 << 24;
constexpr std::int32_t reference_flag = 1 << 25;
constexpr std::int32_t flags_of_ids = web_flag | reference_flag;
constexpr std::uint8_t with_subversion = 4;
constexpr std::uint8_t without_subversion = 2;
constexpr int with_sources = 22;
constexpr int without_places = 32;
constexpr std::uint8_t written_subversion = 61;
constexpr std::int32_t max_dc = 1000;

/// How a picture says which it is.
enum source_number : std::int32_t {
  source_legacy,
  source_size,
  source_small_peer_photo,
  source_big_peer_photo,
  source_set_thumb,
  source_full_legacy,
  source_small_peer_photo_at,
  source_big_peer_photo_at,
  source_set_thumb_at,
  source_set_thumb_version,
};

/// Reads what an id is made of. Errors: throw_no_id().
class id_reader {
 public:
  id_reader(bytes_view data, int version) : from_(data), version_(version) {}

  file_id read() {
    file_id out;
    auto const head = from_.number<std::int32_t>();
    out.kind = kind_of(head & ~flags_of_ids);
    out.dc = from_.number<std::int32_t>();
    if (out.dc < 0 || out.dc > max_dc) detail::throw_no_id("there is no such data centre");
    if ((head & reference_flag) != 0) out.reference = reference();
    if ((head & web_flag) != 0) {
      out.file = web();
    } else if (is_picture(out.kind)) {
      out.file = picture();
    } else {
      out.file = document();
    }
    if (!from_.ok()) detail::throw_no_id("it was cut");
    if (!from_.rest().empty()) detail::throw_no_id("something follows behind its end");
    return out;
  }

 private:
  static file_type kind_of(std::int32_t number) {
    if (number < 0 || number > static_cast<std::int32_t>(file_type::live_photo))
      detail::throw_no_id("a kind of file that is not known");
    return static_cast<file_type>(number);
  }

  std::string text() {
    auto const found = from_.text();
    return std::string(found.begin(), found.end());
  }

  /// One '#' stands for a reference that is not good.
  bytes reference() {
    auto const found = from_.text();
    if (found.size() == 1 && found[0] == '#') return {};
    return bytes(found.begin(), found.end());
  }

  web_file web() {
    web_file out{text()};
    out.access_hash = from_.number<std::int64_t>();
    return out;
  }

  document_file document() {
    document_file out{from_.number<std::int64_t>()};
    out.access_hash = from_.number<std::int64_t>();
    return out;
  }

  photo_file picture() {
    auto const head = document();
    photo_file out{head.id, head.access_hash};
    legacy_place place;
    if (version_ < without_places) place.volume = from_.number<std::int64_t>();
    if (version_ < with_sources) {
      out.which = legacy(place);
      return out;
    }
    auto const number = from_.number<std::int32_t>();
    out.which = source(number, place);
    if (version_ < without_places) put_place(out, place);
    return out;
  }

  /// The old layout has the rest of the place behind the source.
  void put_place(photo_file& to, legacy_place place) {
    place.local = from_.number<std::int32_t>();
    if (auto* const peer = std::get_if<peer_photo>(&to.which)) peer->place = place;
    if (auto* const set = std::get_if<sticker_set_thumb>(&to.which)) set->place = place;
    if (auto* const old = std::get_if<legacy_photo>(&to.which)) old->place = place;
  }

  legacy_photo legacy(legacy_place place) {
    legacy_photo out{place, from_.number<std::int64_t>()};
    out.place.local = from_.number<std::int32_t>();
    return out;
  }

  decltype(photo_file::which) source(std::int32_t number, legacy_place place) {
    switch (number) {
      case source_legacy: return legacy_photo{place, from_.number<std::int64_t>()};
      case source_size: return size();
      case source_small_peer_photo: return peer(false);
      case source_big_peer_photo: return peer(true);
      case source_set_thumb: return set();
      case source_full_legacy: return legacy({from_.number<std::int64_t>()});
      case source_small_peer_photo_at: return at_place(peer(false));
      case source_big_peer_photo_at: return at_place(peer(true));
      case source_set_thumb_at: return at_place(set());
      case source_set_thumb_version: return with_version(set());
      default: detail::throw_no_id("a kind of picture that is not known");
    }
  }

  photo_size size() {
    photo_size out{kind_of(from_.number<std::int32_t>())};
    auto const letter = from_.number<std::int32_t>();
    if (letter < 0 || letter > 127) detail::throw_no_id("the size of a picture is no letter");
    out.size = static_cast<char>(letter);
    return out;
  }

  peer_photo peer(bool big) {
    peer_photo out{from_.number<std::int64_t>()};
    out.access_hash = from_.number<std::int64_t>();
    out.big = big;
    return out;
  }

  sticker_set_thumb set() {
    sticker_set_thumb out{from_.number<std::int64_t>()};
    out.access_hash = from_.number<std::int64_t>();
    return out;
  }

  template <class Picture>
  Picture at_place(Picture out) {
    out.place = legacy_place{from_.number<std::int64_t>()};
    out.place->local = from_.number<std::int32_t>();
    return out;
  }

  sticker_set_thumb with_version(sticker_set_thumb out) {
    out.version = from_.number<std::int32_t>();
    return out;
  }

  wire::reader from_;
  int version_;
};

/// Writes which picture it is.
class source_writer {
 public:
  explicit source_writer(wire::writer& to) : to_(to) {}

  void operator()(photo_size const& size) const {
    number(source_size).number(static_cast<std::int32_t>(size.of));
    to_.number(static_cast<std::int32_t>(size.size));
  }
  void operator()(peer_photo const& photo) const {
    auto const plain = photo.big ? source_big_peer_photo : source_small_peer_photo;
    auto const placed = photo.big ? source_big_peer_photo_at : source_small_peer_photo_at;
    number(photo.place ? placed : plain).number(photo.peer).number(photo.access_hash);
    if (photo.place) place(*photo.place);
  }
  void operator()(sticker_set_thumb const& thumb) const {
    auto const now = thumb.version ? source_set_thumb_version : source_set_thumb;
    number(thumb.place ? source_set_thumb_at : now).number(thumb.set).number(thumb.access_hash);
    if (thumb.place) return place(*thumb.place);
    if (thumb.version) to_.number(*thumb.version);
  }
  void operator()(legacy_photo const& photo) const {
    number(source_full_legacy).number(photo.place.volume).number(photo.secret);
    to_.number(photo.place.local);
  }

 private:
  wire::writer& number(source_number which) const {
    return to_.number(static_cast<std::int32_t>(which));
  }
  void place(legacy_place where) const { to_.number(where.volume).number(where.local); }

  wire::writer& to_;
};

void write_file(wire::writer& to, document_file const& file) {
  to.number(file.id).number(file.access_hash);
}

void write_file(wire::writer& to, photo_file const& file) {
  to.number(file.id).number(file.access_hash);
  std::visit(source_writer(to), file.which);
}

void write_file(wire::writer& to, web_file const& file) {
  to.text(as_bytes(file.url)).number(file.access_hash);
}

std::int32_t head_of(file_id const& id) {
  auto out = static_cast<std::int32_t>(id.kind);
  if (std::holds_alternative<web_file>(id.file)) out |= web_flag;
  if (!id.reference.empty()) out |= reference_flag;
  return out;
}

void require_fit(file_id const& id) {
  bool const is_photo = std::holds_alternative<photo_file>(id.file);
  if (!std::holds_alternative<web_file>(id.file) && is_photo != is_picture(id.kind))
    detail::throw_no_id("the file is of another kind");
}

/// The version of an id, which stands at its end; the end is taken off.
int take_version(bytes& id) {
  auto const version = id.back();
  id.pop_back();
  if (version == without_subversion) return 0;
  if (version != with_subversion) detail::throw_no_id("a version that is not known");
  if (id.empty()) detail::throw_no_id("it was cut");
  int const out = id.back();
  id.pop_back();
  return out;
}

}  // namespace

bool is_picture(file_type kind) noexcept {
  switch (kind) {
    case file_type::thumbnail:
    case file_type::profile_photo:
    case file_type::photo:
    case file_type::encrypted_thumbnail:
    case file_type::wallpaper:
    case file_type::photo_story:
    case file_type::self_destructing_photo: return true;
    default: return false;
  }
}

file_id parse_file_id(std::string_view text) {
  auto raw = detail::read_id_base64(text);
  if (raw.empty()) detail::throw_no_id("it was cut");
  int const version = take_version(raw);
  auto const data = detail::expand_zeros(raw);
  return id_reader(data, version).read();
}

std::string to_text(file_id const& id) {
  require_fit(id);
  wire::writer to;
  to.number(head_of(id)).number(id.dc);
  if (!id.reference.empty()) to.text(id.reference);
  std::visit([&to](auto const& file) { write_file(to, file); }, id.file);
  if (!to.ok()) detail::throw_no_id("too long");
  std::uint8_t const version[] = {written_subversion, with_subversion};
  return detail::write_id_bytes(to.take(), version);
}

}  // namespace mtp::MTP_ABI
