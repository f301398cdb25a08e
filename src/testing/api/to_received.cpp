// SPDX-License-Identifier: MIT OR Apache-2.0
#include "to_received.hpp"

#include "peers.hpp"

namespace mtp::MTP_ABI::testing {
namespace {

/// A bot that is asked to log somebody in is known by its message.
tl::InlineButtonType log_in_button(tl::inputInlineButtonTypeUrlAuth const& sent,
                                   std::int32_t number) {
  tl::inlineButtonTypeUrlAuth out;
  out.fwd_text = sent.fwd_text;
  out.url = sent.url;
  out.button_id = number;
  return out;
}

outcome<> receive_inline(call_context const& c, tl::replyInlineMarkup& keyboard) {
  std::int32_t log_ins = 0;
  for (auto& row : keyboard.rows) {
    for (auto& button : row.buttons) {
      if (auto const* asks = button.type.get_if<tl::inputInlineButtonTypeUrlAuth>()) {
        button.type = log_in_button(*asks, log_ins++);
      } else if (auto const* shows = button.type.get_if<tl::inputInlineButtonTypeUserProfile>()) {
        auto const user = resolve(c, shows->user_id);
        if (!user) return refuse(400, "BUTTON_USER_INVALID");
        button.type = tl::inlineButtonTypeUserProfile{.user_id = *user};
      }
    }
  }
  return {};
}

/// What a bot wants to be told of the chosen ones is between it and the server.
void receive_keys(tl::replyKeyboardMarkup& keyboard) {
  for (auto& row : keyboard.rows) {
    for (auto& button : row.buttons) {
      auto const* asks = button.type.get_if<tl::inputButtonTypeRequestPeer>();
      if (!asks) continue;
      tl::buttonTypeRequestPeer out;
      out.button_id = asks->button_id;
      out.peer_type = asks->peer_type;
      out.max_quantity = asks->max_quantity;
      button.type = std::move(out);
    }
  }
}

}  // namespace

bytes to_received_entities(call_context const& c, tl::list<tl::MessageEntity> const& sent) {
  tl::list<tl::MessageEntity> out;
  for (auto const& one : sent) {
    auto const* named = one.get_if<tl::inputMessageEntityMentionName>();
    if (!named) {
      out.push_back(one);
    } else if (auto const user = resolve(c, named->user_id)) {
      out.push_back(tl::messageEntityMentionName{
          .offset = named->offset, .length = named->length, .user_id = *user});
    }
  }
  return out.empty() ? bytes{} : encode_object(out);
}

outcome<bytes> to_received_markup(call_context const& c, tl::ReplyMarkup const& sent) {
  if (!sent) return bytes{};
  auto out = sent;
  if (auto* keyboard = out.get_if<tl::replyInlineMarkup>()) {
    auto const fine = receive_inline(c, *keyboard);
    if (!fine) return failure{fine.error()};
  }
  if (auto* keyboard = out.get_if<tl::replyKeyboardMarkup>()) receive_keys(*keyboard);
  return encode_object(out);
}

}  // namespace mtp::MTP_ABI::testing
