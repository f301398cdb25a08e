// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/method/messages.setTyping
#include "client/call.hpp"
#include "client/start.hpp"
#include "methods/peers/resolve.hpp"

#include <mtp/methods/messages.hpp>
#include <mtp/tl/functions/messages.hpp>
#include <mtp/tl/types/InputPeer.hpp>
#include <mtp/tl/types/SendMessageAction.hpp>

#include <atomic>
#include <chrono>
#include <utility>

namespace mtp::MTP_ABI {
namespace detail {

struct typing_state {
  std::atomic<bool> wanted = true;
  std::atomic<bool> shown = true;
};

namespace {

constexpr std::chrono::seconds say_again_after{5};
constexpr std::chrono::seconds look_every{1};

tl::SendMessageAction action_of(typing_kind kind) {
  switch (kind) {
    case typing_kind::text: return tl::sendMessageTypingAction{};
    case typing_kind::recording_voice: return tl::sendMessageRecordAudioAction{};
    case typing_kind::recording_video: return tl::sendMessageRecordVideoAction{};
    case typing_kind::recording_round: return tl::sendMessageRecordRoundAction{};
    case typing_kind::sending_photo: return tl::sendMessageUploadPhotoAction{};
    case typing_kind::sending_video: return tl::sendMessageUploadVideoAction{};
    case typing_kind::sending_voice: return tl::sendMessageUploadAudioAction{};
    case typing_kind::sending_file: return tl::sendMessageUploadDocumentAction{};
    case typing_kind::choosing_place: return tl::sendMessageGeoLocationAction{};
    case typing_kind::choosing_contact: return tl::sendMessageChooseContactAction{};
    case typing_kind::choosing_sticker: return tl::sendMessageChooseStickerAction{};
    case typing_kind::playing: return tl::sendMessageGamePlayAction{};
  }
  return tl::sendMessageTypingAction{};
}

tl::messages::setTyping request_of(tl::InputPeer where, typing_kind kind) {
  tl::messages::setTyping request;
  request.peer = std::move(where);
  request.action = action_of(kind);
  return request;
}

/// Says it again until nobody wants it any more; it was said once.
task<> repeat_while_wanted(client_core& core, tl::messages::setTyping request,
                           std::shared_ptr<typing_state> state) {
  auto again = core.now() + say_again_after;
  while (state->wanted) {
    co_await core.running().pause(look_every);
    if (!state->wanted || core.now() < again) continue;
    co_await call(core, request);
    again = core.now() + say_again_after;
  }
  request.action = tl::sendMessageCancelAction{};
  co_await call(core, request);
}

/// What goes wrong ends the showing, and nothing else.
task<> keep_typing(client_core& core, tl::messages::setTyping request,
                   std::shared_ptr<typing_state> state) {
  try {
    co_await repeat_while_wanted(core, std::move(request), state);
  } catch (std::exception const& e) {
    core.log(log_level::info, std::string("typing: ") + e.what());
  }
  state->shown = false;
}

/// The first time it is said here, so that a refusal is told; then by a part of the client, which
/// ends with it.
task<typing_guard> begin_typing(client_core& core, owned_peer to, typing_kind kind) {
  auto where = co_await input_peer(core, std::move(to));
  auto request = request_of(std::move(where), kind);
  co_await call(core, request);
  auto state = std::make_shared<typing_state>();
  if (core.running().is_running())
    core.running().spawn(keep_typing(core, std::move(request), state));
  co_return typing_guard(std::move(state));
}

}  // namespace
}  // namespace detail

typing_guard& typing_guard::operator=(typing_guard&& other) noexcept {
  close();
  state_ = std::move(other.state_);
  return *this;
}

void typing_guard::close() noexcept {
  if (auto const state = std::exchange(state_, nullptr)) state->wanted = false;
}

bool typing_guard::is_shown() const noexcept { return state_ && state_->shown; }

task<typing_guard> message_methods::type_in(peer_ref peer, typing_kind kind) const {
  return detail::start(client_, detail::begin_typing, peer, kind);
}

}  // namespace mtp::MTP_ABI
