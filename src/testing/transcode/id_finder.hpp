// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "layout.hpp"

#include <mtp/core/bytes.hpp>
#include <mtp/tl/schema/document.hpp>

#include <cstdint>
#include <memory>
#include <vector>

namespace mtp::MTP_ABI::testing::transcoding {

/// Who stands in a value, in the order of the value; some may stand there twice.
struct named_ids {
  std::vector<std::int64_t> users = {};
  std::vector<std::int64_t> chats = {};
};

/// Finds the users and chats that values name by number, however deep: in a Peer, or in a field
/// whose name says whose number it is (`user_id`, `inviter_id`, `chat_id`, ...).
///
/// Threads: one finder may be used from several threads.
class id_finder {
 public:
  explicit id_finder(std::shared_ptr<tl::schema::document const> schema);

  /// Whom a value names that starts with its constructor's id, or a list of such values. Of a
  /// value that cannot be read: those up to there.
  named_ids in(bytes_view value) const;

 private:
  enum class role : std::uint8_t { nobody, user, chat };
  class walk;

  role role_of(tl::schema::field const& field) const;

  layout layout_;
  std::vector<std::vector<role>> roles_;  ///< of each field of each definition
};

}  // namespace mtp::MTP_ABI::testing::transcoding
