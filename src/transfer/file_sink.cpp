// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/transfer/file_sink.hpp>

#include "transfer/path_sink.hpp"
#include "transfer/sink.hpp"

#include <mtp/storage/file_system.hpp>

#include <utility>

namespace mtp::MTP_ABI {
namespace {

class bytes_sink final : public transfer::sink {
 public:
  explicit bytes_sink(bytes& content) : content_(content) {}

  task<> open(environment&, asio::any_io_executor) override {
    content_.clear();
    co_return;
  }
  task<> write(bytes_view part) override {
    append(content_, part);
    co_return;
  }
  task<> finish() override { co_return; }
  void abandon() noexcept override {}

 private:
  bytes& content_;
};

class writer_sink final : public transfer::sink {
 public:
  explicit writer_sink(file_writer next) : next_(std::move(next)) {}

  task<> open(environment&, asio::any_io_executor) override { co_return; }
  task<> write(bytes_view part) override { return next_(part); }
  task<> finish() override { co_return; }
  void abandon() noexcept override {}

 private:
  file_writer next_;
};

std::shared_ptr<transfer::sink> sink_at(std::filesystem::path const& path, file_system& in) {
  return std::make_shared<transfer::path_sink>(path, in);
}

}  // namespace

file_sink::file_sink(std::filesystem::path const& path) : file_sink(path, local_files()) {}
file_sink::file_sink(char const* path) : file_sink(std::filesystem::path(path)) {}
file_sink::file_sink(std::string_view path) : file_sink(std::filesystem::path(path)) {}
file_sink::file_sink(std::string const& path) : file_sink(std::filesystem::path(path)) {}
file_sink::file_sink(std::filesystem::path const& path, file_system& in)
    : raw_(sink_at(path, in)) {}
file_sink::file_sink(std::shared_ptr<transfer::sink> raw) : raw_(std::move(raw)) {}

file_sink file_sink::into_bytes(bytes& content) {
  return file_sink(std::make_shared<bytes_sink>(content));
}

file_sink file_sink::into_writer(file_writer next) {
  return file_sink(std::make_shared<writer_sink>(std::move(next)));
}

}  // namespace mtp::MTP_ABI
