// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/storage/file_system.hpp>
#include <mtp/storage/store_error.hpp>

#include <memory>
#include <string>
#include <utility>

namespace mtp::MTP_ABI::detail {

/// What `found` holds; throws store_error, which names the path and the system's reason.
template <class T>
T checked(std::filesystem::path const& path, result<T> found) {
  if (!found) throw store_error(client_errc::storage, path.string(), found.error());
  if constexpr (!std::is_void_v<T>) return *std::move(found);
}

/// An open file whose failures are thrown with its name.
class checked_file {
 public:
  checked_file() = default;
  checked_file(std::filesystem::path path, std::unique_ptr<file_system::file> file)
      : path_(std::move(path)), file_(std::move(file)) {}

  std::filesystem::path const& path() const noexcept { return path_; }
  /// The file has another name now.
  void rename(std::filesystem::path path) { path_ = std::move(path); }
  bool is_at(std::filesystem::path const& path) { return file_ && file_->is_at(path); }

  std::uint64_t size() { return checked(path_, file_->size()); }
  bytes read(std::uint64_t at, std::size_t count) {
    bytes out(count);
    checked(path_, file_->read(at, out));
    return out;
  }
  void write(std::uint64_t at, bytes_view data) { checked(path_, file_->write(at, data)); }
  void truncate(std::uint64_t size) { checked(path_, file_->truncate(size)); }
  void sync() { checked(path_, file_->sync()); }

  /// What is there cannot be read; nothing of it is written over.
  [[noreturn]] void throw_damaged(std::uint64_t at) const {
    throw store_error(client_errc::bad_session_file, path_.string(),
                      "damaged at byte " + std::to_string(at));
  }

 private:
  std::filesystem::path path_;
  std::unique_ptr<file_system::file> file_;
};

}  // namespace mtp::MTP_ABI::detail
