// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/transfer/file_source.hpp>

#include "transfer/path_source.hpp"
#include "transfer/source.hpp"

#include <mtp/core/error.hpp>
#include <mtp/storage/file_system.hpp>

#include <algorithm>
#include <utility>

namespace mtp::MTP_ABI {
namespace {

class bytes_source final : public transfer::source {
 public:
  bytes_source(bytes content, std::string name)
      : source(std::move(name)), content_(std::move(content)) {}

  task<std::optional<std::uint64_t>> open(environment&, asio::any_io_executor) override {
    at_ = 0;
    co_return content_.size();
  }
  task<std::size_t> read(mutable_bytes into) override {
    auto const count = std::min(into.size(), content_.size() - at_);
    std::copy_n(content_.begin() + static_cast<std::ptrdiff_t>(at_), count, into.begin());
    at_ += count;
    co_return count;
  }
  task<> check() override { co_return; }
  void close() noexcept override {}

 private:
  bytes content_;
  std::size_t at_ = 0;
};

class reader_source final : public transfer::source {
 public:
  reader_source(file_reader next, std::string name, std::optional<std::uint64_t> size)
      : source(std::move(name)), next_(std::move(next)), size_(size) {}

  task<std::optional<std::uint64_t>> open(environment&, asio::any_io_executor) override {
    co_return size_;
  }
  task<std::size_t> read(mutable_bytes into) override {
    std::size_t filled = 0;
    while (filled < into.size() && !ended_) {
      auto const rest = into.subspan(filled);
      std::size_t const got = co_await next_(rest);
      if (got > rest.size()) throw error(make_error_code(client_errc::bad_argument), name());
      ended_ = got == 0;
      filled += got;
    }
    co_return filled;
  }
  task<> check() override { co_return; }
  void close() noexcept override {}

 private:
  file_reader next_;
  std::optional<std::uint64_t> size_;
  bool ended_ = false;
};

std::shared_ptr<transfer::source> source_at(std::filesystem::path const& path, file_system& in) {
  return std::make_shared<transfer::path_source>(path, in);
}

}  // namespace

file_source::file_source(std::filesystem::path const& path) : file_source(path, local_files()) {}
file_source::file_source(char const* path) : file_source(std::filesystem::path(path)) {}
file_source::file_source(std::string_view path) : file_source(std::filesystem::path(path)) {}
file_source::file_source(std::string const& path) : file_source(std::filesystem::path(path)) {}
file_source::file_source(std::filesystem::path const& path, file_system& in)
    : raw_(source_at(path, in)) {}
file_source::file_source(std::shared_ptr<transfer::source> raw) : raw_(std::move(raw)) {}

file_source file_source::of_bytes(bytes content, std::string name) {
  return file_source(std::make_shared<bytes_source>(std::move(content), std::move(name)));
}

file_source file_source::of_reader(file_reader next, std::string name,
                                   std::optional<std::uint64_t> size) {
  return file_source(std::make_shared<reader_source>(std::move(next), std::move(name), size));
}

}  // namespace mtp::MTP_ABI
