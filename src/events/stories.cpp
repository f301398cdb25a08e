// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/events/stories.hpp>

#include "events/fields.hpp"

#include <mtp/tl/types/Peer.hpp>
#include <mtp/tl/types/Reaction.hpp>
#include <mtp/tl/types/StoriesStealthMode.hpp>
#include <mtp/tl/types/StoryItem.hpp>
#include <mtp/tl/types/Update.hpp>

namespace mtp::MTP_ABI {

peer_id story_change::chat() const { return detail::chat_in(*raw()).value_or(peer_id{}); }

std::int32_t story_change::id() const {
  auto const* id = story().id();
  return id ? *id : 0;
}

bool story_change::deleted() const { return story().holds<tl::storyItemDeleted>(); }

tl::storyItem const* story_change::content() const { return story().get_if<tl::storyItem>(); }

tl::StoryItem const& story_change::story() const { return as<tl::updateStory>()->story; }

peer_id stories_read::chat() const { return detail::chat_in(*raw()).value_or(peer_id{}); }

std::int32_t stories_read::up_to() const { return *raw()->max_id(); }

peer_id story_reaction::peer() const { return detail::chat_in(*raw()).value_or(peer_id{}); }

std::int32_t story_reaction::story_id() const { return *raw()->story_id(); }

tl::Reaction const& story_reaction::reaction() const { return *raw()->reaction(); }

bool story_reaction::outgoing() const { return raw()->holds<tl::updateSentStoryReaction>(); }

std::optional<std::chrono::sys_seconds> stealth_mode_change::until() const {
  auto const& at = as<tl::updateStoriesStealthMode>()->stealth_mode.active_until_date;
  return at ? std::optional(detail::to_date(*at)) : std::nullopt;
}

}  // namespace mtp::MTP_ABI
