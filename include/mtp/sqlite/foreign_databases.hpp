// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/result.hpp>
#include <mtp/sessions/portable_session.hpp>

#include <filesystem>

namespace mtp::MTP_ABI {

// The databases of SQLite in which other libraries keep an account. Reading changes nothing in
// them; the library that wrote them should not be running. Writing makes a new file, readable by
// its owner only, and leaves one that is there alone: std::errc::file_exists.
//
// SQLite keeps what it reads in memory of its own, which is not wiped.
//
// Errors of all of them: those of portable_errc; std::errc::device_or_resource_busy while somebody
// writes; those of the system.

/// Reads the `.session` file of Telethon 1, versions 1 to 8: the home data centre, where the
/// updates stand, peers, and whose it is if Telethon knew.
MTP_API result<portable_session> read_telethon_database(std::filesystem::path const& file);

/// Writes one of version 7, which newer versions of Telethon bring up to date by themselves.
///
/// Errors: no_key; no_address.
MTP_API result<void> write_telethon_database(std::filesystem::path const& file,
                                             portable_session const& session);

/// The databases of Pyrogram and its successors.
enum class pyrogram_schema {
  pyrogram = 3,  ///< which its successors bring up to date by themselves
  kurigram = 7,  ///< with addresses, several usernames, and where the updates stand
};

/// Reads the `.session` file of Pyrogram, kurigram or pyrofork, versions 1 to 7.
MTP_API result<portable_session> read_pyrogram_database(std::filesystem::path const& file);

/// Writes one.
///
/// Errors: no_key; no_user when it is not known whose the session is, or whether that is a bot;
/// no_address, for kurigram.
MTP_API result<void> write_pyrogram_database(std::filesystem::path const& file,
                                             portable_session const& session,
                                             pyrogram_schema schema = pyrogram_schema::kurigram);

/// Reads the database of mtcute: keys of all data centres, who it is, where the updates stand,
/// peers. Which servers it belongs to is known by the address of its home.
MTP_API result<portable_session> read_mtcute_database(std::filesystem::path const& file);

/// Writes one.
///
/// Errors: no_key; no_address.
MTP_API result<void> write_mtcute_database(std::filesystem::path const& file,
                                           portable_session const& session);

/// Reads the database of grammers since 0.8: keys and addresses of all data centres, who it is,
/// where the updates stand, peers.
MTP_API result<portable_session> read_grammers_database(std::filesystem::path const& file);

/// Writes one.
///
/// Errors: no_key; no_address for a data centre with a key.
MTP_API result<void> write_grammers_database(std::filesystem::path const& file,
                                             portable_session const& session);

}  // namespace mtp::MTP_ABI
