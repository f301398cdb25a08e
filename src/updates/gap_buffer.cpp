// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/updates/gap_buffer.hpp>

#include <algorithm>
#include <functional>
#include <limits>
#include <tuple>
#include <utility>

namespace mtp::MTP_ABI::updates {
namespace {

bool is_of_channel(early_update const& one, std::int64_t channel) {
  return one.number.of == update_number::order::channel && one.number.channel == channel;
}

bool is_of_account(early_update const& one) {
  return one.number.of != update_number::order::channel;
}

auto place_of(update_number const& number) {
  return std::tuple(number.of, number.channel, number.start());
}

/// Where `boxes` stand in the order of what was dropped.
std::int64_t reached_in(update_boxes const& boxes, update_number::order of, std::int64_t channel) {
  switch (of) {
    case update_number::order::common: return boxes.state().pts;
    case update_number::order::secondary: return boxes.state().qts;
    case update_number::order::channel: break;
    case update_number::order::none: return boxes.state().seq;
  }
  // A channel that is not followed begins with its next update.
  auto const at = boxes.channel_pts(channel);
  return at ? std::int64_t{*at} : std::numeric_limits<std::int64_t>::max();
}

auto place_of_update(early_update const& one) { return place_of(one.number); }

/// Behind those of the same place, which came earlier.
template <class Value, class Place>
void insert_in_order(std::vector<Value>& all, Value one, Place place) {
  auto const at = std::ranges::upper_bound(all, std::invoke(place, one), {}, place);
  all.insert(at, std::move(one));
}

}  // namespace

bool gap_buffer::has_room(std::size_t more) const {
  return updates_.size() + batches_.size() < max_entries && bytes_ + more <= max_bytes;
}

bool gap_buffer::drop(box where, std::int32_t at) {
  auto const [known, is_new] = dropped_.try_emplace(where, at);
  known->second = std::max(known->second, at);
  return false;
}

bool gap_buffer::add(early_update one) {
  auto const cost = one.update.block_size();
  if (!has_room(cost)) return drop({one.number.of, one.number.channel}, one.number.at);
  bytes_ += cost;
  insert_in_order(updates_, std::move(one), place_of_update);
  return true;
}

bool gap_buffer::add(early_batch one) {
  auto const cost = one.updates.block_size();
  if (!has_room(cost)) return drop({update_number::order::none, 0}, one.seq);
  bytes_ += cost;
  insert_in_order(batches_, std::move(one), &early_batch::seq_start);
  return true;
}

bool gap_buffer::has_of_account() const {
  auto const is_of_account = [](auto const& each) {
    return each.first.first != update_number::order::channel;
  };
  return keeps_of_account() || std::ranges::any_of(dropped_, is_of_account);
}

bool gap_buffer::has_of_channel(std::int64_t channel) const {
  return first_of_channel(channel) || dropped(update_number::order::channel, channel);
}

std::optional<std::int32_t> gap_buffer::dropped(update_number::order of,
                                                std::int64_t channel) const {
  auto const at = dropped_.find({of, channel});
  if (at == dropped_.end()) return {};
  return at->second;
}

std::optional<std::int32_t> gap_buffer::farthest_of(update_number::order of,
                                                    std::int64_t channel) const {
  auto out = dropped(of, channel);
  for (auto const& one : updates_) {
    if (one.number.of != of || one.number.channel != channel) continue;
    out = std::max(out.value_or(one.number.at), one.number.at);
  }
  return out;
}

std::set<std::int64_t> gap_buffer::channels() const {
  std::set<std::int64_t> out;
  for (auto const& one : updates_) {
    if (one.number.of == update_number::order::channel) out.insert(one.number.channel);
  }
  for (auto const& [where, at] : dropped_) {
    if (where.first == update_number::order::channel) out.insert(where.second);
  }
  return out;
}

void gap_buffer::forget_reached(update_boxes const& boxes) {
  std::erase_if(dropped_, [&](auto const& each) {
    return reached_in(boxes, each.first.first, each.first.second) >= each.second;
  });
}

template <class Filter>
std::optional<update_number> gap_buffer::first_that(Filter is_meant) const {
  std::optional<update_number> out;
  for (auto const& one : updates_) {
    if (is_meant(one) && (!out || place_of(one.number) < place_of(*out))) out = one.number;
  }
  return out;
}

std::optional<update_number> gap_buffer::first_of_account() const {
  return first_that(is_of_account);
}

std::optional<update_number> gap_buffer::first_of_channel(std::int64_t channel) const {
  return first_of(update_number::order::channel, channel);
}

std::optional<update_number> gap_buffer::first_of(update_number::order of,
                                                  std::int64_t channel) const {
  return first_that([=](early_update const& one) {
    return one.number.of == of && one.number.channel == channel;
  });
}

std::optional<std::int32_t> gap_buffer::first_seq() const {
  auto const first = std::ranges::min_element(batches_, {}, &early_batch::seq_start);
  if (first == batches_.end()) return {};
  return first->seq_start;
}

std::vector<early_update> gap_buffer::take_updates() {
  for (auto const& one : updates_) bytes_ -= one.update.block_size();
  return std::exchange(updates_, {});
}

std::vector<early_batch> gap_buffer::take_batches() {
  for (auto const& one : batches_) bytes_ -= one.updates.block_size();
  return std::exchange(batches_, {});
}

void gap_buffer::drop_account() {
  std::erase_if(dropped_,
                [](auto const& each) { return each.first.first != update_number::order::channel; });
  (void)take_batches();
  auto kept = take_updates();
  std::erase_if(kept, is_of_account);
  for (auto& one : kept) add(std::move(one));
}

void gap_buffer::drop_channel(std::int64_t channel) {
  dropped_.erase({update_number::order::channel, channel});
  auto kept = take_updates();
  std::erase_if(kept, [channel](auto const& one) { return is_of_channel(one, channel); });
  for (auto& one : kept) add(std::move(one));
}

void gap_buffer::clear() {
  updates_.clear();
  batches_.clear();
  dropped_.clear();
  bytes_ = 0;
}

}  // namespace mtp::MTP_ABI::updates
