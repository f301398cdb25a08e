// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/slice.hpp>
#include <mtp/tl/encode.hpp>
#include <mtp/tl/types/Chat.hpp>
#include <mtp/tl/types/EncryptedMessage.hpp>
#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/Peer.hpp>
#include <mtp/tl/types/Update.hpp>
#include <mtp/tl/types/Updates.hpp>
#include <mtp/tl/types/User.hpp>
#include <mtp/tl/types/messages/Messages.hpp>
#include <mtp/tl/types/updates/ChannelDifference.hpp>
#include <mtp/tl/types/updates/Difference.hpp>
#include <mtp/updates/action.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace mtp::test {

constexpr std::int64_t channel_id = 77;
inline steady_time const t0 = steady_time() + std::chrono::hours(1);

inline slice to_slice(tl::Updates const& value) { return slice(*tl::encode(value)); }

/// A server with the mailbox of one account and one channel.
class updates_server {
 public:
  std::size_t slice_size = 100;     ///< so many messages a difference brings at most
  bool announces_channels = false;  ///< the difference of the account says where the channel is

  /// Somebody writes; the push that says so.
  slice write(std::string const& text) {
    mailbox_.push_back(message_of(text, pts() + 1, tl::peerUser{.user_id = 42}));
    tl::updateNewMessage update;
    update.message = mailbox_.back();
    update.pts = pts();
    update.pts_count = 1;
    return push(std::move(update));
  }
  slice post(std::string const& text) {
    auto const id = channel_pts() + 1;
    posts_.push_back(message_of(text, id, tl::peerChannel{.channel_id = channel_id}));
    tl::updateNewChannelMessage update;
    update.message = posts_.back();
    update.pts = id;
    update.pts_count = 1;
    return push(std::move(update));
  }
  void forget_everything() {
    mailbox_.clear();
    posts_.clear();
  }

  /// channels.getMessages, or messages.getMessages for channel 0.
  received<tl::messages::Messages> messages(updates::ask_messages const& asked) const {
    auto const& all = asked.channel == 0 ? mailbox_ : posts_;
    tl::messages::messages out;
    for (std::int64_t at = asked.which.first; at <= asked.which.last; ++at) {
      auto const id = static_cast<std::int32_t>(at);
      auto const index = static_cast<std::size_t>(id - 1);
      if (index < all.size() && !deleted.contains(id)) {
        out.messages.push_back(all[index]);
      } else {
        out.messages.push_back(tl::messageEmpty{.id = id});
      }
    }
    return received<tl::messages::Messages>::own(std::move(out));
  }
  /// What was written or posted under that number.
  tl::message& written(std::int32_t id) { return mailbox_[static_cast<std::size_t>(id - 1)]; }
  tl::message& posted(std::int32_t id) { return posts_[static_cast<std::size_t>(id - 1)]; }
  std::set<std::int32_t> deleted = {};  ///< of both

  std::int32_t pts() const { return static_cast<std::int32_t>(mailbox_.size()); }
  std::int32_t channel_pts() const { return static_cast<std::int32_t>(posts_.size()); }
  tl::updates::state state() const { return {.pts = pts(), .qts = 0, .date = 1, .seq = 0}; }

  received<tl::updates::Difference> difference(update_state from) const {
    using answer = received<tl::updates::Difference>;
    auto const begin = static_cast<std::size_t>(from.pts);
    auto const end = std::min(mailbox_.size(), begin + slice_size);
    bool const announces = announces_channels && !posts_.empty();
    if (begin >= end && !announces) return answer::own(tl::updates::differenceEmpty{.date = 1});
    if (end == mailbox_.size()) {
      tl::updates::difference all;
      if (announces)
        all.other_updates.push_back(
            tl::updateChannelTooLong{.channel_id = channel_id, .pts = channel_pts()});
      for (auto i = begin; i < end; ++i) all.new_messages.push_back(mailbox_[i]);
      all.state = state();
      return answer::own(std::move(all));
    }
    tl::updates::differenceSlice part;
    for (auto i = begin; i < end; ++i) part.new_messages.push_back(mailbox_[i]);
    part.intermediate_state = state();
    part.intermediate_state.pts = static_cast<std::int32_t>(end);
    return answer::own(std::move(part));
  }

  received<tl::updates::ChannelDifference> channel_difference(std::int32_t from) const {
    tl::updates::channelDifference out;
    auto const begin = static_cast<std::size_t>(from);
    auto const end = std::min(posts_.size(), begin + slice_size);
    for (auto i = begin; i < end; ++i) out.new_messages.push_back(posts_[i]);
    out.final = end == posts_.size();
    out.pts = static_cast<std::int32_t>(std::max(begin, end));
    return received<tl::updates::ChannelDifference>::own(std::move(out));
  }

 private:
  static tl::message message_of(std::string const& text, std::int32_t id, tl::Peer chat) {
    tl::message out;
    out.id = id;
    out.peer_id = std::move(chat);
    out.message = tl::string(text);
    return out;
  }
  static slice push(tl::Update update) {
    tl::updates_ all;
    all.updates.push_back(std::move(update));
    return to_slice(tl::Updates(std::move(all)));
  }

  std::vector<tl::message> mailbox_;
  std::vector<tl::message> posts_;
};

}  // namespace mtp::test
