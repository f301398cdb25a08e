// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "storage/session_codec.hpp"

#include <mtp/storage/file_system.hpp>
#include <mtp/storage/session_state.hpp>

#include <memory>
#include <string>

namespace mtp::MTP_ABI::detail {

/// One session in one file. Every write goes to a temporary file first, which is made durable and
/// then put in the place of the old one.
class session_file {
 public:
  /// Lifetime: `files` outlives this.
  session_file(std::filesystem::path path, file_system& files,
               std::size_t limit = max_session_file);

  /// Takes the lease, then reads.
  result<session_state> open();
  /// Replaces the content. open() must have succeeded. When it fails the old content stands. Fails
  /// beyond the limit too, since open() would refuse what was saved.
  result<void> save(session_state const& state);
  void close() noexcept { lease_.reset(); }
  bool is_open() const noexcept { return lease_ != nullptr; }

 private:
  result<void> write_aside(bytes_view content);
  result<session_state> read();

  std::filesystem::path path_;
  std::filesystem::path aside_;
  file_system& files_;
  std::size_t limit_;
  std::unique_ptr<file_system::lease> lease_;
};

}  // namespace mtp::MTP_ABI::detail
