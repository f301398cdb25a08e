// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What was missed: https://core.telegram.org/api/updates#recovering-gaps
#include "client/call.hpp"
#include "client/client_core.hpp"
#include "client/update_engine.hpp"

#include <mtp/core/error.hpp>
#include <mtp/tl/functions/updates.hpp>
#include <mtp/tl/types/ChannelMessagesFilter.hpp>
#include <mtp/tl/types/Dialog.hpp>
#include <mtp/tl/types/EncryptedMessage.hpp>
#include <mtp/tl/types/InputChannel.hpp>
#include <mtp/tl/types/Update.hpp>
#include <mtp/tl/types/updates/ChannelDifference.hpp>
#include <mtp/tl/types/updates/Difference.hpp>
#include <mtp/tl/types/updates/State.hpp>

#include <algorithm>

namespace mtp::detail {
namespace {

constexpr std::int32_t channel_limit_of_users = 100;
constexpr std::int32_t channel_limit_of_bots = 100'000;

/// Keeps the loop from asking too while a login asks where the account stands.
class asking {
 public:
  asking(int& count, event& wake) : count_(count), wake_(wake) { ++count_; }
  asking(asking const&) = delete;
  asking& operator=(asking const&) = delete;
  ~asking() {
    --count_;
    wake_.notify();
  }

 private:
  int& count_;
  event& wake_;
};

update_state to_state(tl::updates::state const& from) {
  return {.pts = from.pts, .qts = from.qts, .date = from.date, .seq = from.seq};
}

}  // namespace

task<> update_engine::fetch_state(login now) {
  auto const epoch = epoch_;
  tl::updates::getState const request;
  auto const state = co_await call(core_, request, now == login::beginning);
  if (epoch != epoch_) co_return;
  wants_state_ = false;
  auto start = to_state(*state);
  if (early_pts_) start.pts = std::min(start.pts, *early_pts_);
  wants_difference_ = wants_difference_ || early_pts_;
  early_pts_.reset();
  boxes_.reset_to(start);
  ++epoch_;
  reached();
}

task<> update_engine::begin() {
  asking const here(beginning_, wake_);
  resume();
  if (!wants_state_) co_await find_reset();
  while (wants_state_) co_await fetch_state(login::beginning);
}

/// A server that was reset counts from the beginning, and would never get as far as we remember:
/// of the account nor of its channels.
task<> update_engine::find_reset() {
  auto const before = boxes_.state().pts;
  tl::updates::getState const request;
  auto const state = co_await call(core_, request, true);
  if (state->pts >= before) co_return;
  session_change forgotten;
  for (auto const& [channel, pts] : boxes_.channels())
    forgotten.channel_pts[channel] = std::nullopt;
  late_channels_.clear();
  boxes_ = updates::update_boxes(to_state(*state), {});
  queue_.push_position(std::move(forgotten));
  ++epoch_;
  reached();
}

/// Asks until the server has nothing more. What arrives meanwhile waits, and is then found old or
/// next.
task<> update_engine::catch_up() {
  if (!boxes_.is_known()) {
    wants_state_ = true;
    wants_difference_ = false;
    co_return;
  }
  auto const epoch = epoch_;
  auto const answer = co_await difference();
  if (epoch != epoch_) {
    wants_difference_ = true;
    co_return;
  }
  if (auto const* none = answer->get_if<tl::updates::differenceEmpty>()) {
    boxes_.nothing_missed(none->date, none->seq);
  } else if (auto const* all = answer->get_if<tl::updates::difference>()) {
    apply_difference(received<tl::updates::difference>(answer, all));
    boxes_.reset_to(to_state(all->state));
  } else if (auto const* part = answer->get_if<tl::updates::differenceSlice>()) {
    apply_difference(received<tl::updates::differenceSlice>(answer, part));
    wants_difference_ = boxes_.state() != to_state(part->intermediate_state);
    boxes_.reset_to(to_state(part->intermediate_state));
  } else if (auto const* gone = answer->get_if<tl::updates::differenceTooLong>()) {
    core_.log(log_level::warning, "updates: too many were missed; some are lost");
    wants_difference_ = boxes_.state().pts != gone->pts;
    boxes_.reset_pts(gone->pts);
  }
  reached();
}

/// What was missed since the boxes. It is still wanted when this fails.
task<received<tl::updates::Difference>> update_engine::difference() {
  tl::updates::getDifference request;
  request.pts = boxes_.state().pts;
  request.qts = boxes_.state().qts;
  request.date = std::max(boxes_.state().date, 1);
  wants_difference_ = false;
  std::exception_ptr failed;
  received<tl::updates::Difference> answer;
  try {
    answer = co_await call(core_, request);
  } catch (...) {
    failed = std::current_exception();
  }
  wants_difference_ = wants_difference_ || failed;
  if (failed) std::rethrow_exception(failed);
  co_return answer;
}

template <class Difference>
void update_engine::apply_difference(received<Difference> const& part) {
  core_.account().meet(part->users, part->chats);
  for (auto const& message : part->new_messages) emit_message(message);
  for (auto const& message : part->new_encrypted_messages) {
    tl::updateNewEncryptedMessage update;
    update.message = message;
    emit(received<tl::Update>::own(tl::Update(std::move(update))));
  }
  for (auto const& update : part->other_updates) apply_final(received<tl::Update>(part, &update));
}

task<> update_engine::catch_up_channel(std::int64_t channel) {
  auto const& known = core_.state();
  auto const hash = known.access_hashes.find({peer_kind::channel, channel});
  bool const bot = known.self && known.self->bot;
  if (hash == known.access_hashes.end() && !bot) {
    forget_channel(channel);
    co_return;
  }
  tl::updates::getChannelDifference request;
  request.channel = tl::inputChannel{
      .channel_id = channel,
      .access_hash = hash == known.access_hashes.end() ? std::int64_t{0} : hash->second};
  request.filter = tl::channelMessagesFilterEmpty{};
  request.pts = std::max(boxes_.channel_pts(channel).value_or(1), 1);
  request.limit = bot ? channel_limit_of_bots : channel_limit_of_users;
  auto const epoch = epoch_;
  std::exception_ptr failed;
  received<tl::updates::ChannelDifference> answer;
  try {
    answer = co_await call(core_, request);
  } catch (...) {
    failed = std::current_exception();
  }
  if (epoch != epoch_) {  // asked again, unless the channel is not followed any more
    if (!boxes_.channel_pts(channel)) late_channels_.erase(channel);
    co_return;
  }
  if (failed) {
    note_channel_failure(channel, failed);
    co_return;
  }
  late_channels_.erase(channel);
  if (auto const* none = answer->get_if<tl::updates::channelDifferenceEmpty>()) {
    boxes_.reset_channel(channel, none->pts);
  } else if (auto const* some = answer->get_if<tl::updates::channelDifference>()) {
    core_.account().meet(some->users, some->chats);
    boxes_.reset_channel(channel, some->pts);
    for (auto const& message : some->new_messages) emit_message(message);
    for (auto const& update : some->other_updates) emit(received<tl::Update>(answer, &update));
    if (!some->final) late_channels_.try_emplace(channel);
  } else if (auto const* gone = answer->get_if<tl::updates::channelDifferenceTooLong>()) {
    core_.account().meet(gone->users, gone->chats);
    core_.log(log_level::warning, "updates: too many of a channel were missed; some are lost");
    auto const* dialog = gone->dialog.get_if<tl::dialog>();
    if (dialog && dialog->pts) boxes_.reset_channel(channel, *dialog->pts);
  }
  reached(channel);
}

}  // namespace mtp::detail
