// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/events/event_tag.hpp>
#include <mtp/types/message.hpp>

namespace mtp::MTP_ABI {

class update;

/// Somebody wrote a message that we can see; or we did, elsewhere.
///
/// Threads: as message.
class MTP_API new_message : public message {
 public:
  static constexpr event_tag tag = event_tag::new_message;

  /// `from` must be of that tag.
  explicit new_message(update const& from);
};

}  // namespace mtp::MTP_ABI
