// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/tl/forward.hpp>
#include <mtp/types/button_style.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mtp::MTP_ABI {

/// What a bot is told of those that somebody chooses.
struct chosen_peers_options {
  std::int32_t max = 1;  ///< so many may be chosen
  bool name = false;
  bool username = false;
  bool photo = false;
};

/// Which people may be chosen.
struct people_wish {
  std::optional<bool> bot = {};
  std::optional<bool> premium = {};
};

/// Which groups, or channels, may be chosen.
struct chat_wish {
  bool own = false;         ///< those that whoever chooses has made
  bool bot_member = false;  ///< groups in which the bot is
  std::optional<bool> has_username = {};
  std::optional<bool> forum = {};  ///< of groups
};

/// A key that stands in place of somebody's keyboard. Pressed, it writes its text, unless it does
/// something else.
///
/// Errors of all members: mtp::error with client_errc::bad_argument for an empty text.
/// Threads: a value; distinct objects may be used on different threads.
class MTP_API reply_key {
 public:
  /// Writes its text.
  reply_key(std::string text);
  reply_key(char const* text) : reply_key(std::string(text)) {}
  /// Whatever the API has.
  reply_key(std::string text, tl::ButtonType does);

  /// Sends the number of whoever presses it, if they agree; the others are alike.
  static reply_key phone(std::string text);
  static reply_key location(std::string text);
  /// Makes a poll, or only a quiz, or only none.
  static reply_key poll(std::string text, std::optional<bool> quiz = {});
  static reply_key web_app(std::string text, std::string_view address);
  /// Lets people be chosen; `number` comes back with them.
  static reply_key people(std::string text, std::int32_t number, people_wish wish = {},
                          chosen_peers_options told = {});
  static reply_key group(std::string text, std::int32_t number, chat_wish wish = {},
                         chosen_peers_options told = {});
  static reply_key channel(std::string text, std::int32_t number, chat_wish wish = {},
                           chosen_peers_options told = {});
  /// Lets somebody make a bot that this one manages.
  static reply_key managed_bot(std::string text, std::int32_t number, std::string_view name = {},
                               std::string_view username = {});
  /// Whatever peers the API can ask for.
  static reply_key peers(std::string text, std::int32_t number, tl::RequestPeerType wish,
                         chosen_peers_options told = {});

  /// The same key with another look.
  reply_key with(button_style style) const;

  std::string const& text() const noexcept { return text_; }
  tl::ButtonType const& does() const noexcept { return does_; }
  button_style style() const noexcept { return style_; }
  bool operator==(reply_key const&) const = default;

 private:
  std::string text_;
  tl::ButtonType does_;
  button_style style_ = {};
};

}  // namespace mtp::MTP_ABI
