// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "client/client_core.hpp"
#include "methods/peers/owned_peer.hpp"

#include <mtp/tl/types/InputPeer.hpp>
#include <mtp/tl/types/InputReplyTo.hpp>
#include <mtp/tl/types/MessageEntity.hpp>
#include <mtp/tl/types/ReplyMarkup.hpp>
#include <mtp/tl/types/SuggestedPost.hpp>
#include <mtp/types/send_message_options.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace mtp::MTP_ABI::detail {

/// Options with texts, keyboard and peers of their own.
struct owned_sending {
  explicit owned_sending(send_message_options const& from);

  send_message_options said;  ///< its views and pointers are not to be looked at
  std::string quote;
  std::string poll_option;
  std::string preview_url;
  std::optional<owned_peer> reply_chat;
  std::optional<owned_peer> send_as;
  tl::list<tl::MessageEntity> entities;
  tl::ReplyMarkup keyboard;
};

/// Options in TL's terms, with everybody in them found.
struct ready_sending {
  owned_sending from;
  tl::InputReplyTo reply_to = {};
  tl::InputPeer send_as = {};
  tl::SuggestedPost suggested = {};
};

/// Looks up whom options name. `to` is where the messages go.
///
/// Errors: bad_argument for options that contradict each other; those of input_peer().
task<ready_sending> make_ready(client_core& core, owned_sending from, tl::InputPeer to);

/// The time of a message that goes later, as the servers count it; empty for one that goes now.
std::optional<std::int32_t> schedule_of(send_message_options const& said);

/// Puts options into any request that sends; what it does not know is left out.
template <class Request>
void put_options(ready_sending const& ready, Request& q) {
  auto const& said = ready.from.said;
  q.silent = said.silent;
  q.background = said.background;
  q.noforwards = said.is_protected;
  q.reply_to = ready.reply_to;
  q.send_as = ready.send_as;
  if constexpr (requires { q.clear_draft; }) q.clear_draft = said.clear_draft;
  if constexpr (requires { q.invert_media; }) q.invert_media = said.inverted;
  if constexpr (requires { q.no_webpage; }) q.no_webpage = !said.link_preview;
  if constexpr (requires { q.suggested_post; }) q.suggested_post = ready.suggested;
  if constexpr (requires { q.reply_markup; }) q.reply_markup = ready.from.keyboard;
  if constexpr (requires { q.entities; })
    if (!ready.from.entities.empty()) q.entities = ready.from.entities;
  if (said.effect != 0) q.effect = said.effect;
  if (said.paid_stars > 0) q.allow_paid_stars = said.paid_stars;
  q.schedule_date = schedule_of(said);
  if constexpr (requires { q.schedule_repeat_period; })
    if (said.repeat.count() > 0)
      q.schedule_repeat_period = static_cast<std::int32_t>(said.repeat.count());
}

/// The number of a message: the one that the options name, or a new one.
///
/// Errors: bad_argument when that is 0.
std::int64_t random_id_of(client_core& core, std::optional<std::int64_t> named);

}  // namespace mtp::MTP_ABI::detail
