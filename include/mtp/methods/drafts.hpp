// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/task.hpp>
#include <mtp/tl/forward.hpp>
#include <mtp/tl/list.hpp>
#include <mtp/tl/received.hpp>
#include <mtp/types/peer_ref.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace mtp::MTP_ABI {

namespace detail {
class client_core;
}

/// What a draft has beside its text.
///
/// Lifetime: refers to its entities; operations copy them before they return. Threads: a value.
struct draft_options {
  std::optional<std::int32_t> reply_to = {};
  std::optional<std::int32_t> topic = {};  ///< of a forum
  bool link_preview = true;
  bool inverted = false;  ///< the preview above the text
  tl::list<tl::MessageEntity> const* entities = nullptr;
};
static_assert(std::is_trivially_destructible_v<draft_options>);

/// A message that was begun.
struct saved_draft {
  peer_id chat = {};
  std::optional<std::int32_t> topic = {};
  std::string text = {};
  received<tl::draftMessage> raw = {};
};

/// Messages that were begun, the same on all devices. Made by client::drafts(). What changes
/// elsewhere comes as draft_change.
///
/// Lifetime: keeps what the client is made of, not its connection. Threads: as client.
class MTP_API draft_methods {
 public:
  explicit draft_methods(std::shared_ptr<detail::client_core> client);

  /// Keeps what was begun in a conversation (https://core.telegram.org/method/messages.saveDraft).
  ///
  /// Lifetime: copies all it needs before it first suspends. Cancellation: terminal; it may be kept
  /// nevertheless. Errors: rpc_error and its kinds; unknown_peer; client_closed.
  task<> save(peer_ref peer, std::string_view text, draft_options options = {}) const;
  /// Forgets it. Lifetime, Cancellation, Errors: as save().
  task<> clear(peer_ref peer, std::optional<std::int32_t> topic = {}) const;
  /// Forgets all. Cancellation: terminal. Errors: rpc_error and its kinds; client_closed.
  task<> clear_all() const;
  /// All that were begun (https://core.telegram.org/method/messages.getAllDrafts).
  ///
  /// Cancellation: terminal. Errors: rpc_error and its kinds; client_closed.
  task<std::vector<saved_draft>> all() const;

 private:
  std::shared_ptr<detail::client_core> client_;
};

}  // namespace mtp::MTP_ABI
