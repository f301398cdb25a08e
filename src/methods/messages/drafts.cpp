// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/drafts
#include <mtp/methods/drafts.hpp>

#include "client/call.hpp"
#include "client/start.hpp"
#include "methods/peers/resolve.hpp"
#include "types/tl_peer.hpp"

#include <mtp/tl/functions/messages.hpp>
#include <mtp/tl/types/DraftMessage.hpp>
#include <mtp/tl/types/InputMedia.hpp>
#include <mtp/tl/types/InputPeer.hpp>
#include <mtp/tl/types/InputReplyTo.hpp>
#include <mtp/tl/types/InputRichMessage.hpp>
#include <mtp/tl/types/MessageEntity.hpp>
#include <mtp/tl/types/Peer.hpp>
#include <mtp/tl/types/SuggestedPost.hpp>
#include <mtp/tl/types/Update.hpp>
#include <mtp/tl/types/Updates.hpp>

#include <utility>

namespace mtp::MTP_ABI {
namespace detail {
namespace {

task<> save_draft(client_core& core, owned_peer of, tl::messages::saveDraft request) {
  request.peer = co_await input_peer(core, std::move(of));
  co_await call(core, request);
}

task<> clear_all_drafts(client_core& core) {
  tl::messages::clearAllDrafts const request;
  co_await call(core, request);
}

std::optional<saved_draft> draft_in(received<tl::Updates> const& answer, tl::Update const& update) {
  auto const* told = update.get_if<tl::updateDraftMessage>();
  auto const* draft = told ? told->draft.get_if<tl::draftMessage>() : nullptr;
  auto const chat = told ? to_peer_id(told->peer) : std::nullopt;
  if (!draft || !chat) return {};
  return saved_draft{.chat = *chat,
                     .topic = told->top_msg_id,
                     .text = draft->message.str(),
                     .raw = received<tl::draftMessage>(answer, draft)};
}

task<std::vector<saved_draft>> all_drafts(client_core& core) {
  tl::messages::getAllDrafts const request;
  auto const answer = co_await call(core, request);
  std::vector<saved_draft> out;
  answer->visit([&](auto const& form) {
    if constexpr (requires { form.updates; }) {
      for (auto const& each : form.updates)
        if (auto draft = draft_in(answer, each)) out.push_back(std::move(*draft));
    }
  });
  co_return out;
}

tl::messages::saveDraft draft_request(std::string_view text, draft_options const& options) {
  tl::messages::saveDraft request;
  request.message = tl::string(text);
  request.no_webpage = !options.link_preview;
  request.invert_media = options.inverted;
  if (options.entities) request.entities = *options.entities;
  if (!options.reply_to && !options.topic) return request;
  tl::inputReplyToMessage before;
  before.reply_to_msg_id = options.reply_to ? *options.reply_to : *options.topic;
  before.top_msg_id = options.topic;
  request.reply_to = std::move(before);
  return request;
}

}  // namespace
}  // namespace detail

draft_methods::draft_methods(std::shared_ptr<detail::client_core> client)
    : client_(std::move(client)) {}

task<> draft_methods::save(peer_ref peer, std::string_view text, draft_options options) const {
  return detail::start(client_, detail::save_draft, peer, detail::draft_request(text, options));
}

task<> draft_methods::clear(peer_ref peer, std::optional<std::int32_t> topic) const {
  return save(peer, {}, {.topic = topic});
}

task<> draft_methods::clear_all() const { return detail::start(client_, detail::clear_all_drafts); }

task<std::vector<saved_draft>> draft_methods::all() const {
  return detail::start(client_, detail::all_drafts);
}

}  // namespace mtp::MTP_ABI
