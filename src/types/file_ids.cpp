// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/files#downloading-files
#include <mtp/types/file_ids.hpp>

#include <mtp/core/error.hpp>
#include <mtp/storage/marked_id.hpp>
#include <mtp/tl/types/Document.hpp>
#include <mtp/tl/types/DocumentAttribute.hpp>
#include <mtp/tl/types/InputDocument.hpp>
#include <mtp/tl/types/InputFileLocation.hpp>
#include <mtp/tl/types/InputMedia.hpp>
#include <mtp/tl/types/InputPeer.hpp>
#include <mtp/tl/types/InputPhoto.hpp>
#include <mtp/tl/types/InputStickerSet.hpp>
#include <mtp/tl/types/InputWebFileLocation.hpp>
#include <mtp/tl/types/Photo.hpp>

#include <string>

namespace mtp::MTP_ABI {
namespace {

[[noreturn]] void throw_other_file(char const* why) {
  throw error(make_error_code(client_errc::bad_argument), why);
}

file_type kind_by(tl::documentAttributeVideo const& video) {
  return video.round_message ? file_type::video_note : file_type::video;
}

file_type kind_by(tl::documentAttributeAudio const& audio) {
  return audio.voice ? file_type::voice_note : file_type::audio;
}

/// Stickers and animations are videos too, so what says most comes first.
file_type kind_of(tl::document const& document) {
  tl::documentAttributeVideo const* video = nullptr;
  tl::documentAttributeAudio const* audio = nullptr;
  bool is_animation = false;
  for (auto const& one : document.attributes) {
    if (one.get_if<tl::documentAttributeSticker>()) return file_type::sticker;
    if (one.get_if<tl::documentAttributeCustomEmoji>()) return file_type::sticker;
    if (one.get_if<tl::documentAttributeAnimated>()) is_animation = true;
    if (auto const* found = one.get_if<tl::documentAttributeVideo>()) video = found;
    if (auto const* found = one.get_if<tl::documentAttributeAudio>()) audio = found;
  }
  if (is_animation) return file_type::animation;
  if (video != nullptr) return kind_by(*video);
  return audio != nullptr ? kind_by(*audio) : file_type::document;
}

bytes owned(tl::bytes const& from) {
  auto const view = as_bytes(std::string_view(from));
  return bytes(view.begin(), view.end());
}

tl::bytes reference_of(file_id const& id) {
  return std::string(reinterpret_cast<char const*>(id.reference.data()), id.reference.size());
}

document_file const& document_of(file_id const& id) {
  bool const has_document =
      !is_picture(id.kind) && id.kind != file_type::encrypted && id.kind != file_type::secure &&
      id.kind != file_type::secure_decrypted && id.kind != file_type::temporary;
  auto const* const found = std::get_if<document_file>(&id.file);
  if (found == nullptr || !has_document) throw_other_file("this file is no document");
  return *found;
}

/// A photo as such, in any size: no preview and no picture of a peer.
bool is_photo(file_id const& id, photo_file const& file) {
  auto const* const size = std::get_if<photo_size>(&file.which);
  bool const whole = size != nullptr && size->of != file_type::thumbnail;
  return id.kind == file_type::photo && (whole || std::holds_alternative<legacy_photo>(file.which));
}

tl::InputPeer to_input_peer(peer_photo const& photo) {
  auto const peer = from_marked_id(photo.peer);
  if (!peer) throw_other_file("the picture is that of nobody");
  switch (peer->kind) {
    case peer_kind::user: return tl::inputPeerUser{peer->id, photo.access_hash};
    case peer_kind::chat: return tl::inputPeerChat{peer->id};
    case peer_kind::channel: return tl::inputPeerChannel{peer->id, photo.access_hash};
  }
  return {};
}

/// Where a picture is.
struct picture_location {
  file_id const& id;
  photo_file const& file;

  tl::InputFileLocation operator()(photo_size const& size) const {
    std::string const letter(1, size.size);
    if (size.of == file_type::thumbnail)
      return tl::inputDocumentFileLocation{file.id, file.access_hash, reference_of(id), letter};
    return tl::inputPhotoFileLocation{file.id, file.access_hash, reference_of(id), letter};
  }
  tl::InputFileLocation operator()(peer_photo const& photo) const {
    if (photo.place) throw_other_file("the id is too old to ask for this picture");
    return tl::inputPeerPhotoFileLocation{photo.big, to_input_peer(photo), file.id};
  }
  tl::InputFileLocation operator()(sticker_set_thumb const& thumb) const {
    if (!thumb.version) throw_other_file("the id is too old to ask for this picture");
    tl::inputStickerSetID const set{thumb.set, thumb.access_hash};
    return tl::inputStickerSetThumb{set, *thumb.version};
  }
  tl::InputFileLocation operator()(legacy_photo const& old) const {
    return tl::inputPhotoLegacyFileLocation{file.id,          file.access_hash, reference_of(id),
                                            old.place.volume, old.place.local,  old.secret};
  }
};

tl::InputFileLocation location_of(file_id const& id, document_file const& file) {
  switch (id.kind) {
    case file_type::encrypted: return tl::inputEncryptedFileLocation{file.id, file.access_hash};
    case file_type::secure:
    case file_type::secure_decrypted: return tl::inputSecureFileLocation{file.id, file.access_hash};
    case file_type::temporary: throw_other_file("a temporary file has no place");
    default: return tl::inputDocumentFileLocation{file.id, file.access_hash, reference_of(id), {}};
  }
}

}  // namespace

file_id file_id_of(tl::document const& document) {
  return {kind_of(document), document.dc_id, owned(document.file_reference),
          document_file{document.id, document.access_hash}};
}

file_id file_id_of(tl::photo const& photo, char size) {
  photo_size const which{file_type::photo, size};
  return {file_type::photo, photo.dc_id, owned(photo.file_reference),
          photo_file{photo.id, photo.access_hash, which}};
}

file_id thumbnail_id_of(tl::document const& document, char size) {
  photo_size const which{file_type::thumbnail, size};
  return {file_type::thumbnail, document.dc_id, owned(document.file_reference),
          photo_file{document.id, document.access_hash, which}};
}

tl::InputMedia to_input_media(file_id const& id) {
  if (is_picture(id.kind)) return tl::inputMediaPhoto{.id = to_input_photo(id)};
  return tl::inputMediaDocument{.id = to_input_document(id)};
}

tl::InputDocument to_input_document(file_id const& id) {
  auto const& file = document_of(id);
  return tl::inputDocument{file.id, file.access_hash, reference_of(id)};
}

tl::InputPhoto to_input_photo(file_id const& id) {
  auto const* const file = std::get_if<photo_file>(&id.file);
  if (file == nullptr || !is_photo(id, *file)) throw_other_file("this file is no photo");
  return tl::inputPhoto{file->id, file->access_hash, reference_of(id)};
}

tl::InputFileLocation to_location(file_id const& id) {
  if (auto const* const photo = std::get_if<photo_file>(&id.file))
    return std::visit(picture_location{id, *photo}, photo->which);
  auto const* const document = std::get_if<document_file>(&id.file);
  if (document == nullptr) throw_other_file("the file is somewhere on the web");
  return location_of(id, *document);
}

tl::InputWebFileLocation to_web_location(file_id const& id) {
  auto const* const web = std::get_if<web_file>(&id.file);
  if (web == nullptr) throw_other_file("this is no file of the web");
  return tl::inputWebFileLocation{web->url, web->access_hash};
}

}  // namespace mtp::MTP_ABI
