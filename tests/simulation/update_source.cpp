// SPDX-License-Identifier: MIT OR Apache-2.0
#include "update_source.hpp"

#include "mischief.hpp"

#include <mtp/tl/functions/updates.hpp>
#include <mtp/tl/types/Chat.hpp>
#include <mtp/tl/types/EncryptedMessage.hpp>
#include <mtp/tl/types/InputChannel.hpp>
#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/Peer.hpp>
#include <mtp/tl/types/Update.hpp>
#include <mtp/tl/types/User.hpp>

#include <algorithm>
#include <utility>

namespace mtp::test {

using namespace std::chrono_literals;
using testing::refuse;

namespace {

constexpr std::int64_t alice = 42;  // of the data centre's own world

tl::message message_in(box_id box, std::int32_t number) {
  tl::message out;
  out.id = number;
  out.message = tl::string(std::to_string(number));
  if (box == common_box) {
    out.peer_id = tl::peerUser{.user_id = alice};
  } else {
    out.peer_id = tl::peerChannel{.channel_id = box};
  }
  return out;
}

tl::Update secondary(std::int32_t number) {
  tl::updateBotStopped out;
  out.user_id = alice;
  out.date = number;
  out.qts = number;
  return out;
}

tl::Update update_in(box_id box, std::int32_t number) {
  if (box == secondary_box) return secondary(number);
  if (box == common_box) {
    tl::updateNewMessage out;
    out.message = message_in(box, number);
    out.pts = number;
    out.pts_count = 1;
    return out;
  }
  tl::updateNewChannelMessage out;
  out.message = message_in(box, number);
  out.pts = number;
  out.pts_count = 1;
  return out;
}

}  // namespace

update_source::update_source(testing::data_centre& centre, testing::simulation& sim)
    : centre_(centre), sim_(sim) {
  centre_.on<tl::updates::getState>(
      [this](testing::call& c, tl::updates::getState const&) { return state(c.account); });
  centre_.on<tl::updates::getDifference>(
      [this](testing::call& c, tl::updates::getDifference const& f) {
        return difference(c.account, f.pts, f.qts, f.date);
      });
  centre_.on<tl::updates::getChannelDifference>(
      [this](testing::call& c, tl::updates::getChannelDifference const& f)
          -> testing::outcome<tl::updates::ChannelDifference> {
        auto const* const channel = f.channel.get_if<tl::inputChannel>();
        if (!channel) return refuse(400, "CHANNEL_INVALID");
        return channel_difference(c.account, channel->channel_id, f.pts);
      });
}

void update_source::add(std::int64_t account, int channels) {
  auto& boxes = accounts_[account].all;
  boxes[common_box];
  boxes[secondary_box];
  for (int i = 0; i < channels; ++i) boxes[first_channel + i];
}

bool update_source::goes_wrong(update_fault what, std::size_t one_in) {
  if (calm_ || draw(sim_.dice(), one_in) != 0) return false;
  ++faults_[static_cast<std::size_t>(what)];
  return true;
}

std::int32_t update_source::seconds() const {
  return static_cast<std::int32_t>(
      std::chrono::duration_cast<std::chrono::seconds>(sim_.now().wall.time_since_epoch()).count());
}

// --- Pushes

void update_source::happen(std::int64_t account) {
  auto& of = accounts_.at(account);
  auto const at =
      std::next(of.all.begin(), static_cast<std::ptrdiff_t>(draw(sim_.dice(), of.all.size())));
  auto& [id, at_box] = *at;
  auto const update = testing::encode_object(update_in(id, ++at_box.at));
  if (goes_wrong(update_fault::lost, 20)) return;
  if (goes_wrong(update_fault::late, 20)) return of.late.push_back(update);
  push(account, update);
  if (goes_wrong(update_fault::twice, 20)) push(account, update);
  for (auto& one : std::exchange(of.late, {})) push(account, std::move(one));
}

void update_source::push(std::int64_t account, bytes update) {
  centre_.with_world([&](testing::world& all) {
    all.box(account).announce(testing::any_update{std::move(update)}, seconds());
  });
}

std::map<box_id, std::int32_t> update_source::last_numbers(std::int64_t account) const {
  std::map<box_id, std::int32_t> out;
  for (auto const& [id, one] : accounts_.at(account).all) out[id] = one.at;
  return out;
}

std::map<box_id, std::int32_t> update_source::last_asked(std::int64_t account) const {
  std::map<box_id, std::int32_t> out;
  for (auto const& [id, one] : accounts_.at(account).all) out[id] = one.asked;
  return out;
}

task<> update_source::restart_now_and_then() {
  if (!goes_wrong(update_fault::restart, 300)) co_return;
  centre_.stop();
  auto const away = draw_time(sim_.dice(), 10s);
  co_await sim_.sleep(away);
  centre_.start(sim_.get_executor());
}

// --- Differences

tl::updates::state update_source::state_of(account_boxes const& of) const {
  tl::updates::state out;
  out.pts = of.all.at(common_box).at;
  out.qts = of.all.at(secondary_box).at;
  out.date = seconds();
  return out;
}

testing::outcome<tl::updates::State> update_source::state(std::int64_t account) {
  return tl::updates::State(state_of(accounts_.at(account)));
}

std::int32_t update_source::end_of_part(std::int32_t from, std::int32_t all) {
  if (all - from < 3 || !goes_wrong(update_fault::slice, 2)) return all;
  return from + 1 + static_cast<std::int32_t>(draw(sim_.dice(), 5)) % (all - from - 1);
}

testing::outcome<tl::updates::Difference> update_source::difference(std::int64_t account,
                                                                    std::int32_t pts,
                                                                    std::int32_t qts,
                                                                    std::int32_t date) {
  using answer = tl::updates::Difference;
  auto& of = accounts_.at(account);
  auto now = state_of(of);
  if (goes_wrong(update_fault::refused, 10)) return refuse(420, "FLOOD_WAIT_2");
  if (goes_wrong(update_fault::lagging, 6)) {
    tl::updates::differenceEmpty nothing;
    nothing.date = std::min(date, now.date);
    return answer(nothing);
  }
  auto const end = end_of_part(pts, now.pts);
  if (pts < now.pts) of.all.at(common_box).asked = pts;
  if (qts < now.qts) of.all.at(secondary_box).asked = qts;
  tl::updates::difference out;
  for (auto i = pts + 1; i <= end; ++i) out.new_messages.push_back(message_in(common_box, i));
  if (end == now.pts) {
    for (auto i = qts + 1; i <= now.qts; ++i) out.other_updates.push_back(secondary(i));
    for (auto const& [id, one] : of.all) {
      if (id < first_channel || one.told >= one.at) continue;
      out.other_updates.push_back(tl::updateChannelTooLong{.channel_id = id, .pts = one.at});
    }
    out.state = now;
    return answer(std::move(out));
  }
  tl::updates::differenceSlice part;
  part.new_messages = std::move(out.new_messages);
  part.intermediate_state = now;
  part.intermediate_state.pts = end;
  part.intermediate_state.qts = qts;
  part.intermediate_state.date = date;
  return answer(std::move(part));
}

testing::outcome<tl::updates::ChannelDifference> update_source::channel_difference(
    std::int64_t account, box_id channel, std::int32_t pts) {
  using answer = tl::updates::ChannelDifference;
  auto& boxes = accounts_.at(account).all;
  auto const found = boxes.find(channel);
  if (found == boxes.end()) return refuse(400, "CHANNEL_INVALID");
  if (goes_wrong(update_fault::refused, 10)) return refuse(420, "FLOOD_WAIT_5");
  if (found->second.at <= pts || goes_wrong(update_fault::lagging, 6)) {
    tl::updates::channelDifferenceEmpty nothing;
    nothing.final = true;
    nothing.pts = pts;
    nothing.timeout = 30;
    return answer(nothing);
  }
  auto const end = end_of_part(pts, found->second.at);
  found->second.told = std::max(found->second.told, pts);
  found->second.asked = pts;
  tl::updates::channelDifference out;
  for (auto i = pts + 1; i <= end; ++i) out.new_messages.push_back(message_in(channel, i));
  out.final = end == found->second.at;
  out.pts = end;
  out.timeout = 30;
  return answer(std::move(out));
}

std::string_view name_of(update_fault what) noexcept {
  switch (what) {
    case update_fault::lost: return "push lost";
    case update_fault::twice: return "push sent twice";
    case update_fault::late: return "push sent after the next";
    case update_fault::lagging: return "difference finds nothing yet";
    case update_fault::slice: return "difference in parts";
    case update_fault::refused: return "difference refused for a while";
    case update_fault::restart: return "server restarted";
  }
  return "unknown";
}

}  // namespace mtp::test
