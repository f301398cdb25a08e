// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/core/task.hpp>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace mtp::MTP_ABI {

class file_system;

namespace transfer {
class source;
}

/// Reads the next bytes of a file into the space it is given, and returns how many; 0 at the end.
///
/// Lifetime: the space lives until the task has ended. Threads: called, and its task runs, on the
/// strand of the client. Cancellation: terminal. Errors: what it throws ends the upload, which
/// throws it on.
using file_reader = std::function<task<std::size_t>(mutable_bytes into)>;

/// What is uploaded: a file on the disk, bytes, or what a coroutine reads. Never more of it is in
/// memory than a few parts.
///
/// Lifetime: shared by its copies. Threads: a value; it serves one upload at a time.
class MTP_API file_source {
 public:
  /// The file of that name, which is read on a worker thread. Its name in the chat is the last part
  /// of the path.
  file_source(std::filesystem::path const& path);
  file_source(char const* path);
  file_source(std::string_view path);
  file_source(std::string const& path);
  /// The same in another file system. Lifetime: `in` outlives the source.
  file_source(std::filesystem::path const& path, file_system& in);

  /// Bytes that are in memory already.
  static file_source of_bytes(bytes content, std::string name);
  /// What `next` reads, until it returns 0. Where the size is known, more is not asked for, and
  /// less is transfer_errc::file_changed.
  static file_source of_reader(file_reader next, std::string name,
                               std::optional<std::uint64_t> size = {});

  std::shared_ptr<transfer::source> const& raw() const noexcept { return raw_; }

 private:
  explicit file_source(std::shared_ptr<transfer::source> raw);

  std::shared_ptr<transfer::source> raw_;
};

}  // namespace mtp::MTP_ABI
