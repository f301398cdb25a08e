// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/task.hpp>
#include <mtp/transfer/progress_ref.hpp>
#include <mtp/types/uploaded_file.hpp>

#include <cstdint>
#include <memory>
#include <optional>

namespace mtp::MTP_ABI {

namespace detail {
class transfer_job;
}

/// A file on its way, which goes on by itself while the client runs: looked on, paused, cancelled.
///
/// Lifetime: may outlive the client. Destroying the handle of a transfer that is not over cancels
/// it. Threads: as client.
class MTP_API transfer_handle {
 public:
  transfer_handle(transfer_handle&&) noexcept = default;
  transfer_handle& operator=(transfer_handle&& other) noexcept;
  ~transfer_handle();

  /// As of its last news. Threads: any.
  transfer_state state() const noexcept;
  /// Sends and asks for no further part until resume(); what is under way arrives. Threads: any.
  void pause();
  /// Threads: any.
  void resume();
  /// Gives it up, and removes what it would have gone on with another time. Does nothing once it is
  /// over. Threads: any.
  void cancel();

  /// How far it is, as soon as that differs from what was returned last: some of what comes faster
  /// than it is asked for is left out. The last one says how it ended; after that nothing.
  ///
  /// Lifetime: of the handle does not matter. Cancellation: terminal; of this call, not of the
  /// transfer. Errors: none.
  task<std::optional<transfer_progress>> next_progress();

 protected:
  explicit transfer_handle(std::shared_ptr<detail::transfer_job> job);

  std::shared_ptr<detail::transfer_job> job_;
};

/// A file on its way up. Made by file_methods::start_upload().
///
/// Lifetime: as transfer_handle. Threads: as client.
class MTP_API upload_handle : public transfer_handle {
 public:
  explicit upload_handle(std::shared_ptr<detail::transfer_job> job);

  /// Waits until it is there. May be called more than once.
  ///
  /// Lifetime: of the handle does not matter. Cancellation: terminal; of this call, not of the
  /// upload. Errors: as file_methods::upload(); asio::error::operation_aborted when the upload was
  /// cancelled.
  task<uploaded_file> result();
};

/// A file on its way down. Made by file_methods::start_download().
///
/// Lifetime: as transfer_handle. Threads: as client.
class MTP_API download_handle : public transfer_handle {
 public:
  explicit download_handle(std::shared_ptr<detail::transfer_job> job);

  /// Waits until it is here, and returns its size. May be called more than once.
  ///
  /// Lifetime: of the handle does not matter. Cancellation: terminal; of this call, not of the
  /// download. Errors: as file_methods::download(); asio::error::operation_aborted when the
  /// download was cancelled.
  task<std::uint64_t> result();
};

}  // namespace mtp::MTP_ABI
