// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>

#include <string_view>

// What changed between layers in a way that names alone do not tell.

namespace mtp::MTP_ABI::testing::transcoding {

/// Fields that moved into a constructor of their own: where `lead` was, `field` is now.
struct moved_fields {
  std::string_view field;
  std::string_view holder;
  std::string_view lead;
};

// Layer 160, with top_msg_id: messages.sendMessage, sendMedia and others.
inline constexpr moved_fields moves[] = {{"reply_to", "inputReplyToMessage", "reply_to_msg_id"}};

/// A constructor that was parted: `outer` with what all kinds of it had, and in its field `type` a
/// constructor `kind` with the rest. Without a kind `outer` is but another name of it.
struct parted {
  std::string_view whole;
  std::string_view outer;
  std::string_view kind;
};

inline constexpr std::string_view kind_field = "type";

// Layer 229, when buttons under messages and buttons beside the keyboard got types of their own.
inline constexpr parted partings[] = {
    {"keyboardButtonRow", "keyboardInlineButtonRow", ""},
    {"keyboardButtonBuy", "keyboardInlineButton", "inlineButtonTypeBuy"},
    {"keyboardButtonCallback", "keyboardInlineButton", "inlineButtonTypeCallback"},
    {"keyboardButtonCopy", "keyboardInlineButton", "inlineButtonTypeCopy"},
    {"keyboardButtonGame", "keyboardInlineButton", "inlineButtonTypeGame"},
    {"keyboardButtonSwitchInline", "keyboardInlineButton", "inlineButtonTypeSwitchInline"},
    {"keyboardButtonUrl", "keyboardInlineButton", "inlineButtonTypeUrl"},
    {"keyboardButtonUrlAuth", "keyboardInlineButton", "inlineButtonTypeUrlAuth"},
    {"keyboardButtonUserProfile", "keyboardInlineButton", "inlineButtonTypeUserProfile"},
    {"keyboardButtonWebView", "keyboardInlineButton", "inlineButtonTypeWebView"},
    {"inputKeyboardButtonUrlAuth", "keyboardInlineButton", "inputInlineButtonTypeUrlAuth"},
    {"inputKeyboardButtonUserProfile", "keyboardInlineButton", "inputInlineButtonTypeUserProfile"},
    {"keyboardButtonRequestGeoLocation", "keyboardButton", "buttonTypeRequestGeoLocation"},
    {"keyboardButtonRequestPeer", "keyboardButton", "buttonTypeRequestPeer"},
    {"keyboardButtonRequestPhone", "keyboardButton", "buttonTypeRequestPhone"},
    {"keyboardButtonRequestPoll", "keyboardButton", "buttonTypeRequestPoll"},
    {"keyboardButtonSimpleWebView", "keyboardButton", "buttonTypeSimpleWebView"},
    {"inputKeyboardButtonRequestPeer", "keyboardButton", "inputButtonTypeRequestPeer"},
};

}  // namespace mtp::MTP_ABI::testing::transcoding
