// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/transfer/progress_ref.hpp>

#include <string_view>
#include <type_traits>

namespace mtp::MTP_ABI {

/// How a file is uploaded.
///
/// Lifetime: what the views refer to is copied before the call returns; whom `on_progress` refers
/// to outlives the upload.
struct upload_options {
  progress_ref on_progress = {};
  std::string_view name = {};       ///< in the chat; empty: that of the source
  std::string_view mime_type = {};  ///< empty: see mime_type_of()
  /// What is left undone of a file on the disk of more than 10 MiB, also by a process that died,
  /// the next upload of it goes on with, for some hours, as long as the file stays what it is.
  bool resumable = true;
};
static_assert(std::is_trivially_destructible_v<upload_options>);

/// How a file is downloaded.
///
/// Lifetime: whom `on_progress` refers to outlives the download.
struct download_options {
  progress_ref on_progress = {};
  /// What is left undone of a file on the disk, also by a process that died, the next download of
  /// the same file to the same place goes on with, once the server's hashes say that it is right.
  /// Of a failure in the first 4 MiB nothing is left.
  bool resumable = true;
};
static_assert(std::is_trivially_destructible_v<download_options>);

}  // namespace mtp::MTP_ABI
