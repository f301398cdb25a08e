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

result<void> write_all(int file, bytes_view data) {
  while (!data.empty()) {
    ssize_t const written = ::write(file, data.data(), data.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return last_error();
    data = data.subspan(static_cast<std::size_t>(written));
  }
  return {};
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

result<void> sync_path(std::filesystem::path const& path, int flags) {
  descriptor const file(path, flags);
  if (!file.good() || ::fsync(file.number()) != 0) return last_error();
  return {};
}

/// flock() belongs to the open file: a second client of the same process is kept out too, and the
/// system gives it back when the process dies.
class file_lease final : public file_system::lease {
 public:
  explicit file_lease(descriptor file) : file_(std::move(file)) {}

 private:
  descriptor file_;
};

class posix_files final : public file_system {
 public:
  result<std::optional<bytes>> read(path const& file, std::size_t limit) override {
    descriptor const from(file, O_RDONLY);
    if (!from.good() && errno == ENOENT) return std::optional<bytes>();
    if (!from.good()) return last_error();
    auto content = read_all(from.number(), limit);
    if (!content) return failure{content.error()};
    return std::optional<bytes>(*std::move(content));
  }

  result<void> create(path const& file) override {
    ::unlink(file.c_str());  // one left behind may have the wrong owner or mode
    descriptor const made(file, O_WRONLY | O_CREAT | O_EXCL);
    if (!made.good()) return last_error();
    return {};
  }

  result<void> write(path const& file, bytes_view data) override {
    descriptor const to(file, O_WRONLY | O_APPEND);
    if (!to.good()) return last_error();
    return write_all(to.number(), data);
  }

  result<void> sync(path const& file) override { return sync_path(file, O_WRONLY); }
  result<void> sync_folder(path const& folder) override {
    return sync_path(folder, O_RDONLY | O_DIRECTORY);
  }

  result<void> rename(path const& from, path const& to) override {
    if (::rename(from.c_str(), to.c_str()) != 0) return last_error();
    return {};
  }

  void remove(path const& file) noexcept override { ::unlink(file.c_str()); }

  result<std::unique_ptr<lease>> lock(path const& file, std::string_view note) override {
    descriptor held(file, O_RDWR | O_CREAT);
    if (!held.good()) return last_error();
    if (::flock(held.number(), LOCK_EX | LOCK_NB) != 0) {
      if (errno != EWOULDBLOCK) return last_error();
      return failure{std::make_error_code(std::errc::device_or_resource_busy)};
    }
    // Who holds it is a courtesy to people; a disk too full for it does not matter.
    if (::ftruncate(held.number(), 0) == 0) (void)write_all(held.number(), as_bytes(note));
    return std::unique_ptr<lease>(std::make_unique<file_lease>(std::move(held)));
  }
};

}  // namespace

file_system& local_files() {
  static posix_files files;
  return files;
}

}  // namespace mtp::MTP_ABI
