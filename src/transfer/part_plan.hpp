// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The sizes of parts: https://core.telegram.org/api/files
#pragma once

#include <mtp/core/result.hpp>
#include <mtp/transfer/transfer_error.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>

namespace mtp::MTP_ABI::transfer {

constexpr std::uint64_t kib = 1024;
constexpr std::uint64_t mib = 1024 * kib;
/// A larger part is refused.
constexpr std::uint64_t max_part_size = 512 * kib;
/// Larger files go up as big ones, which have no MD5.
constexpr std::uint64_t max_small_file = 10 * mib;
/// How many parts a file has at most, and those of an account that pays.
constexpr std::int32_t max_parts = 4000;
constexpr std::int32_t max_premium_parts = 8000;

/// How a file is cut into parts on its way up.
struct upload_plan {
  std::uint64_t part_size = max_part_size;
  std::optional<std::uint64_t> size = {};  ///< empty: known when the source ends
  std::int32_t max_parts = transfer::max_parts;

  bool is_big() const { return !size || *size > max_small_file; }
  /// Empty while the size is not known.
  std::optional<std::int32_t> parts() const;
  /// Of the part with that number, which the file has; the most that it can have while the size is
  /// not known.
  std::size_t size_of(std::int32_t part) const;
  bool operator==(upload_plan const&) const = default;
};

/// Errors: transfer_errc::empty_file, since servers keep none; file_too_large.
result<upload_plan, transfer_errc> plan_upload(std::optional<std::uint64_t> size,
                                               std::int32_t most_parts = max_parts);

/// How a file is asked for on its way down. Every range keeps to the rules of plain requests: a
/// multiple of 4 KiB that divides 1 MiB, within one MiB of the file.
struct download_plan {
  std::uint64_t part_size = max_part_size;
  std::optional<std::uint64_t> size = {};  ///< empty: a part that is cut short ends the file

  std::uint64_t offset_of(std::int64_t part) const {
    return static_cast<std::uint64_t>(part) * part_size;
  }
  /// How many bytes of the file that part has; empty while the size is not known.
  std::optional<std::uint64_t> size_of(std::int64_t part) const;
  bool operator==(download_plan const&) const = default;
};

download_plan plan_download(std::optional<std::uint64_t> size);

}  // namespace mtp::MTP_ABI::transfer
