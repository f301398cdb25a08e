// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/files#uploading-files, https://core.telegram.org/api/waveform
#include <mtp/text/file_id.hpp>
#include <mtp/tl/types/Document.hpp>
#include <mtp/tl/types/DocumentAttribute.hpp>
#include <mtp/tl/types/InputDocument.hpp>
#include <mtp/tl/types/InputFile.hpp>
#include <mtp/tl/types/InputMedia.hpp>
#include <mtp/tl/types/InputPhoto.hpp>
#include <mtp/tl/types/InputStickerSet.hpp>
#include <mtp/tl/types/Photo.hpp>
#include <mtp/types/file_ids.hpp>
#include <mtp/types/media.hpp>
#include <mtp/types/message.hpp>

#include <algorithm>
#include <utility>

namespace mtp::MTP_ABI::media {
namespace {

/// The time to live of what may be looked at once.
constexpr std::int32_t once_only = 0x7fffffff;

template <class Media>
tl::InputMedia looking(Media out, look how) {
  if constexpr (requires { out.spoiler; }) out.spoiler = how.spoiler;
  if (how.once) out.ttl_seconds = once_only;
  if (how.ttl.count() > 0) out.ttl_seconds = static_cast<std::int32_t>(how.ttl.count());
  return out;
}

tl::inputMediaUploadedDocument upload_as_document(uploaded_file const& file,
                                                  uploaded_file const* thumbnail,
                                                  std::string_view type) {
  tl::inputMediaUploadedDocument out;
  out.file = to_input_file(file);
  out.mime_type = tl::string(type.empty() ? std::string_view(file.mime_type) : type);
  if (thumbnail) out.thumb = to_input_file(*thumbnail);
  return out;
}

tl::documentAttributeVideo video_attribute(video_details const& of) {
  tl::documentAttributeVideo out;
  out.duration = of.duration.count();
  out.w = of.width;
  out.h = of.height;
  out.supports_streaming = of.streaming;
  out.nosound = of.silent;
  return out;
}

tl::inputMediaUploadedDocument video_document(uploaded_file const& file, video_details const& of,
                                              tl::documentAttributeVideo attribute) {
  auto out = upload_as_document(file, of.thumbnail, {});
  out.nosound_video = of.silent;
  if (of.begin.count() > 0) out.video_timestamp = static_cast<std::int32_t>(of.begin.count());
  out.attributes.push_back(std::move(attribute));
  out.attributes.push_back(tl::documentAttributeFilename{.file_name = tl::string(file.name)});
  return out;
}

/// Levels of five bits each, the lowest bit first.
tl::bytes packed(std::span<std::uint8_t const> levels) {
  bytes out((levels.size() * 5 + 7) / 8);
  for (std::size_t i = 0; i < levels.size(); ++i) {
    auto const level = std::min<unsigned>(levels[i], 31);
    auto const at = i * 5;
    out[at / 8] = static_cast<std::uint8_t>(out[at / 8] | (level << (at % 8)));
    if (at % 8 > 3)
      out[at / 8 + 1] = static_cast<std::uint8_t>(out[at / 8 + 1] | (level >> (8 - at % 8)));
  }
  return tl::bytes(out);
}

}  // namespace

tl::InputMedia photo(uploaded_file const& file, look how) {
  tl::inputMediaUploadedPhoto out;
  out.file = to_input_file(file);
  return looking(std::move(out), how);
}

tl::InputMedia video(uploaded_file const& file, video_details of, look how) {
  return looking(video_document(file, of, video_attribute(of)), how);
}

tl::InputMedia round_video(uploaded_file const& file, video_details of) {
  auto attribute = video_attribute(of);
  attribute.round_message = true;
  return video_document(file, of, std::move(attribute));
}

tl::InputMedia animation(uploaded_file const& file, video_details of, look how) {
  auto out = video_document(file, of, video_attribute(of));
  out.attributes.push_back(tl::documentAttributeAnimated{});
  return looking(std::move(out), how);
}

tl::InputMedia audio(uploaded_file const& file, audio_details of) {
  auto out = upload_as_document(file, of.thumbnail, {});
  tl::documentAttributeAudio attribute;
  attribute.duration = static_cast<std::int32_t>(of.duration.count());
  if (!of.title.empty()) attribute.title = tl::string(of.title);
  if (!of.performer.empty()) attribute.performer = tl::string(of.performer);
  out.attributes.push_back(std::move(attribute));
  out.attributes.push_back(tl::documentAttributeFilename{.file_name = tl::string(file.name)});
  return out;
}

tl::InputMedia voice(uploaded_file const& file, std::chrono::seconds duration,
                     std::span<std::uint8_t const> levels) {
  auto out = upload_as_document(file, nullptr, "audio/ogg");
  tl::documentAttributeAudio attribute;
  attribute.voice = true;
  attribute.duration = static_cast<std::int32_t>(duration.count());
  if (!levels.empty()) attribute.waveform = packed(levels);
  out.attributes.push_back(std::move(attribute));
  return out;
}

tl::InputMedia sticker(uploaded_file const& file, std::string_view emoji) {
  auto out = upload_as_document(file, nullptr, {});
  out.attributes.push_back(tl::documentAttributeSticker{.alt = tl::string(emoji),
                                                        .stickerset = tl::inputStickerSetEmpty{}});
  return out;
}

tl::InputMedia file(uploaded_file const& of, file_details details) {
  auto out = upload_as_document(of, details.thumbnail, {});
  out.force_file = true;
  auto const name = details.name.empty() ? std::string_view(of.name) : details.name;
  out.attributes.push_back(tl::documentAttributeFilename{.file_name = tl::string(name)});
  return out;
}

tl::InputMedia again(tl::photo const& from, look how) {
  tl::inputMediaPhoto out;
  out.id = tl::inputPhoto{
      .id = from.id, .access_hash = from.access_hash, .file_reference = from.file_reference};
  return looking(std::move(out), how);
}

tl::InputMedia again(tl::document const& from, look how) {
  tl::inputMediaDocument out;
  out.id = tl::inputDocument{
      .id = from.id, .access_hash = from.access_hash, .file_reference = from.file_reference};
  return looking(std::move(out), how);
}

tl::InputMedia again(message const& from, look how) {
  if (auto const* one = from.photo()) return again(*one, how);
  if (auto const* one = from.document()) return again(*one, how);
  return {};
}

tl::InputMedia again(file_id const& from, look how) {
  auto out = to_input_media(from);
  if (auto* one = out.get_if<tl::inputMediaPhoto>()) return looking(*one, how);
  if (auto* one = out.get_if<tl::inputMediaDocument>()) return looking(*one, how);
  return out;
}

tl::InputMedia photo_at(std::string_view url, look how) {
  tl::inputMediaPhotoExternal out;
  out.url = tl::string(url);
  return looking(std::move(out), how);
}

tl::InputMedia file_at(std::string_view url, look how) {
  tl::inputMediaDocumentExternal out;
  out.url = tl::string(url);
  return looking(std::move(out), how);
}

tl::InputMedia paid(std::int64_t stars, std::vector<tl::InputMedia> parts) {
  tl::inputMediaPaidMedia out;
  out.stars_amount = stars;
  for (auto& each : parts) out.extended_media.push_back(std::move(each));
  return out;
}

}  // namespace mtp::MTP_ABI::media
