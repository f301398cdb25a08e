// SPDX-License-Identifier: MIT OR Apache-2.0
#include "handler_table.hpp"

#include <mtp/crypto/hash.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace mtp::MTP_ABI::testing {
namespace {

outcome<bool> save(call_context& c, file_part const& part) {
  auto const done = c.world.files().save_part(c.account, part);
  if (!done) return failure{done.error()};
  return true;
}

outcome<bool> save_part(call_context& c, tl::upload::saveFilePart const& q) {
  return save(c,
              {.file_id = q.file_id, .part = q.file_part, .content = q.bytes.view(), .dc = c.dc});
}

outcome<bool> save_big_part(call_context& c, tl::upload::saveBigFilePart const& q) {
  return save(c, {.file_id = q.file_id,
                  .part = q.file_part,
                  .big = true,
                  .total_parts = q.file_total_parts,
                  .content = q.bytes.view(),
                  .dc = c.dc});
}

/// A file lives at one data centre, and the others know which that is.
outcome<> check_place(call_context& c, file_request const& wanted) {
  auto const* file = c.world.files().find(wanted.kind, wanted.id);
  if (!file || file->dc == c.dc) return {};
  bool const served = std::ranges::any_of(
      c.dcs, [&](dc_address const& at) { return at.id == file->dc && !at.options.cdn; });
  if (!served) return {};
  return refuse(303, fmt::format("FILE_MIGRATE_{}", file->dc));
}

outcome<file_request> file_named_by(tl::InputFileLocation const& location) {
  file_request out;
  if (auto const* document = location.get_if<tl::inputDocumentFileLocation>()) {
    if (!document->thumb_size.empty()) return refuse(400, "LOCATION_INVALID");  // no thumbnails
    out.id = document->id;
    out.access_hash = document->access_hash;
    out.reference = document->file_reference.view();
    return out;
  }
  if (auto const* photo = location.get_if<tl::inputPhotoFileLocation>()) {
    out.kind = file_kind::photo;
    out.id = photo->id;
    out.access_hash = photo->access_hash;
    out.reference = photo->file_reference.view();
    return out;
  }
  return refuse(400, "LOCATION_INVALID");
}

/// The file that a location names, if it lives here; its range is filled in by the caller.
outcome<file_request> wanted_file(call_context& c, tl::InputFileLocation const& location) {
  auto wanted = file_named_by(location);
  if (!wanted) return wanted;
  if (auto const here = check_place(c, *wanted); !here) return failure{here.error()};
  return wanted;
}

tl::storage::FileType type_of(file_kind kind, bytes_view content) {
  bool const jpeg = content.size() > 2 && content[0] == 0xff && content[1] == 0xd8;
  if (kind == file_kind::photo && jpeg) return tl::storage::fileJpeg{};
  return tl::storage::fileUnknown{};
}

outcome<tl::upload::File> get_file(call_context& c, tl::upload::getFile const& q) {
  auto wanted = wanted_file(c, q.location);
  if (!wanted) return failure{wanted.error()};
  wanted->offset = q.offset;
  wanted->limit = q.limit;
  wanted->precise = q.precise;
  auto const range = c.world.files().read(*wanted);
  if (!range) return failure{range.error()};
  auto const& file = *c.world.files().find(wanted->kind, wanted->id);
  tl::upload::file out;
  out.type = type_of(file.kind, *file.content);
  out.mtime = file.date;
  out.bytes = tl::bytes(*range);
  return tl::upload::File(std::move(out));
}

constexpr std::int64_t hash_range = 128 * 1024;
constexpr std::int64_t max_hashes = 16;

outcome<tl::list<tl::FileHash>> get_hashes(call_context& c, tl::upload::getFileHashes const& q) {
  auto wanted = wanted_file(c, q.location);
  if (!wanted) return failure{wanted.error()};
  wanted->limit = 4096;
  auto const allowed = c.world.files().read(*wanted);
  if (!allowed) return failure{allowed.error()};
  if (q.offset < 0) return refuse(400, "OFFSET_INVALID");
  bytes_view const all = *c.world.files().find(wanted->kind, wanted->id)->content;
  auto const size = static_cast<std::int64_t>(all.size());
  std::vector<tl::FileHash> out;
  for (auto at = q.offset / hash_range * hash_range;
       at < size && static_cast<std::int64_t>(out.size()) < max_hashes; at += hash_range) {
    auto const limit = std::min(hash_range, size - at);
    auto const range = all.subspan(static_cast<std::size_t>(at), static_cast<std::size_t>(limit));
    out.push_back({.offset = at,
                   .limit = static_cast<std::int32_t>(limit),
                   .hash = tl::bytes(bytes_view(crypto::sha256(range)))});
  }
  return to_list(std::move(out));
}

}  // namespace

void add_transfer_handlers(handler_table& table) {
  table.on<tl::upload::saveFilePart>(save_part);
  table.on<tl::upload::saveBigFilePart>(save_big_part);
  table.on<tl::upload::getFile>(get_file);
  table.on<tl::upload::getFileHashes>(get_hashes);
}

}  // namespace mtp::MTP_ABI::testing
