// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/events/reactions.hpp>

#include "events/fields.hpp"

#include <mtp/tl/types/MessageReactions.hpp>
#include <mtp/tl/types/Peer.hpp>
#include <mtp/tl/types/Poll.hpp>
#include <mtp/tl/types/PollResults.hpp>
#include <mtp/tl/types/Reaction.hpp>
#include <mtp/tl/types/ReactionCount.hpp>
#include <mtp/tl/types/Update.hpp>

namespace mtp::MTP_ABI {

peer_id message_reactions::chat() const { return detail::chat_in(*raw()).value_or(peer_id{}); }

std::int32_t message_reactions::message_id() const {
  return detail::message_id_in(*raw()).value_or(0);
}

std::optional<std::int32_t> message_reactions::thread() const {
  return detail::copy_of(raw()->top_msg_id());
}

tl::messageReactions const& message_reactions::reactions() const {
  return as<tl::updateMessageReactions>()->reactions;
}

std::optional<std::vector<tl::Reaction>> message_reactions::chosen() const {
  return detail::chosen_among(reactions());
}

peer_id reaction_change::chat() const { return detail::chat_in(*raw()).value_or(peer_id{}); }

std::int32_t reaction_change::message_id() const {
  return detail::message_id_in(*raw()).value_or(0);
}

std::optional<peer_id> reaction_change::sender() const {
  return detail::to_peer_id(as<tl::updateBotMessageReaction>()->actor);
}

std::chrono::sys_seconds reaction_change::date() const { return detail::to_date(*raw()->date()); }

tl::list<tl::Reaction> const& reaction_change::before() const {
  return as<tl::updateBotMessageReaction>()->old_reactions;
}

tl::list<tl::Reaction> const& reaction_change::now() const {
  return as<tl::updateBotMessageReaction>()->new_reactions;
}

peer_id reaction_counts::chat() const { return detail::chat_in(*raw()).value_or(peer_id{}); }

std::int32_t reaction_counts::message_id() const {
  return detail::message_id_in(*raw()).value_or(0);
}

std::chrono::sys_seconds reaction_counts::date() const { return detail::to_date(*raw()->date()); }

tl::list<tl::reactionCount> const& reaction_counts::counts() const {
  return as<tl::updateBotMessageReactions>()->reactions;
}

std::int64_t poll_change::poll_id() const { return *raw()->poll_id(); }

std::optional<peer_id> poll_change::chat() const { return detail::chat_in(*raw()); }

std::optional<std::int32_t> poll_change::message_id() const {
  return as<tl::updateMessagePoll>()->msg_id;
}

tl::poll const* poll_change::poll() const { return as<tl::updateMessagePoll>()->poll.get(); }

tl::pollResults const& poll_change::results() const { return as<tl::updateMessagePoll>()->results; }

bool poll_change::knows_chosen() const { return !results().min; }

std::int64_t poll_vote::poll_id() const { return *raw()->poll_id(); }

std::optional<peer_id> poll_vote::sender() const {
  return detail::to_peer_id(as<tl::updateMessagePollVote>()->peer);
}

tl::list<tl::bytes> const& poll_vote::options() const {
  return as<tl::updateMessagePollVote>()->options;
}

tl::list<std::int32_t> const& poll_vote::positions() const {
  return as<tl::updateMessagePollVote>()->positions;
}

}  // namespace mtp::MTP_ABI
