// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/events/event_tag.hpp>
#include <mtp/types/message.hpp>

namespace mtp::MTP_ABI {

class update;

/// A message is another now: its text, buttons, media, or what people think of it.
///
/// Threads: as message.
class MTP_API edited_message : public message {
 public:
  static constexpr event_tag tag = event_tag::edited_message;

  /// `from` must be of that tag.
  explicit edited_message(update const& from);

  /// Nobody is shown that it was edited: only its reactions or buttons changed. Reactions of our
  /// own may come so.
  bool quiet() const;
};

}  // namespace mtp::MTP_ABI
