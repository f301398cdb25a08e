// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "transfer/source.hpp"

#include <mtp/storage/file_system.hpp>

#include <algorithm>
#include <memory>

namespace mtp::MTP_ABI::transfer {

/// A file on the disk, read on a worker.
class path_source final : public source {
 public:
  /// Lifetime: `in` outlives it.
  path_source(std::filesystem::path path, file_system& in);

  task<std::optional<std::uint64_t>> open(environment& world,
                                          asio::any_io_executor strand) override;
  std::optional<source_identity> identity() const override;
  void skip(std::uint64_t count) override { at_ = std::min(size_, at_ + count); }
  task<std::size_t> read(mutable_bytes into) override;
  task<> check() override;
  void close() noexcept override { file_.reset(); }

 private:
  void open_here();
  void read_here(mutable_bytes into);
  void check_here();
  [[noreturn]] void fail(std::error_code why) const;

  std::filesystem::path path_;
  file_system& in_;
  environment* world_ = nullptr;
  asio::any_io_executor strand_ = {};
  std::unique_ptr<file_system::file> file_ = {};
  std::uint64_t size_ = 0;
  std::optional<std::int64_t> changed_ = {};  ///< when it was written last
  std::uint64_t at_ = 0;
};

}  // namespace mtp::MTP_ABI::transfer
