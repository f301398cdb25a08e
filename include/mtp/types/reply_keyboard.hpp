// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/tl/forward.hpp>
#include <mtp/types/reply_key.hpp>

#include <concepts>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace mtp::MTP_ABI {

/// How a keyboard of keys behaves.
struct reply_keyboard_options {
  bool resize = true;       ///< only as high as its keys need
  bool once = false;        ///< goes when a key was pressed
  bool persistent = false;  ///< stands there when nobody writes
  bool selective = false;   ///< for those whom the message names or answers
  bool ask_for_reply = false;
  std::string placeholder = {};  ///< stands where people write; at most 64 characters

  bool operator==(reply_keyboard_options const&) const = default;
};

/// Keys in place of somebody's keyboard, in rows.
///
/// Errors of all members: mtp::error with client_errc::bad_argument, whose text says which limit
/// was passed and where: max_width keys in a row, max_keys in all, max_placeholder characters.
/// Threads: a value; distinct objects may be used on different threads.
class MTP_API reply_keyboard {
 public:
  static constexpr std::size_t max_width = 12;
  static constexpr std::size_t max_keys = 300;
  static constexpr std::size_t max_placeholder = 64;

  explicit reply_keyboard(reply_keyboard_options options = {});
  /// The keyboard that a message brings; nothing when it brings none, or another kind.
  static std::optional<reply_keyboard> of(tl::ReplyMarkup const& markup);

  /// Adds a row of keys; a text is a key that writes it.
  template <class... Keys>
    requires(sizeof...(Keys) > 0 && (std::convertible_to<Keys, reply_key> && ...))
  reply_keyboard& row(Keys&&... keys) {
    return row(std::vector<reply_key>{reply_key(std::forward<Keys>(keys))...});
  }
  reply_keyboard& row(std::vector<reply_key> keys);
  /// Adds to the last row, or begins the first one.
  reply_keyboard& add(reply_key key);

  std::vector<std::vector<reply_key>> const& rows() const noexcept { return rows_; }
  reply_keyboard_options const& options() const noexcept { return options_; }
  tl::ReplyMarkup markup() const;
  bool operator==(reply_keyboard const&) const = default;

 private:
  std::vector<std::vector<reply_key>> rows_;
  reply_keyboard_options options_;
};

/// Shows people that an answer to the message is expected.
struct MTP_API force_reply {
  bool once = false;
  bool selective = false;
  std::string placeholder = {};  ///< at most 64 characters

  /// Errors: mtp::error with client_errc::bad_argument for a longer placeholder.
  tl::ReplyMarkup markup() const;
};

/// Gives people their own keyboard back.
struct MTP_API hide_keyboard {
  bool selective = false;

  tl::ReplyMarkup markup() const;
};

}  // namespace mtp::MTP_ABI
