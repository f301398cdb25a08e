// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/random.hpp>
#include <mtp/core/result.hpp>
#include <mtp/sessions/portable_session.hpp>

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mtp::MTP_ABI {

class file_system;

/// The accounts of one Telegram Desktop.
struct tdata {
  std::vector<portable_session> accounts = {};
  std::size_t active = 0;  ///< which of them is shown first
  bool operator==(tdata const&) const = default;
};

/// Gives the content of a file below the folder `tdata`, nothing when there is no such file.
using tdata_source = std::function<result<std::optional<bytes>>(std::string const& name)>;

/// The files below the folder `tdata`, by name.
using tdata_files = std::map<std::string, secret<bytes>>;

/// Reads every account that is signed in: keys of all its data centres, who it is. An empty
/// passcode is none.
///
/// Errors: those of portable_errc; wrong_passcode also when there is one and none was given;
/// no_user when nobody is signed in; those of `files`.
MTP_API result<tdata> read_tdata(tdata_source const& files, std::string_view passcode = {});

/// The files that Telegram Desktop needs to find these accounts, at most six: everything else it
/// makes anew.
///
/// Errors: no_key; no_user; does_not_fit for none or too many accounts, or one on the servers for
/// tests.
MTP_API result<tdata_files> write_tdata(tdata const& all, random_source& random,
                                        std::string_view passcode = {});

/// Reads the folder `tdata` of a Telegram Desktop that is not running.
///
/// Errors: as read_tdata(), and those of `files`.
MTP_API result<tdata> load_tdata(std::filesystem::path const& folder, file_system& files,
                                 std::string_view passcode = {});

/// Writes a new folder `tdata`, readable by its owner only; the file that makes it one comes last.
/// One that is there already is left alone: std::errc::file_exists.
///
/// Errors: as write_tdata(), and those of `files`.
MTP_API result<void> save_tdata(std::filesystem::path const& folder, file_system& files,
                                tdata const& all, random_source& random,
                                std::string_view passcode = {});

}  // namespace mtp::MTP_ABI
