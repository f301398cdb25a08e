// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/tl/forward.hpp>
#include <mtp/types/inline_button.hpp>

#include <concepts>
#include <optional>
#include <utility>
#include <vector>

namespace mtp::MTP_ABI {

/// Buttons below a message, in rows.
///
/// Errors of all members: mtp::error with client_errc::bad_argument, whose text says which limit
/// was passed and where: max_width buttons in a row, max_buttons in all, and buttons to pay or play
/// anywhere but in front.
/// Threads: a value; distinct objects may be used on different threads.
class MTP_API inline_keyboard {
 public:
  static constexpr std::size_t max_width = 8;
  static constexpr std::size_t max_buttons = 100;

  inline_keyboard() = default;
  /// The keyboard of a message; nothing when it has none, or another kind.
  static std::optional<inline_keyboard> of(tl::ReplyMarkup const& markup);

  /// Adds a row.
  template <std::same_as<inline_button>... Buttons>
  inline_keyboard& row(Buttons... buttons) {
    return row(std::vector<inline_button>{std::move(buttons)...});
  }
  inline_keyboard& row(std::vector<inline_button> buttons);
  /// Adds to the last row, or begins the first one.
  inline_keyboard& add(inline_button button);
  /// Adds rows of that width, the last one with what is left.
  inline_keyboard& rows_of(std::size_t width, std::vector<inline_button> const& buttons);
  /// People who see it are asked to answer the message.
  inline_keyboard& ask_for_reply(bool asks = true);

  std::vector<std::vector<inline_button>> const& rows() const noexcept { return rows_; }
  bool empty() const noexcept { return rows_.empty(); }
  tl::ReplyMarkup markup() const;
  bool operator==(inline_keyboard const&) const = default;

 private:
  std::vector<std::vector<inline_button>> rows_;
  bool asks_for_reply_ = false;
};

}  // namespace mtp::MTP_ABI
