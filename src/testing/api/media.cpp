// SPDX-License-Identifier: MIT OR Apache-2.0
#include "media.hpp"

#include "handler_table.hpp"
#include "image_size.hpp"
#include "peers.hpp"

namespace mtp::MTP_ABI::testing {
namespace {

using shared_content = std::shared_ptr<bytes const>;

struct assembled {
  shared_content content = {};
  std::string name = {};
};

outcome<assembled> assemble(call_context& c, tl::InputFile const& file) {
  uploaded_file wanted;
  if (auto const* small = file.get_if<tl::inputFile>()) {
    wanted = {.file_id = small->id,
              .parts = small->parts,
              .name = small->name.str(),
              .md5 = small->md5_checksum.str()};
  } else if (auto const* big = file.get_if<tl::inputFileBig>()) {
    wanted = {.file_id = big->id, .parts = big->parts, .name = big->name.str()};
  } else {
    return refuse(400, "MEDIA_INVALID");
  }
  auto content = c.world.files().assemble(c.account, wanted);
  if (!content) return failure{content.error()};
  return assembled{std::move(*content), wanted.name};
}

tl::MessageMedia document_media(call_context& c, stored_file const& file, bool spoiler) {
  tl::document out;
  out.id = file.id;
  out.access_hash = file.access_hash;
  out.file_reference = tl::bytes(c.world.files().reference(file));
  out.date = file.date;
  out.mime_type = tl::string(file.mime);
  out.size = static_cast<std::int64_t>(file.content->size());
  out.dc_id = file.dc;
  out.attributes = decode_stored_list<tl::DocumentAttribute>(file.attributes);
  tl::messageMediaDocument media;
  media.document = std::move(out);
  media.spoiler = spoiler;
  for (auto const& attribute : decode_stored_list<tl::DocumentAttribute>(file.attributes)) {
    if (auto const* video = attribute.get_if<tl::documentAttributeVideo>()) {
      media.video = true;
      media.round = video->round_message;
    }
    if (auto const* audio = attribute.get_if<tl::documentAttributeAudio>())
      media.voice = audio->voice;
  }
  return media;
}

tl::MessageMedia photo_media(call_context& c, stored_file const& file, bool spoiler) {
  auto const box = image_size_of(*file.content).value_or(image_size{1280, 1280});
  tl::photoSize size;
  size.type = "y";
  size.w = box.width;
  size.h = box.height;
  size.size = static_cast<std::int32_t>(file.content->size());
  tl::photo out;
  out.id = file.id;
  out.access_hash = file.access_hash;
  out.file_reference = tl::bytes(c.world.files().reference(file));
  out.date = file.date;
  out.sizes = {tl::PhotoSize(std::move(size))};
  out.dc_id = file.dc;
  tl::messageMediaPhoto media;
  media.photo = std::move(out);
  media.spoiler = spoiler;
  return media;
}

outcome<tl::MessageMedia> uploaded_document(call_context& c,
                                            tl::inputMediaUploadedDocument const& q) {
  auto file = assemble(c, q.file);
  if (!file) return failure{file.error()};
  stored_file kept{.kind = file_kind::document, .dc = c.dc, .date = c.now};
  kept.name = file->name;
  kept.mime = q.mime_type.empty() ? "application/octet-stream" : q.mime_type.str();
  auto attributes = q.attributes;
  bool named = false;
  for (auto const& one : attributes) named = named || one.holds<tl::documentAttributeFilename>();
  if (!named && !file->name.empty())
    attributes.push_back(tl::documentAttributeFilename{.file_name = tl::string(file->name)});
  kept.attributes = encode_object(attributes);
  kept.content = file->content;
  return document_media(c, c.world.files().store(std::move(kept)), q.spoiler);
}

outcome<tl::MessageMedia> uploaded_photo(call_context& c, tl::inputMediaUploadedPhoto const& q) {
  auto file = assemble(c, q.file);
  if (!file) return failure{file.error()};
  if (file->content->empty()) return refuse(400, "PHOTO_INVALID");
  stored_file kept{.kind = file_kind::photo, .dc = c.dc, .date = c.now};
  kept.content = file->content;
  return photo_media(c, c.world.files().store(std::move(kept)), q.spoiler);
}

/// A file that is here already, if the caller may name it.
outcome<stored_file const*> named_file(call_context& c, file_kind kind, std::int64_t id,
                                       std::int64_t hash, bytes_view reference) {
  auto const* file = c.world.files().find(kind, id);
  if (!file || file->access_hash != hash) return refuse(400, "MEDIA_INVALID");
  auto fine = c.world.files().check_reference(*file, reference);
  if (!fine) return failure{fine.error()};
  return file;
}

outcome<tl::MessageMedia> known_document(call_context& c, tl::inputMediaDocument const& q) {
  auto const* id = q.id.get_if<tl::inputDocument>();
  if (!id) return refuse(400, "MEDIA_INVALID");
  auto const file =
      named_file(c, file_kind::document, id->id, id->access_hash, id->file_reference.view());
  if (!file) return failure{file.error()};
  return document_media(c, **file, q.spoiler);
}

outcome<tl::MessageMedia> known_photo(call_context& c, tl::inputMediaPhoto const& q) {
  auto const* id = q.id.get_if<tl::inputPhoto>();
  if (!id) return refuse(400, "MEDIA_INVALID");
  auto const file =
      named_file(c, file_kind::photo, id->id, id->access_hash, id->file_reference.view());
  if (!file) return failure{file.error()};
  return photo_media(c, **file, q.spoiler);
}

outcome<tl::GeoPoint> geo_point(tl::InputGeoPoint const& point) {
  auto const* at = point.get_if<tl::inputGeoPoint>();
  if (!at) return refuse(400, "MEDIA_INVALID");
  tl::geoPoint out;
  out.long_ = at->long_;
  out.lat = at->lat;
  return tl::GeoPoint(std::move(out));
}

outcome<tl::MessageMedia> location(tl::inputMediaGeoPoint const& q) {
  auto point = geo_point(q.geo_point);
  if (!point) return failure{point.error()};
  tl::messageMediaGeo out;
  out.geo = std::move(*point);
  return tl::MessageMedia(std::move(out));
}

outcome<tl::MessageMedia> venue(tl::inputMediaVenue const& q) {
  auto point = geo_point(q.geo_point);
  if (!point) return failure{point.error()};
  tl::messageMediaVenue out;
  out.geo = std::move(*point);
  out.title = q.title;
  out.address = q.address;
  out.provider = q.provider;
  out.venue_id = q.venue_id;
  out.venue_type = q.venue_type;
  return tl::MessageMedia(std::move(out));
}

tl::MessageMedia contact(call_context& c, tl::inputMediaContact const& q) {
  auto const* who = c.world.everybody().find_phone(q.phone_number);
  tl::messageMediaContact out;
  out.phone_number = q.phone_number;
  out.first_name = q.first_name;
  out.last_name = q.last_name;
  out.vcard = q.vcard;
  out.user_id = who ? who->id : 0;
  return out;
}

tl::MessageMedia dice(call_context& c, tl::inputMediaDice const& q) {
  tl::messageMediaDice out;
  out.value = 1 + static_cast<std::int32_t>(c.random.make<std::uint32_t>() % 6);
  out.emoticon = q.emoticon;
  return out;
}

outcome<tl::MessageMedia> upload_media(call_context& c, tl::messages::uploadMedia const& q) {
  auto const where = resolve_place(c, q.peer);
  if (!where) return failure{where.error()};
  return make_media(c, q.media);
}

}  // namespace

outcome<tl::MessageMedia> make_media(call_context& c, tl::InputMedia const& media) {
  if (auto const* q = media.get_if<tl::inputMediaUploadedDocument>())
    return uploaded_document(c, *q);
  if (auto const* q = media.get_if<tl::inputMediaUploadedPhoto>()) return uploaded_photo(c, *q);
  if (auto const* q = media.get_if<tl::inputMediaDocument>()) return known_document(c, *q);
  if (auto const* q = media.get_if<tl::inputMediaPhoto>()) return known_photo(c, *q);
  if (auto const* q = media.get_if<tl::inputMediaGeoPoint>()) return location(*q);
  if (auto const* q = media.get_if<tl::inputMediaVenue>()) return venue(*q);
  if (auto const* q = media.get_if<tl::inputMediaContact>()) return contact(c, *q);
  if (auto const* q = media.get_if<tl::inputMediaDice>()) return dice(c, *q);
  return make_other_media(c, media);
}

void add_media_handlers(handler_table& table) { table.on<tl::messages::uploadMedia>(upload_media); }

}  // namespace mtp::MTP_ABI::testing
