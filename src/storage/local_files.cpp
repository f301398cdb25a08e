// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/storage/file_system.hpp>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace mtp::MTP_ABI {
namespace {

failure<std::error_code> last_error() { return {{errno, std::generic_category()}}; }

/// A file descriptor, closed by its destructor.
class descriptor {
 public:
  descriptor(std::filesystem::path const& path, int flags)
      : number_(::open(path.c_str(), flags | O_CLOEXEC, S_IRUSR | S_IWUSR)) {}
  descriptor(descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  descriptor& operator=(descriptor&&) = delete;
  ~descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  bool good() const { return number_ >= 0; }
  int number() const { return number_; }

 private:
  int number_;
};

result<void> write_at(int file, std::uint64_t at, bytes_view data) {
  while (!data.empty()) {
    ssize_t const written = ::pwrite(file, data.data(), data.size(), static_cast<off_t>(at));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return last_error();
    data = data.subspan(static_cast<std::size_t>(written));
    at += static_cast<std::uint64_t>(written);
  }
  return {};
}

result<void> read_at(int file, std::uint64_t at, mutable_bytes into) {
  while (!into.empty()) {
    ssize_t const got = ::pread(file, into.data(), into.size(), static_cast<off_t>(at));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return last_error();
    if (got == 0) return failure{std::make_error_code(std::errc::io_error)};
    into = into.subspan(static_cast<std::size_t>(got));
    at += static_cast<std::uint64_t>(got);
  }
  return {};
}

/// Whether the open file is the one of that name.
bool same_file(int file, std::filesystem::path const& name) {
  struct stat here = {};
  struct stat there = {};
  if (::fstat(file, &here) != 0 || ::stat(name.c_str(), &there) != 0) return false;
  return here.st_ino == there.st_ino && here.st_dev == there.st_dev;
}

result<bytes> read_all(int file, std::size_t limit) {
  bytes out;
  std::uint8_t part[16384];
  for (;;) {
    ssize_t const got = ::read(file, part, sizeof part);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return last_error();
    if (got == 0) return out;
    append(out, bytes_view(part, static_cast<std::size_t>(got)));
    if (out.size() > limit) return failure{std::make_error_code(std::errc::file_too_large)};
  }
}

constexpr std::size_t max_note = 4096;

/// flock() belongs to the open file: a second client of the same process is kept out too, and the
/// system gives it back when the process dies.
class file_lease final : public file_system::lease {
 public:
  file_lease(descriptor file, std::filesystem::path name)
      : file_(std::move(file)), name_(std::move(name)) {}

  result<bytes> note() override {
    if (::lseek(file_.number(), 0, SEEK_SET) != 0) return last_error();
    return read_all(file_.number(), max_note);
  }
  result<void> set_note(bytes_view note) override {
    // In this order a full disk does not take the note that was there.
    if (auto const written = write_at(file_.number(), 0, note); !written) return written;
    if (::ftruncate(file_.number(), static_cast<off_t>(note.size())) != 0) return last_error();
    return {};
  }
  bool is_in_place() override { return same_file(file_.number(), name_); }

 private:
  descriptor file_;
  std::filesystem::path name_;
};

class posix_file final : public file_system::file {
 public:
  explicit posix_file(descriptor from) : file_(std::move(from)) {}

  result<std::uint64_t> size() override {
    struct stat info = {};
    if (::fstat(file_.number(), &info) != 0) return last_error();
    return static_cast<std::uint64_t>(info.st_size);
  }
  result<void> read(std::uint64_t at, mutable_bytes into) override {
    return read_at(file_.number(), at, into);
  }
  result<void> write(std::uint64_t at, bytes_view data) override {
    return write_at(file_.number(), at, data);
  }
  result<void> truncate(std::uint64_t size) override {
    if (::ftruncate(file_.number(), static_cast<off_t>(size)) != 0) return last_error();
    return {};
  }
  result<void> sync() override {
    if (::fsync(file_.number()) != 0) return last_error();
    return {};
  }
  bool is_at(std::filesystem::path const& name) override { return same_file(file_.number(), name); }
  std::optional<std::int64_t> change_time() override {
    struct stat info = {};
    if (::fstat(file_.number(), &info) != 0) return std::nullopt;
    return std::int64_t{info.st_mtim.tv_sec} * 1'000'000'000 + info.st_mtim.tv_nsec;
  }

 private:
  descriptor file_;
};

class posix_files final : public file_system {
 public:
  result<std::optional<bytes>> read(path const& name, std::size_t limit) override {
    descriptor const from(name, O_RDONLY);
    if (!from.good() && errno == ENOENT) return std::optional<bytes>();
    if (!from.good()) return last_error();
    auto content = read_all(from.number(), limit);
    if (!content) return failure{content.error()};
    return std::optional<bytes>(*std::move(content));
  }

  result<std::unique_ptr<file>> open(path const& name) override {
    return opened(descriptor(name, O_RDWR));
  }
  result<std::unique_ptr<file>> open_to_read(path const& name) override {
    return opened(descriptor(name, O_RDONLY));
  }
  result<std::unique_ptr<file>> create(path const& name) override {
    ::unlink(name.c_str());  // one left behind may have the wrong owner or mode
    return opened(descriptor(name, O_RDWR | O_CREAT | O_EXCL));
  }

  result<void> sync_folder(path const& folder) override {
    descriptor const names(folder, O_RDONLY | O_DIRECTORY);
    if (!names.good() || ::fsync(names.number()) != 0) return last_error();
    return {};
  }

  result<void> rename(path const& from, path const& to) override {
    if (::rename(from.c_str(), to.c_str()) != 0) return last_error();
    return {};
  }

  void remove(path const& name) noexcept override { ::unlink(name.c_str()); }

  result<std::unique_ptr<lease>> lock(path const& name) override {
    descriptor held(name, O_RDWR | O_CREAT);
    if (!held.good()) return last_error();
    if (::flock(held.number(), LOCK_EX | LOCK_NB) != 0) {
      if (errno != EWOULDBLOCK) return last_error();
      return failure{std::make_error_code(std::errc::device_or_resource_busy)};
    }
    return std::unique_ptr<lease>(std::make_unique<file_lease>(std::move(held), name));
  }

 private:
  static result<std::unique_ptr<file>> opened(descriptor from) {
    if (!from.good()) return last_error();
    return std::unique_ptr<file>(std::make_unique<posix_file>(std::move(from)));
  }
};

}  // namespace

file_system& local_files() {
  static posix_files files;
  return files;
}

}  // namespace mtp::MTP_ABI
