// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "transfer/sink.hpp"

#include <mtp/storage/file_system.hpp>

#include <memory>

namespace mtp::MTP_ABI::transfer {

/// A file on the disk, written on a worker under another name until it is whole.
class path_sink final : public sink {
 public:
  /// Lifetime: `in` outlives it.
  path_sink(std::filesystem::path path, file_system& in);

  task<> open(environment& world, asio::any_io_executor strand) override;
  std::string place() const override;
  task<std::uint64_t> reopen(environment& world, asio::any_io_executor strand) override;
  task<> read_back(std::uint64_t at, mutable_bytes into) override;
  task<> cut(std::uint64_t size) override;
  task<> write(bytes_view part) override;
  task<> finish() override;
  void abandon() noexcept override;
  void keep() noexcept override { file_.reset(); }

 private:
  task<> run(std::function<result<void>()> step);
  result<void> create_here();
  result<void> reopen_here(std::uint64_t& there);
  result<void> finish_here();

  std::filesystem::path path_;
  std::filesystem::path partial_;
  file_system& in_;
  environment* world_ = nullptr;
  asio::any_io_executor strand_ = {};
  std::unique_ptr<file_system::file> file_ = {};
  std::uint64_t at_ = 0;
};

}  // namespace mtp::MTP_ABI::transfer
