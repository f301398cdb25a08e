// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/storage/file_system.hpp>
#include <mtp/storage/store_error.hpp>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>

namespace mtp::MTP_ABI::detail {

/// What the file beside a store says of its holder: lines of a word and a value.
bytes encode_holder(store_holder const& holder);
/// Reads it. What cannot be read is not known.
store_holder decode_holder(bytes_view note);

/// Remembers the process that made something: a copy that fork() made is not its.
/// Threads: immutable.
class owning_process {
 public:
  owning_process();
  bool is_here() const;

 private:
  std::int64_t number_;
};

/// Holds a store in files, by a lock that the system gives back when its holder dies.
/// Threads: an owner at a time.
class file_lease {
 public:
  /// Takes the lock on `path` + ".lock" and says there who holds it. Errors: throws store_in_use,
  /// store_error.
  file_lease(std::filesystem::path const& path, file_system& files,
             std::chrono::system_clock::time_point now);

  std::uint64_t fence() const noexcept { return fence_; }
  /// False when somebody removed the file, so that another process may hold it as well, and in a
  /// process that fork() made of the holder's.
  bool is_held() { return owner_.is_here() && lock_->is_in_place(); }

 private:
  owning_process owner_;
  std::unique_ptr<file_system::lease> lock_;
  std::uint64_t fence_ = 0;
};

/// `path` with something behind its name.
std::filesystem::path with_suffix(std::filesystem::path path, char const* suffix);
/// Where the file really lies, so that replacing it does not replace a link to it, and two names
/// of it share one lease.
std::filesystem::path resolved(std::filesystem::path const& path);
std::filesystem::path folder_of(std::filesystem::path const& path);

}  // namespace mtp::MTP_ABI::detail
