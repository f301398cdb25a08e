// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What the server cannot give any more: said, and gone past.
#include <mtp/tl/types/Update.hpp>
#include <mtp/updates/sequencer.hpp>

#include <algorithm>
#include <limits>
#include <utility>

namespace mtp::MTP_ABI::updates {
namespace {

using order = update_number::order;

std::int32_t to_box(std::int64_t number) {
  using limits = std::numeric_limits<std::int32_t>;
  return static_cast<std::int32_t>(
      std::clamp(number, std::int64_t{limits::min()}, std::int64_t{limits::max()}));
}

}  // namespace

void sequencer::skip_account_gaps(loss_reason why) {
  requested_.reset();
  while (early_.keeps_of_account()) {
    skip_first_account_gap(why);
    drain();
  }
  skip_dropped(why);
  early_.drop_account();
  forget_gap();
  reach_account();
}

/// What came behind it is delivered; when more is missing there, that has its own time.
void sequencer::give_up_first_gap(steady_time now) {
  auto const why = loss_reason::never_filled;
  if (early_.keeps_of_account()) {
    skip_first_account_gap(why);
  } else {
    skip_dropped(why);
  }
  drain();
  reach_account();
  forget_gap();
  if (early_.has_of_account()) gap_deadline_ = now;
}

void sequencer::skip_first_account_gap(loss_reason why) {
  auto const first = early_.first_of_account();
  auto const seq = early_.first_seq();
  if (first) skip_to(first->of, to_box(first->start()), why);
  if (seq) skip_batches_to(to_box(std::int64_t{*seq} - 1), why);
}

/// The same for what was known by its number only.
void sequencer::skip_dropped(loss_reason why) {
  for (auto const of : {order::common, order::secondary}) {
    auto const at = early_.dropped(of);
    if (at) skip_to(of, *at, why);
  }
  auto const seq = early_.dropped(order::none);
  if (seq) skip_batches_to(*seq, why);
}

/// What has no number of its own was in them.
void sequencer::skip_batches_to(std::int32_t seq, loss_reason why) {
  auto const from = boxes_.state().seq;
  if (seq > from) add_effect(lost{.box = order::none, .from = from, .to = seq, .why = why});
  boxes_.reset_seq(seq);
}

/// In one of the account's orders.
void sequencer::skip_to(update_number::order of, std::int32_t at, loss_reason why) {
  bool const common = of == order::common;
  auto const from = common ? boxes_.state().pts : boxes_.state().qts;
  if (at > from) add_effect(lost{.box = of, .from = from, .to = at, .why = why});
  if (common) boxes_.reset_pts(at);
  if (of == order::secondary) boxes_.reset_qts(at);
}

/// Where what is missing ends, if that is known: before the first that came, or there itself.
std::optional<std::int32_t> sequencer::end_of_gap(std::int64_t channel) const {
  auto const first = early_.first_of_channel(channel);
  if (first) return to_box(first->start());
  return early_.dropped(order::channel, channel);
}

void sequencer::skip_channel_gap(std::int64_t channel, loss_reason why) {
  auto const from = boxes_.channel_pts(channel);
  auto const end = end_of_gap(channel);
  if (from)
    add_effect(
        lost{.box = order::channel, .channel = channel, .from = *from, .to = end, .why = why});
  channels_.remove(channel);
  drop_walk(channel);
  boxes_.forget_channel(channel);
  if (end) boxes_.reset_channel(channel, *end);
  reach_channel(channel);
  drain();
  if (early_.has_of_channel(channel)) channels_.request(channel, steady_time::min());
}

void sequencer::forget_channel(std::int64_t channel, loss_reason why) {
  early_.drop_channel(channel);
  skip_channel_gap(channel, why);
}

}  // namespace mtp::MTP_ABI::updates
