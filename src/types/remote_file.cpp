// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/types/remote_file.hpp>

#include <mtp/core/error.hpp>
#include <mtp/tl/types/Document.hpp>
#include <mtp/tl/types/InputFileLocation.hpp>
#include <mtp/tl/types/MessageMedia.hpp>
#include <mtp/tl/types/Photo.hpp>
#include <mtp/tl/types/PhotoSize.hpp>
#include <mtp/types/file_ids.hpp>
#include <mtp/types/message.hpp>

#include <algorithm>

namespace mtp::MTP_ABI {
namespace {

/// A size of a photo that can be asked for.
struct size_of_photo {
  char letter = 0;
  std::int64_t pixels = 0;
  std::int64_t bytes = 0;
};

size_of_photo described(std::string_view type, std::int64_t w, std::int64_t h, std::int64_t bytes) {
  return {type.empty() ? '\0' : type.front(), w * h, bytes};
}

size_of_photo size_from(tl::PhotoSize const& from) {
  if (auto const* one = from.get_if<tl::photoSize>())
    return described(one->type, one->w, one->h, one->size);
  if (auto const* one = from.get_if<tl::photoSizeProgressive>()) {
    auto const whole = one->sizes.empty() ? 0 : *std::ranges::max_element(one->sizes);
    return described(one->type, one->w, one->h, whole);
  }
  return {};
}

size_of_photo largest(tl::photo const& photo) {
  size_of_photo out;
  for (auto const& one : photo.sizes) {
    auto const size = size_from(one);
    if (size.letter != 0 && (out.letter == 0 || size.pixels > out.pixels)) out = size;
  }
  return out;
}

[[noreturn]] void throw_no_file() {
  throw error(make_error_code(client_errc::bad_argument), "there is no file to download");
}

remote_file file_of(tl::MessageMedia const& media) {
  if (auto const* with = media.get_if<tl::messageMediaDocument>()) {
    if (auto const* document = with->document.get_if<tl::document>()) return *document;
  }
  if (auto const* with = media.get_if<tl::messageMediaPhoto>()) {
    if (auto const* photo = with->photo.get_if<tl::photo>()) return *photo;
  }
  throw_no_file();
}

/// A size that a server sent. Nothing when it can be none.
std::optional<std::uint64_t> plausible(std::int64_t size) {
  return size < 0 ? std::nullopt : std::optional(static_cast<std::uint64_t>(size));
}

}  // namespace

void remote_file::set(file_id const& id) {
  dc_ = id.dc;
  location_ = std::make_shared<tl::InputFileLocation const>(to_location(id));
}

remote_file::remote_file(message const& from) : remote_file(from.media()) {}
remote_file::remote_file(tl::MessageMedia const& from) : remote_file(file_of(from)) {}
remote_file::remote_file(file_id const& id) { set(id); }

remote_file::remote_file(tl::document const& from) : size_(plausible(from.size)) {
  set(file_id_of(from));
}

remote_file::remote_file(tl::photo const& from) {
  auto const size = largest(from);
  if (size.letter == 0) throw_no_file();
  size_ = plausible(size.bytes);
  set(file_id_of(from, size.letter));
}

}  // namespace mtp::MTP_ABI
