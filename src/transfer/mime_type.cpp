// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/transfer/mime_type.hpp>

#include <algorithm>
#include <string>

namespace mtp::MTP_ABI {
namespace {

using namespace std::string_view_literals;

/// What files begin with, from the byte `at` on. The first row that fits decides.
struct content_row {
  std::size_t at;
  std::string_view mark;
  std::string_view type;
};

constexpr content_row by_content[] = {
    {0, "\xff\xd8\xff"sv, "image/jpeg"},
    {0, "\x89PNG\r\n\x1a\n"sv, "image/png"},
    {0, "GIF87a"sv, "image/gif"},
    {0, "GIF89a"sv, "image/gif"},
    {8, "WEBP"sv, "image/webp"},
    {8, "WAVE"sv, "audio/x-wav"},
    {8, "AVI "sv, "video/x-msvideo"},
    {0, "BM"sv, "image/bmp"},
    {0, "II*\0"sv, "image/tiff"},
    {0, "MM\0*"sv, "image/tiff"},
    {4, "ftypheic"sv, "image/heic"},
    {4, "ftypavif"sv, "image/avif"},
    {4, "ftypM4A "sv, "audio/mp4"},
    {4, "ftypqt  "sv, "video/quicktime"},
    {4, "ftyp"sv, "video/mp4"},
    {0, "\x1a\x45\xdf\xa3"sv, "video/x-matroska"},
    {0, "OggS"sv, "audio/ogg"},
    {0, "fLaC"sv, "audio/flac"},
    {0, "ID3"sv, "audio/mpeg"},
    {0, "%PDF-"sv, "application/pdf"},
    {0, "\x1f\x8b"sv, "application/gzip"},
    {0, "PK\x03\x04"sv, "application/zip"},
    {0, "7z\xbc\xaf\x27\x1c"sv, "application/x-7z-compressed"},
    {0, "Rar!\x1a\x07"sv, "application/vnd.rar"},
};

struct extension_row {
  std::string_view extension;
  std::string_view type;
};

constexpr extension_row by_extension[] = {
    {"aac", "audio/aac"},
    {"apk", "application/vnd.android.package-archive"},
    {"avif", "image/avif"},
    {"csv", "text/csv"},
    {"doc", "application/msword"},
    {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {"epub", "application/epub+zip"},
    {"flac", "audio/flac"},
    {"gif", "image/gif"},
    {"gz", "application/gzip"},
    {"heic", "image/heic"},
    {"htm", "text/html"},
    {"html", "text/html"},
    {"jpeg", "image/jpeg"},
    {"jpg", "image/jpeg"},
    {"json", "application/json"},
    {"m4a", "audio/mp4"},
    {"md", "text/markdown"},
    {"mkv", "video/x-matroska"},
    {"mov", "video/quicktime"},
    {"mp3", "audio/mpeg"},
    {"mp4", "video/mp4"},
    {"odt", "application/vnd.oasis.opendocument.text"},
    {"oga", "audio/ogg"},
    {"ogg", "audio/ogg"},
    {"ogv", "video/ogg"},
    {"opus", "audio/ogg"},
    {"pdf", "application/pdf"},
    {"png", "image/png"},
    {"ppt", "application/vnd.ms-powerpoint"},
    {"pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
    {"rtf", "application/rtf"},
    {"svg", "image/svg+xml"},
    {"tar", "application/x-tar"},
    {"tgs", "application/x-tgsticker"},
    {"txt", "text/plain"},
    {"wav", "audio/x-wav"},
    {"webm", "video/webm"},
    {"webp", "image/webp"},
    {"xls", "application/vnd.ms-excel"},
    {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {"xml", "application/xml"},
    {"zip", "application/zip"},
};

std::string_view type_by_content(bytes_view head) {
  auto const text = as_text(head);
  auto const fits = [&](content_row const& one) {
    return text.size() >= one.at && text.substr(one.at).starts_with(one.mark);
  };
  auto const* const found = std::ranges::find_if(by_content, fits);
  return found == std::end(by_content) ? std::string_view() : found->type;
}

std::string extension_of(std::string_view name) {
  auto const dot = name.rfind('.');
  if (dot == std::string_view::npos) return {};
  std::string out(name.substr(dot + 1));
  std::ranges::transform(out, out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  return out;
}

std::string_view type_by_name(std::string_view name) {
  auto const* const found =
      std::ranges::find(by_extension, extension_of(name), &extension_row::extension);
  return found == std::end(by_extension) ? std::string_view() : found->type;
}

/// Containers in which files of many kinds come: the name knows more.
bool is_container(std::string_view type) {
  return type == "application/zip" || type == "application/gzip" || type == "video/x-matroska" ||
         type == "audio/ogg";
}

}  // namespace

std::string_view mime_type_of(bytes_view head, std::string_view name) {
  auto const content = type_by_content(head);
  auto const named = type_by_name(name);
  if (!content.empty() && !(is_container(content) && !named.empty())) return content;
  return named.empty() ? "application/octet-stream" : named;
}

}  // namespace mtp::MTP_ABI
