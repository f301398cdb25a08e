// SPDX-License-Identifier: MIT OR Apache-2.0
// The rules of https://core.telegram.org/api/files.
#include <mtp/testing/world/file_store.hpp>

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>

namespace mtp::MTP_ABI::testing {
namespace {

/// All parts but the last: a multiple of 1 KiB that divides 512 KiB.
bool is_valid_part_size(std::size_t size) {
  return size != 0 && size % 1024 == 0 && file_store::max_part % size == 0;
}

std::string md5_hex(bytes_view data) {
  std::array<std::uint8_t, EVP_MAX_MD_SIZE> digest;
  unsigned int size = 0;
  EVP_Digest(data.data(), data.size(), digest.data(), &size, EVP_md5(), nullptr);
  std::string out;
  for (unsigned int i = 0; i < size; ++i) out += fmt::format("{:02x}", digest[i]);
  return out;
}

bool same_hex(std::string_view a, std::string_view b) {
  auto const lower = [](char c) { return c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](char x, char y) { return lower(x) == lower(y); });
}

/// Ids that look like the API's: large, positive and not in a row.
std::int64_t scattered(std::uint64_t seed, std::int64_t n) {
  auto x = (seed + static_cast<std::uint64_t>(n)) * 0x9e3779b97f4a7c15u;
  x = (x ^ (x >> 31)) * 0xbf58476d1ce4e5b9u;
  return static_cast<std::int64_t>((x ^ (x >> 29)) & 0x7fffffffffffffffu) | 1;
}

constexpr std::int64_t mebibyte = 1024 * 1024;

outcome<> check_range(file_request const& wanted) {
  std::int64_t const grain = wanted.precise ? 1024 : 4096;
  if (wanted.offset < 0 || wanted.offset % grain != 0) return refuse(400, "OFFSET_INVALID");
  bool const fits = wanted.limit > 0 && wanted.limit % grain == 0 && wanted.limit <= mebibyte &&
                    (wanted.precise || mebibyte % wanted.limit == 0);
  if (!fits) return refuse(400, "LIMIT_INVALID");
  if (wanted.offset > std::numeric_limits<std::int64_t>::max() - mebibyte)
    return refuse(400, "OFFSET_INVALID");
  bool const one_mebibyte =
      wanted.offset / mebibyte == (wanted.offset + wanted.limit - 1) / mebibyte;
  if (!one_mebibyte) return refuse(400, "LIMIT_INVALID");
  return {};
}

}  // namespace

outcome<> file_store::check_numbers(file_part const& part) {
  auto const max_parts = part.big ? max_big_parts : max_small_parts;
  if (part.part < 0 || part.part >= max_parts) return refuse(400, "FILE_PART_INVALID");
  if (part.content.size() > max_part) return refuse(400, "FILE_PART_TOO_BIG");
  if (part.big && part.total_parts != -1 &&
      (part.total_parts < 1 || part.total_parts > max_big_parts))
    return refuse(400, "FILE_PARTS_INVALID");
  if (part.big && part.total_parts != -1 && part.part >= part.total_parts)
    return refuse(400, "FILE_PART_INVALID");
  // A streamed file may end with an empty part: its length was not known before.
  bool const streamed_end = part.big && part.part > 0 && part.part + 1 == part.total_parts;
  if (part.content.empty() && !streamed_end) return refuse(400, "FILE_PART_EMPTY");
  return {};
}

outcome<> file_store::check_against(upload const& so_far, file_part const& part) {
  bool const totals_differ =
      part.big && so_far.total != -1 && part.total_parts != -1 && so_far.total != part.total_parts;
  if (totals_differ) return refuse(400, "FILE_PARTS_INVALID");
  auto const total = part.total_parts != -1 ? part.total_parts : so_far.total;
  auto const size = part.content.size();
  auto const highest = so_far.parts.empty() ? -1 : so_far.parts.rbegin()->first;
  bool const may_be_last = total != -1 ? part.part + 1 == total : part.part >= highest;
  if (!may_be_last && !is_valid_part_size(size)) return refuse(400, "FILE_PART_SIZE_INVALID");
  bool const changed =
      so_far.part_size != 0 && (may_be_last ? size > so_far.part_size : size != so_far.part_size);
  if (changed) return refuse(400, "FILE_PART_SIZE_CHANGED");
  return {};
}

outcome<> file_store::save_part(std::int64_t owner, file_part part) {
  if (!part.big) part.total_parts = -1;
  auto fine = check_numbers(part);
  if (!fine) return fine;
  upload const nothing{.big = part.big, .dc = part.dc};
  auto const at = uploads_.find({owner, part.file_id});
  bool const known = at != uploads_.end();
  bool const elsewhere = known && at->second.dc != 0 && part.dc != 0 && at->second.dc != part.dc;
  if (elsewhere) return refuse(303, fmt::format("FILE_MIGRATE_{}", at->second.dc));
  if (known && at->second.whole) return {};  // used already; a late repetition
  bool const anew = !known || at->second.big != part.big;
  fine = check_against(anew ? nothing : at->second, part);
  if (!fine) return fine;
  if (anew) forget({owner, part.file_id});
  return keep(uploads_.try_emplace({owner, part.file_id}, nothing).first->second, part);
}

