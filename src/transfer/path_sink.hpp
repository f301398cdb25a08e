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
  task<> write(bytes_view part) override;
  task<> finish() override;
  void abandon() noexcept override;

 private:
  task<> run(std::function<result<void>()> step);
  result<void> create_here();
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
