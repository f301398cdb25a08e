// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/clock.hpp>
#include <mtp/tl/forward.hpp>
#include <mtp/tl/received.hpp>
#include <mtp/updates/backfill_options.hpp>
#include <mtp/updates/lost.hpp>
#include <mtp/updates/message_range.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace mtp::MTP_ABI {

struct error_info;

namespace updates {

/// A range of a box that no difference holds any more.
struct hole {
  std::int64_t channel = 0;              ///< 0: the account's own conversations
  std::int32_t from = 0;                 ///< the position that was reached
  std::int32_t to = 0;                   ///< the position that the server goes on from
  std::int32_t known = 0;                ///< the newest message that was there before
  std::optional<std::int32_t> top = {};  ///< the newest there is; empty: nobody said
  std::int32_t date = 0;                 ///< of now, in seconds of the server; 0: not known
  bool final = true;                     ///< the difference said that nothing is behind `to`
};

/// Fetches the messages of a hole by their numbers, the oldest first, as far as backfill_options
/// go: each request is for the next numbers, whatever the answer before held, so it ends. What the
/// server says of messages before the hole becomes edits and deletions, some of which may have been
/// told before. An answer that cannot be read is asked for in smaller parts, so that one message is
/// lost for it. Performs nothing and reads no clock.
///
/// Threads: none of its own; one at a time.
class MTP_API history_walk {
 public:
  /// So many messages one request asks for.
  static constexpr std::int32_t page = 100;
  /// So many answers in a row that hold nothing are the end, where nobody said what the newest is.
  static constexpr int max_empty_pages = 3;
  /// So often a request may fail, and so long the server may want it put off.
  static constexpr int max_failures = 5;
  static constexpr duration max_wait = std::chrono::minutes(1);

  history_walk(hole what, backfill_options const& policy);

  hole const& where() const noexcept { return hole_; }
  /// What to ask for now; empty when nothing is left to ask for.
  std::optional<message_range> next() const;

  /// What the server said to next(): updates in the order of the messages.
  std::vector<received<tl::Update>> on_messages(received<tl::messages::Messages> const& answer);
  /// How long to wait before next() is asked for again; empty when it is given up.
  std::optional<duration> on_failed(error_info const& why);

  /// The newest message that it came to.
  std::int32_t reached() const;
  /// What it could not have, once nothing is left to ask for: at least what else happened in the
  /// hole than messages.
  lost missing() const;

 private:
  using slots = std::vector<tl::Message const*>;

  slots sorted(message_range asked, tl::list<tl::Message> const& all) const;
  bool is_of_box(tl::Message const& one) const;
  void note_dates(slots const& all, message_range asked);
  bool is_too_old(tl::Message const& one) const;
  received<tl::Update> new_message(tl::Message const& one);
  received<tl::Update> edit_of(tl::Message const& one) const;
  received<tl::Update> deletions(slots const& all, message_range asked) const;
  void advance(message_range asked);
  void give_up(loss_reason why) { failed_ = why; }
  void on_unreadable();
  bool is_cut() const;

  hole hole_;
  backfill_options policy_;
  std::int64_t first_ = 0;  ///< the first number of the hole that is wanted
  std::int64_t next_ = 0;
  std::int64_t end_ = 0;      ///< the last number
  std::int32_t size_ = page;  ///< of the next page
  std::int32_t told_ = 0;     ///< what was edited by then was told
  std::int32_t newest_ = 0;   ///< number of the newest message that there is
  std::int32_t too_old_ = 0;  ///< of the newest that was left out
  std::int32_t unreadable_ = 0;
  int failures_ = 0;
  int empty_pages_ = 0;
  std::optional<loss_reason> failed_ = {};
};

}  // namespace updates
}  // namespace mtp::MTP_ABI
