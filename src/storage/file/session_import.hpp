// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/storage/file_system.hpp>

#include <filesystem>

namespace mtp::MTP_ABI::detail {

/// Puts a file of records in the place of a session file that a version of this library before left
/// at `path`; does nothing when there is none. Until the new one is whole and durable the old one
/// stands, and whoever dies meanwhile leaves it to the next. The lease is held.
///
/// Errors: throws store_error; bad_session_file and newer_store leave the file as it is.
void import_session_file(std::filesystem::path const& path, file_system& files);

}  // namespace mtp::MTP_ABI::detail
