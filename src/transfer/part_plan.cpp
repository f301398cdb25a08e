// SPDX-License-Identifier: MIT OR Apache-2.0
#include "transfer/part_plan.hpp"

#include <algorithm>

namespace mtp::MTP_ABI::transfer {
namespace {

/// Small files in small parts: several are under way at a time, and a bar that shows them moves.
constexpr std::uint64_t small_part_size = 128 * kib;

std::uint64_t part_size_for(std::optional<std::uint64_t> size) {
  return size && *size <= max_small_file ? small_part_size : max_part_size;
}

/// What lies between `offset` and the end, at most `limit` of it.
std::uint64_t cut(std::uint64_t size, std::uint64_t offset, std::uint64_t limit) {
  return offset >= size ? 0 : std::min(limit, size - offset);
}

}  // namespace

std::optional<std::int32_t> upload_plan::parts() const {
  if (!size) return std::nullopt;
  return static_cast<std::int32_t>((*size + part_size - 1) / part_size);
}

std::size_t upload_plan::size_of(std::int32_t part) const {
  if (!size) return part_size;
  return cut(*size, static_cast<std::uint64_t>(part) * part_size, part_size);
}

result<upload_plan, transfer_errc> plan_upload(std::optional<std::uint64_t> size,
                                               std::int32_t most_parts) {
  if (size == 0u) return failure{transfer_errc::empty_file};
  auto const room = max_part_size * static_cast<std::uint64_t>(most_parts);
  if (size && *size > room) return failure{transfer_errc::file_too_large};
  return upload_plan{.part_size = part_size_for(size), .size = size, .max_parts = most_parts};
}

std::optional<std::uint64_t> download_plan::size_of(std::int64_t part) const {
  if (!size) return std::nullopt;
  return cut(*size, offset_of(part), part_size);
}

download_plan plan_download(std::optional<std::uint64_t> size) {
  return {.part_size = part_size_for(size), .size = size};
}

}  // namespace mtp::MTP_ABI::transfer
