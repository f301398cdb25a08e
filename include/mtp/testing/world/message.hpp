// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/testing/world/peer.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

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
  bytes preview = {};   ///< MessageMedia of a page that the text names
  bytes action = {};    ///< MessageAction; when set this is a service message
  std::optional<forward_origin> forwarded = {};
  std::int64_t reply_to_uid = 0;
  std::int64_t grouped_id = 0;  ///< an album
  bool silent = false;
  bool is_protected = false;  ///< may not be forwarded or saved
  bool inverted = false;      ///< the preview above the text, the caption above the media
  bool from_schedule = false;
  bytes answered = {};  ///< MessageReplyHeader: all about what it answers except the number
  std::int64_t effect = 0;
  std::int64_t paid_stars = 0;
  std::optional<peer> sender = {};         ///< in whose name it is written, if not in the author's
  std::set<std::int64_t> pinned_for = {};  ///< accounts that see it pinned; 0 is everybody
  std::map<std::int64_t, bytes> reactions = {};              ///< Vector<Reaction> of each account
  std::map<std::int64_t, std::int32_t> paid_reactions = {};  ///< Stars, by account
  std::map<std::int64_t, std::vector<bytes>> votes = {};     ///< options of its poll, by account

  bool is_pinned_for(std::int64_t viewer) const {
    return pinned_for.contains(0) || pinned_for.contains(viewer);
  }
};

/// One account's copy of a message, under that account's own number.
struct message_copy {
  std::int32_t id = 0;
  peer where = {};
  bool outgoing = false;
  std::shared_ptr<message_content> content = {};
};

}  // namespace mtp::MTP_ABI::testing
