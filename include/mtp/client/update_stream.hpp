// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/client/consumer_options.hpp>
#include <mtp/client/stream_options.hpp>
#include <mtp/client/updates_dropped.hpp>
#include <mtp/core/task.hpp>
#include <mtp/events/update.hpp>

#include <memory>
#include <optional>
#include <string>

namespace mtp::MTP_ABI {

/// What happens to the account, in order, each once. What happened while nobody was connected comes
/// first.
///
/// An update counts as delivered when the next one is asked for; what a crash left undelivered
/// comes again, at most client_config::max_attempts times.
///
/// One stream of a client is open at a time, or several with names, each at its own pace: see
/// client::updates().
///
/// Threads: next() may be awaited anywhere, one call at a time.
class MTP_API update_stream {
 public:
  explicit update_stream(std::shared_ptr<detail::client_core> client, stream_options options = {});
  explicit update_stream(std::shared_ptr<detail::client_core> client, consumer_options options);
  update_stream(update_stream&&) noexcept = default;
  update_stream& operator=(update_stream&&) noexcept;
  ~update_stream();

  /// The next update; empty when the client ends.
  ///
  /// Cancellation: terminal; nothing is lost. Errors: auth_required when the login was lost, or
  /// why a bot may not sign in again; why the client gave up. Of a stream without a name,
  /// client_errc::bad_argument while the account has consumers with names; of one with a name,
  /// updates_dropped, once, when that was too far behind, and client_errc::storage when
  /// what waits for it cannot be read now.
  task<std::optional<update>> next();

 private:
  std::shared_ptr<detail::client_core> client_;
  std::string name_;  ///< of the consumer
};

}  // namespace mtp::MTP_ABI
