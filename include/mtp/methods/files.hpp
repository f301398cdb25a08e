// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/client/transfer_handle.hpp>
#include <mtp/core/task.hpp>
#include <mtp/transfer/file_sink.hpp>
#include <mtp/transfer/file_source.hpp>
#include <mtp/transfer/transfer_options.hpp>
#include <mtp/types/message.hpp>
#include <mtp/types/peer_ref.hpp>
#include <mtp/types/remote_file.hpp>
#include <mtp/types/send_file_options.hpp>
#include <mtp/types/uploaded_file.hpp>

#include <cstdint>
#include <memory>
#include <string_view>

namespace mtp::MTP_ABI {

namespace detail {
class client_core;
}

/// Files, up and down. Made by client::files().
///
/// Several parts are under way at a time, on connections of their own, so that nobody who talks
/// waits for them. Lost connections, waits that the server wants and troubles of it are dealt with.
/// Whatever the size, little of a file is in memory.
///
/// Lifetime: keeps what the client is made of, not its connection. Threads: as client.
class MTP_API file_methods {
 public:
  explicit file_methods(std::shared_ptr<detail::client_core> client);

  /// Uploads a file of at most 2000 MiB, or 4000 for an account that pays
  /// (https://core.telegram.org/api/files#uploading-files). It belongs to no message until it is
  /// sent.
  ///
  /// Lifetime: shares the source; copies the texts of `options` before it first suspends.
  /// Cancellation: terminal; the servers drop what they have after some hours, until then another
  /// upload of the file goes on with it (upload_options::resumable). Errors: those of the
  /// source, for a file on the disk mtp::error with the system's code; transfer_errc::empty_file,
  /// file_too_large, file_changed when the file is not what it was in the beginning; rpc_error and
  /// its kinds; client_closed.
  task<uploaded_file> upload(file_source const& from, upload_options options = {}) const;

  /// Sends a file that was uploaded to `peer`, with a text beneath it that may be empty
  /// (https://core.telegram.org/method/messages.sendMedia).
  ///
  /// Lifetime: copies all it needs before it first suspends. Cancellation, Errors: as
  /// message_methods::send().
  task<message> send(peer_ref peer, uploaded_file const& file, std::string_view caption = {},
                     send_file_options options = {}) const;

  /// Downloads a file, from whichever data centre has it, and returns its size
  /// (https://core.telegram.org/api/files#downloading-files).
  ///
  /// Lifetime: copies `from` before it first suspends; shares the sink. Cancellation: terminal;
  /// what was written of a file on the disk stays for another download of it
  /// (download_options::resumable). Errors: those of the sink, for a file on
  /// the disk mtp::error with the system's code; transfer_errc::bad_file_part when the file is not
  /// as long as was said; rpc_error and its kinds, FILE_REFERENCE_EXPIRED for a `from` that is too
  /// old; client_closed.
  task<std::uint64_t> download(remote_file const& from, file_sink const& to,
                               download_options options = {}) const;

  /// Begins an upload that goes on by itself, to be looked on, paused and cancelled; before the
  /// client runs it waits for that.
  ///
  /// Lifetime: as upload(); the client outlives the upload, or ends it. Errors: client_closed;
  /// those of upload() come with its result.
  upload_handle start_upload(file_source const& from, upload_options options = {}) const;
  /// The same for a download. Lifetime, Errors: as start_upload().
  download_handle start_download(remote_file const& from, file_sink const& to,
                                 download_options options = {}) const;

 private:
  std::shared_ptr<detail::client_core> client_;
};

}  // namespace mtp::MTP_ABI
