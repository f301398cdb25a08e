// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What the server sends by itself, and what it answers to calls that change something.
#include "updates/meet_of.hpp"
#include "updates/short_forms.hpp"

#include <mtp/tl/types/Chat.hpp>
#include <mtp/tl/types/Update.hpp>
#include <mtp/tl/types/Updates.hpp>
#include <mtp/tl/types/User.hpp>
#include <mtp/updates/sequencer.hpp>

#include <utility>

namespace mtp::MTP_ABI::updates {

using order = update_number::order;

void sequencer::apply(received<tl::Updates> const& all, bool own, steady_time now) {
  auto const grace_end = now + grace;
  if (auto const* many = all->get_if<tl::updates_>()) {
    apply_batch(received<tl::updates_>(all, many), many->seq, own, grace_end);
  } else if (auto const* joined = all->get_if<tl::updatesCombined>()) {
    apply_batch(received<tl::updatesCombined>(all, joined), joined->seq_start, own, grace_end);
  } else if (auto const* one = all->get_if<tl::updateShort>()) {
    apply_one(received<tl::Update>(all, &one->update), own, grace_end);
    boxes_.batch_applied(0, one->date);
  } else if (auto const* direct = all->get_if<tl::updateShortMessage>()) {
    apply_one(from_short_form(*direct, self_), own, grace_end);
  } else if (auto const* group = all->get_if<tl::updateShortChatMessage>()) {
    apply_one(from_short_form(*group), own, grace_end);
  } else if (auto const* sent = all->get_if<tl::updateShortSentMessage>()) {
    update_number const number{order::common, sent->pts, sent->pts_count, 0};
    apply_numbered({.number = number, .own = true}, grace_end);
  } else {
    request_difference();  // updatesTooLong
  }
  drain();
}

void sequencer::apply(update_number const& own, steady_time now) {
  apply_numbered({.number = own, .own = true}, now + grace);
  drain();
}

template <class Batch>
void sequencer::apply_batch(received<Batch> const& batch, std::int32_t seq_start, bool own,
                            steady_time grace_end) {
  add_effect(meet_of(batch));
  auto const& updates = batch->updates;
  auto const found = boxes_.batch(seq_start);
  for (std::size_t i : order_of(updates)) {
    // Updates that have numbers of their own do not depend on that of the batch.
    bool const numbered = number_of(updates[i]).of != order::none;
    if (numbered || found == verdict::apply)
      apply_one(received<tl::Update>(batch, &updates[i]), own, grace_end);
  }
  if (found == verdict::gap) {
    received<tl::list<tl::Update>> all(batch, &updates);
    put_aside({std::move(all), seq_start, batch->seq, batch->date, own}, grace_end);
  }
  if (found != verdict::apply) return;
  boxes_.batch_applied(batch->seq, batch->date);
  reach_account();
}

void sequencer::apply_one(received<tl::Update> const& one, bool own, steady_time grace_end) {
  if (!apply_too_long(*one)) apply_numbered({number_of(*one), one, own}, grace_end);
}

/// The update that says that others of a channel are missing.
bool sequencer::apply_too_long(tl::Update const& one) {
  auto const* late = one.get_if<tl::updateChannelTooLong>();
  if (!late) return false;
  auto const at = boxes_.channel_pts(late->channel_id);
  bool const behind = !late->pts || at < *late->pts;
  if (at && behind) channels_.request(late->channel_id, steady_time::min());
  return true;
}

void sequencer::apply_numbered(early_update one, steady_time grace_end) {
  if (!try_again(one)) put_aside(std::move(one), grace_end);
}

}  // namespace mtp::MTP_ABI::updates
