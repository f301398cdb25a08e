// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/types/web_login.hpp>

#include <mtp/tl/types/InlineButtonType.hpp>
#include <mtp/tl/types/KeyboardInlineButton.hpp>
#include <mtp/tl/types/KeyboardInlineButtonRow.hpp>
#include <mtp/tl/types/ReplyMarkup.hpp>
#include <mtp/types/message.hpp>

namespace mtp::MTP_ABI {

std::vector<login_button> login_buttons(message const& of) {
  std::vector<login_button> out;
  auto const* keyboard = of.keyboard().get_if<tl::replyInlineMarkup>();
  if (!keyboard) return out;
  for (auto const& row : keyboard->rows) {
    for (auto const& one : row.buttons) {
      auto const* asks = one.type.get_if<tl::inlineButtonTypeUrlAuth>();
      if (!asks) continue;
      login_button found{.chat = of.chat(), .message = of.id(), .button = asks->button_id};
      found.text = one.text.str();
      found.url = asks->url.str();
      out.push_back(std::move(found));
    }
  }
  return out;
}

}  // namespace mtp::MTP_ABI
