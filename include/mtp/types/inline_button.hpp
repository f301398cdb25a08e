// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/tl/forward.hpp>
#include <mtp/types/button_style.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mtp::MTP_ABI {

/// Where an inline query may be continued.
enum class query_place : std::uint8_t { same_bot, people, bots, groups, supergroups, channels };

/// What a button that logs in at a web site asks for.
struct log_in_options {
  std::int64_t bot = 0;  ///< whose domain it is; 0: the bot that sends the button
  std::int64_t bot_access_hash = 0;
  bool write_access = false;      ///< may that bot write to whoever logs in
  std::string forward_text = {};  ///< the button's text where the message is forwarded
};

/// A button below a message.
///
/// Errors of all members: mtp::error with client_errc::bad_argument for an empty text, for callback
/// data beyond max_data bytes, and for text to copy of none or more than max_copied characters.
/// Threads: a value; distinct objects may be used on different threads.
class MTP_API inline_button {
 public:
  static constexpr std::size_t max_data = 64;
  static constexpr std::size_t max_copied = 256;

  /// Whatever the API has.
  inline_button(std::string text, tl::InlineButtonType does);

  /// Tells the bot `data`, see callback_data.
  static inline_button callback(std::string text, std::string_view data);
  /// The same, once whoever presses it has proved the password of their account.
  static inline_button callback_with_password(std::string text, std::string_view data);
  static inline_button url(std::string text, std::string_view address);
  /// Opens a page that is told who comes.
  static inline_button log_in(std::string text, std::string_view address,
                              log_in_options const& options = {});
  static inline_button web_app(std::string text, std::string_view address);
  /// Lets people choose a chat, and writes the bot's name and `query` there.
  static inline_button switch_inline(std::string text, std::string_view query,
                                     std::vector<query_place> const& places = {});
  /// Writes them in the same chat.
  static inline_button switch_inline_here(std::string text, std::string_view query);
  static inline_button copy(std::string text, std::string_view what);
  /// Shows somebody. The access hash is 0 for bots, which need none.
  static inline_button profile(std::string text, std::int64_t user, std::int64_t access_hash = 0);
  /// Starts the game of the message. The first button of its keyboard.
  static inline_button game(std::string text);
  /// Pays the invoice of the message. The first button of its keyboard.
  static inline_button pay(std::string text);
  /// Does nothing, and looks so.
  static inline_button disabled(std::string text);

  /// The same button with another look.
  inline_button with(button_style style) const;

  std::string const& text() const noexcept { return text_; }
  tl::InlineButtonType const& does() const noexcept { return does_; }
  button_style style() const noexcept { return style_; }
  bool operator==(inline_button const&) const = default;

 private:
  std::string text_;
  tl::InlineButtonType does_;
  button_style style_ = {};
};

}  // namespace mtp::MTP_ABI