void file_store::forget(upload_key key) {
  auto const at = uploads_.find(key);
  if (at == uploads_.end()) return;
  for (auto const& [number, content] : at->second.parts) memory_ -= content.size();
  uploads_.erase(at);
}

outcome<> file_store::keep(upload& so_far, file_part const& part) {
  auto const before = so_far.parts.find(part.part);
  auto const freed = before == so_far.parts.end() ? 0 : before->second.size();
  auto const memory = memory_ - freed + part.content.size();
  if (memory > max_memory_) return refuse(500, "STORAGE_FULL");
  memory_ = memory;
  so_far.parts[part.part].assign(part.content.begin(), part.content.end());
  if (part.total_parts != -1) so_far.total = part.total_parts;
  bool const last = so_far.total != -1 ? part.part + 1 == so_far.total
                                       : part.part == so_far.parts.rbegin()->first;
  if (!last) so_far.part_size = part.content.size();
  return {};
}

outcome<> file_store::check_whole(upload const& whole, uploaded_file const& file) {
  if (file.parts < 1 || file.parts > max_big_parts) return refuse(400, "FILE_PARTS_INVALID");
  for (std::int32_t part = 0; part < file.parts; ++part) {
    if (!whole.parts.contains(part)) return refuse(400, fmt::format("FILE_PART_{}_MISSING", part));
  }
  bool const more = whole.parts.size() > static_cast<std::size_t>(file.parts);
  if (more) return refuse(400, "FILE_PARTS_INVALID");
  auto const size = whole.parts.begin()->second.size();
  for (auto const& [part, content] : whole.parts) {
    bool const last = part + 1 == file.parts;
    if (!last && !is_valid_part_size(content.size())) return refuse(400, "FILE_PART_SIZE_INVALID");
    bool const changed = last ? content.size() > size : content.size() != size;
    if (changed) return refuse(400, "FILE_PART_SIZE_CHANGED");
  }
  return {};
}

outcome<std::shared_ptr<bytes const>> file_store::assemble(std::int64_t owner,
                                                           uploaded_file const& file) {
  auto const at = uploads_.find({owner, file.file_id});
  if (at == uploads_.end()) return refuse(400, "FILE_PART_0_MISSING");
  auto& parts = at->second;
  if (parts.whole) return parts.whole;
  auto fine = check_whole(parts, file);
  if (!fine) return failure{fine.error()};
  bytes content;
  for (auto const& [number, part] : parts.parts) append(content, part);
  bool const wrong = check_md5_ && !file.md5.empty() && !same_hex(md5_hex(content), file.md5);
  if (wrong) return refuse(400, "MD5_CHECKSUM_INVALID");
  parts.whole = std::make_shared<bytes const>(std::move(content));
  parts.parts.clear();
  return parts.whole;
}

stored_file const& file_store::store(stored_file file) {
  file.id = scattered(seed_, ++last_id_);
  file.access_hash = scattered(seed_ ^ 0x5bd1e995, last_id_);
  if (!file.content) file.content = std::make_shared<bytes const>();
  auto const key = std::pair{file.kind, file.id};
  return files_.insert_or_assign(key, std::move(file)).first->second;
}

stored_file const* file_store::find(file_kind kind, std::int64_t id) const {
  auto const at = files_.find({kind, id});
  return at == files_.end() ? nullptr : &at->second;
}

bool file_store::move(file_kind kind, std::int64_t id, int dc) {
  auto const at = files_.find({kind, id});
  if (at == files_.end()) return false;
  at->second.dc = dc;
  return true;
}

bytes file_store::reference(stored_file const& file) const {
  bytes out(13, 0);
  out[0] = 1;
  store_le(out.data() + 1, generation_);
  store_le(out.data() + 5, file.id ^ static_cast<std::int64_t>(seed_));
  return out;
}

outcome<> file_store::check_reference(stored_file const& file, bytes_view reference) const {
  if (reference.empty()) return refuse(400, "FILE_REFERENCE_EMPTY");
  auto const current = this->reference(file);
  if (reference.size() != current.size()) return refuse(400, "FILE_REFERENCE_INVALID");
  if (!std::equal(reference.begin() + 5, reference.end(), current.begin() + 5))
    return refuse(400, "FILE_REFERENCE_INVALID");
  if (load_le<std::uint32_t>(reference.data() + 1) != generation_)
    return refuse(400, "FILE_REFERENCE_EXPIRED");
  return {};
}

outcome<bytes_view> file_store::read(file_request const& wanted) const {
  auto fine = check_range(wanted);
  if (!fine) return failure{fine.error()};
  auto const* file = find(wanted.kind, wanted.id);
  if (!file || file->access_hash != wanted.access_hash) return refuse(400, "FILE_ID_INVALID");
  fine = check_reference(*file, wanted.reference);
  if (!fine) return failure{fine.error()};
  bytes_view const whole = *file->content;
  auto const begin = std::min(static_cast<std::size_t>(wanted.offset), whole.size());
  return whole.subspan(begin,
                       std::min(static_cast<std::size_t>(wanted.limit), whole.size() - begin));
}

}  // namespace mtp::MTP_ABI::testing
