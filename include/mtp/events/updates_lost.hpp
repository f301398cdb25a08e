// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>
#include <mtp/events/event_tag.hpp>
#include <mtp/storage/peer_id.hpp>
#include <mtp/updates/lost.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace mtp::MTP_ABI {

class update;

/// Updates are gone that nobody can have any more; what comes after them is delivered as ever. A
/// program that keeps a copy of what it was told asks for it anew.
///
/// Threads: a value.
class MTP_API updates_lost {
 public:
  static constexpr event_tag tag = event_tag::updates_lost;

  /// `from` must be of that tag.
  explicit updates_lost(update const& from);

  updates::loss_reason reason() const noexcept { return what_.why; }
  /// The channel or supergroup whose updates they are; empty: those of the account, which are
  /// private chats, basic groups and all that concerns no chat.
  std::optional<peer_id> chat() const;
  /// In which of the account's orders they stood.
  updates::update_number::order box() const noexcept { return what_.box; }
  /// The position that was reached before them.
  std::int32_t from() const noexcept { return what_.from; }
  /// The position of the last of them; empty when it is not known.
  std::optional<std::int32_t> to() const noexcept { return what_.to; }
  /// The numbers of the first and the last new message among them, where they are known; of the
  /// account they are those of its private chats and basic groups. 0 for the last: not known.
  std::optional<std::pair<std::int32_t, std::int32_t>> messages() const;
  /// All of it in one line, as it stands in the log.
  std::string text() const;

 private:
  updates::lost what_;
};

}  // namespace mtp::MTP_ABI
