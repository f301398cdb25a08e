// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>
#include <mtp/storage/peer_id.hpp>

#include <memory>
#include <utility>

namespace mtp::MTP_ABI {

namespace updates {
struct watched_channel;
}
class client;

/// A channel that is looked at: its updates come while some open_chat of it lives, joined or not.
///
/// Lifetime: may outlive its client. Threads: distinct ones may be used and dropped on any thread.
class MTP_API open_chat {
 public:
  /// Looks at nothing.
  open_chat() = default;

  peer_id chat() const noexcept { return chat_; }
  /// Looks no longer, as its end does.
  void close() noexcept { watched_.reset(); }
  bool is_open() const noexcept { return watched_ != nullptr; }
  /// The server does not let the account look any more: nothing comes, whatever lives.
  bool is_refused() const noexcept;

 private:
  friend class client;
  open_chat(peer_id chat, std::shared_ptr<updates::watched_channel> watched)
      : chat_(chat), watched_(std::move(watched)) {}

  peer_id chat_ = {};
  std::shared_ptr<updates::watched_channel> watched_;
};

}  // namespace mtp::MTP_ABI
