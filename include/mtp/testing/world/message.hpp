// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/testing/world/peer.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace mtp::MTP_ABI::testing {

/// Where a forwarded message was written first.
struct forward_origin {
  std::int64_t author = 0;
  std::int32_t date = 0;
};

/// What every copy of a message has in common.
///
/// Parts that the world only keeps and hands back are TL values of the API's newest layer, encoded
/// boxed: it needs no generated type to hold them.
struct message_content {
  std::int64_t uid = 0;  ///< one number for all copies
  std::int64_t author = 0;
  std::int32_t date = 0;
  std::int32_t edit_date = 0;
  std::string text = {};
  bytes entities = {};  ///< Vector<MessageEntity>
  bytes markup = {};    ///< ReplyMarkup
  bytes media = {};     ///< MessageMedia
  bytes action = {};    ///< MessageAction; when set this is a service message
  std::optional<forward_origin> forwarded = {};
  std::int64_t reply_to_uid = 0;
  std::int64_t grouped_id = 0;  ///< an album
  bool silent = false;
};

/// One account's copy of a message, under that account's own number.
struct message_copy {
  std::int32_t id = 0;
  peer where = {};
  bool outgoing = false;
  std::shared_ptr<message_content> content = {};
};

}  // namespace mtp::MTP_ABI::testing
