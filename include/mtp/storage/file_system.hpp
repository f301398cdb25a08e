// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/core/result.hpp>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>

namespace mtp::MTP_ABI {

/// The few things that a store in files needs from an operating system, one step each, so that a
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

    /// What was last written there, by this holder or one before.
    virtual result<bytes> note() = 0;
    /// Writes there who holds it, for others to read.
    virtual result<void> set_note(bytes_view note) = 0;
    /// Whether the path still names what is held: it does not when somebody removed it.
    virtual bool is_in_place() = 0;
  };

  /// An open file; closed by its destructor.
  /// Threads: an owner at a time.
  class file {
   public:
    virtual ~file() = default;

    virtual result<std::uint64_t> size() = 0;
    /// Fills `into` from the bytes at `at`, all of which must be there.
    virtual result<void> read(std::uint64_t at, mutable_bytes into) = 0;
    /// Writes at `at`, which is not behind the end.
    virtual result<void> write(std::uint64_t at, bytes_view data) = 0;
    /// Cuts off what is behind the first `size` bytes.
    virtual result<void> truncate(std::uint64_t size) = 0;
    /// Makes the content durable.
    virtual result<void> sync() = 0;
    /// Whether `name` names this file and no other.
    virtual bool is_at(path const& name) = 0;
    /// A number that is another one after the content has changed; nothing where there is none.
    virtual std::optional<std::int64_t> change_time() { return std::nullopt; }
  };

  virtual ~file_system() = default;

  /// The content of a file, nothing when it does not exist. `limit` bounds what is read; a larger
  /// file is std::errc::file_too_large.
  virtual result<std::optional<bytes>> read(path const& file, std::size_t limit) = 0;
  /// Opens a file that is there; std::errc::no_such_file_or_directory when it is not.
  virtual result<std::unique_ptr<file>> open(path const& name) = 0;
  /// The same for who only reads it, and may not do more.
  virtual result<std::unique_ptr<file>> open_to_read(path const& name) { return open(name); }
  /// Creates a file that only its owner may read, instead of what was there.
  virtual result<std::unique_ptr<file>> create(path const& name) = 0;
  /// Puts `from` in the place of `to`, at once.
  virtual result<void> rename(path const& from, path const& to) = 0;
  /// Makes the names in a folder durable.
  virtual result<void> sync_folder(path const& folder) = 0;
  virtual void remove(path const& file) noexcept = 0;
  /// Takes the lease on `name`, creating it. When somebody else holds it:
  /// std::errc::device_or_resource_busy.
  virtual result<std::unique_ptr<lease>> lock(path const& name) = 0;
};

/// The file system of this machine.
MTP_API file_system& local_files();

}  // namespace mtp::MTP_ABI
