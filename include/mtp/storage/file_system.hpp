// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/core/result.hpp>

#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>

namespace mtp::MTP_ABI {

/// The few things that the session file needs from an operating system, one step each, so that a
/// test can make every step fail in turn. Errors are those of the system.
/// Threads: called on worker threads, never for one file on two at once.
class MTP_API file_system {
 public:
  using path = std::filesystem::path;

  /// A lease on a path; given back by its destructor, and by the system when the process dies.
  /// Threads: an owner at a time; may be given back on any thread.
  class lease {
   public:
    virtual ~lease() = default;
  };

  virtual ~file_system() = default;

  /// The content of a file, nothing when it does not exist. `limit` bounds what is read; a larger
  /// file is std::errc::file_too_large.
  virtual result<std::optional<bytes>> read(path const& file, std::size_t limit) = 0;
  /// Creates or empties a file that only its owner may read.
  virtual result<void> create(path const& file) = 0;
  /// Appends to a file.
  virtual result<void> write(path const& file, bytes_view data) = 0;
  /// Makes the content of a file durable.
  virtual result<void> sync(path const& file) = 0;
  /// Puts `from` in the place of `to`, at once.
  virtual result<void> rename(path const& from, path const& to) = 0;
  /// Makes the names in a folder durable.
  virtual result<void> sync_folder(path const& folder) = 0;
  virtual void remove(path const& file) noexcept = 0;
  /// Takes the lease on `file`, creating it, and writes `note` there. When somebody else holds it:
  /// std::errc::device_or_resource_busy.
  virtual result<std::unique_ptr<lease>> lock(path const& file, std::string_view note) = 0;
};

/// The file system of this machine.
MTP_API file_system& local_files();

}  // namespace mtp::MTP_ABI
