// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/core/task.hpp>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace mtp::MTP_ABI {

class file_system;

namespace transfer {
class sink;
}

/// Takes the next bytes of a file, in order. Nothing more is asked for than a few parts until it
/// has ended.
///
/// Lifetime: the bytes live until the task has ended. Threads: called, and its task runs, on the
/// strand of the client. Cancellation: terminal. Errors: what it throws ends the download, which
/// throws it on.
using file_writer = std::function<task<>(bytes_view part)>;

/// Where a download goes: a file on the disk, bytes in memory, or a coroutine.
///
/// Lifetime: shared by its copies. Threads: a value; it serves one download at a time.
class MTP_API file_sink {
 public:
  /// A file of that name, which only its owner may read. It is written beside, under the same name
  /// with ".part", and renamed once all of it is there and durable: who sees the name sees the
  /// whole file.
  file_sink(std::filesystem::path const& path);
  file_sink(char const* path);
  file_sink(std::string_view path);
  file_sink(std::string const& path);
  /// The same in another file system. Lifetime: `in` outlives the sink.
  file_sink(std::filesystem::path const& path, file_system& in);

  /// Instead of what is in `content`, which outlives the download.
  static file_sink into_bytes(bytes& content);
  static file_sink into_writer(file_writer next);

  std::shared_ptr<transfer::sink> const& raw() const noexcept { return raw_; }

 private:
  explicit file_sink(std::shared_ptr<transfer::sink> raw);

  std::shared_ptr<transfer::sink> raw_;
};

}  // namespace mtp::MTP_ABI
