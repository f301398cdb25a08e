// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/updates: an update with pts moves the box of the account, or that
// of a channel when it names one or holds a message of one; an update with qts moves the second
// box. Reading that off the fields keeps the list of them as long as the schema's.
#include <mtp/updates/update_number.hpp>

#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/Peer.hpp>
#include <mtp/tl/types/Update.hpp>
#include <mtp/tl/types/Updates.hpp>

#include <algorithm>
#include <numeric>
#include <type_traits>
#include <utility>

namespace mtp::MTP_ABI::updates {
namespace {

using order = update_number::order;

std::int64_t channel_of(tl::Peer const& peer) {
  auto const* channel = peer.get_if<tl::peerChannel>();
  return channel ? channel->channel_id : 0;
}

std::int64_t channel_of(tl::Message const& message) {
  if (auto const* m = message.get_if<tl::message>()) return channel_of(m->peer_id);
  if (auto const* m = message.get_if<tl::messageService>()) return channel_of(m->peer_id);
  return 0;
}

template <class U>
inline constexpr bool holds_channel_message = std::is_same_v<U, tl::updateNewChannelMessage> ||
                                              std::is_same_v<U, tl::updateEditChannelMessage>;

template <class U>
update_number number_of_fields(U const& u) {
  if constexpr (std::is_same_v<U, tl::updateChannelTooLong>) {
    return {};  // says that something is missing, and is itself no step
  } else if constexpr (holds_channel_message<U>) {
    return {order::channel, u.pts, u.pts_count, channel_of(u.message)};
  } else if constexpr (requires { u.pts, u.pts_count, u.channel_id; }) {
    return {order::channel, u.pts, u.pts_count, u.channel_id};
  } else if constexpr (requires { u.pts, u.channel_id; }) {
    return {order::channel, u.pts, 0, u.channel_id};
  } else if constexpr (requires { u.pts, u.pts_count; }) {
    return {order::common, u.pts, u.pts_count, 0};
  } else if constexpr (requires { u.qts; }) {
    return {order::secondary, u.qts, 1, 0};
  } else {
    return {};
  }
}

}  // namespace

update_number number_of(tl::Update const& update) {
  update_number out;
  if (update) out = update.visit([](auto const& u) { return number_of_fields(u); });
  return out;
}

namespace {

void take_earlier(std::optional<std::int32_t>& mine, std::optional<std::int32_t> other) {
  if (other) mine = std::min(*other, mine.value_or(*other));
}

/// An update without a number, or with an impossible one, says nothing.
early_position start_of(update_number const& number) {
  early_position out;
  bool const counts = number.at > 0 && number.start() >= 0 && number.start() <= number.at;
  if (!counts) return out;
  auto const start = static_cast<std::int32_t>(number.start());
  if (number.of == order::common) out.pts = start;
  if (number.of == order::secondary) out.qts = start;
  return out;
}

early_position start_of_all(tl::list<tl::Update> const& all) {
  early_position out;
  for (auto const& one : all) out.include(start_of(number_of(one)));
  return out;
}

template <class Batch>
std::int32_t first_seq_of(Batch const& batch) {
  if constexpr (requires { batch.seq_start; }) return batch.seq_start;
  return batch.seq;
}

}  // namespace

void early_position::include(early_position const& other) {
  take_earlier(pts, other.pts);
  take_earlier(qts, other.qts);
  take_earlier(seq, other.seq);
}

early_position position_before(tl::Updates const& batch) {
  if (!batch) return {};
  return batch.visit([](auto const& u) -> early_position {
    if constexpr (requires { u.updates; }) {
      auto out = start_of_all(u.updates);
      if (first_seq_of(u) > 0) out.seq = first_seq_of(u) - 1;
      return out;
    } else if constexpr (requires { u.update; }) {
      return start_of(number_of(u.update));
    } else {
      return start_of(number_of_fields(u));
    }
  });
}

std::vector<std::size_t> order_of(tl::list<tl::Update> const& updates) {
  std::vector<std::size_t> indices(updates.size());
  std::iota(indices.begin(), indices.end(), std::size_t{0});
  auto const place = [&](std::size_t i) { return std::pair(number_of(updates[i]).start(), i); };
  std::ranges::sort(indices, {}, place);
  return indices;
}

}  // namespace mtp::MTP_ABI::updates
