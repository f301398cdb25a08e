// SPDX-License-Identifier: MIT OR Apache-2.0
#include "methods/messages/album_parts.hpp"

#include <mtp/tl/types/Document.hpp>
#include <mtp/tl/types/DocumentAttribute.hpp>
#include <mtp/tl/types/InputDocument.hpp>
#include <mtp/tl/types/InputFile.hpp>
#include <mtp/tl/types/InputMedia.hpp>
#include <mtp/tl/types/InputPhoto.hpp>
#include <mtp/tl/types/MessageMedia.hpp>
#include <mtp/tl/types/Photo.hpp>
#include <mtp/types/media.hpp>

namespace mtp::MTP_ABI::detail {
namespace {

/// A moving picture without sound, and a voice, stand alone.
album_kind kind_of_file(tl::document const& file) {
  auto out = album_kind::file;
  for (auto const& each : file.attributes) {
    if (each.holds<tl::documentAttributeAnimated>() || each.holds<tl::documentAttributeSticker>())
      return album_kind::alone;
    if (auto const* video = each.get_if<tl::documentAttributeVideo>())
      out = video->round_message ? album_kind::alone : album_kind::visual;
    if (auto const* audio = each.get_if<tl::documentAttributeAudio>())
      out = audio->voice ? album_kind::alone : album_kind::music;
  }
  return out;
}

template <class Media>
media::look look_in(Media const& by) {
  media::look out;
  if constexpr (requires { by.spoiler; }) out.spoiler = by.spoiler;
  if constexpr (requires { by.ttl_seconds; })
    if (by.ttl_seconds) out.ttl = std::chrono::seconds(*by.ttl_seconds);
  return out;
}

media::look look_of(tl::InputMedia const& by) {
  return by.visit([](auto const& form) { return look_in(form); });
}

}  // namespace

album_kind kind_of(tl::MessageMedia const& media) {
  if (media.holds<tl::messageMediaPhoto>()) return album_kind::visual;
  auto const* file = media.get_if<tl::messageMediaDocument>();
  auto const* whole = file ? file->document.get_if<tl::document>() : nullptr;
  return whole ? kind_of_file(*whole) : album_kind::alone;
}

std::vector<std::pair<std::size_t, std::size_t>> cut_into_albums(
    std::vector<album_kind> const& parts, std::size_t most) {
  std::vector<std::pair<std::size_t, std::size_t>> out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    bool const goes_on = !out.empty() && parts[i] != album_kind::alone &&
                         parts[i] == parts[i - 1] && out.back().second < most;
    if (goes_on) {
      ++out.back().second;
    } else {
      out.emplace_back(i, 1);
    }
  }
  return out;
}

tl::InputMedia as_part(tl::MessageMedia const& uploaded, tl::InputMedia const& by) {
  auto const how = look_of(by);
  if (auto const* photo = uploaded.get_if<tl::messageMediaPhoto>()) {
    auto const* whole = photo->photo.get_if<tl::photo>();
    return whole ? media::again(*whole, how) : tl::InputMedia{};
  }
  auto const* file = uploaded.get_if<tl::messageMediaDocument>();
  auto const* whole = file ? file->document.get_if<tl::document>() : nullptr;
  return whole ? media::again(*whole, how) : tl::InputMedia{};
}

}  // namespace mtp::MTP_ABI::detail
