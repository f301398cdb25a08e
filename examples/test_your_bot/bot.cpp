// SPDX-License-Identifier: MIT OR Apache-2.0
#include "bot.hpp"

#include <string>

mtp::task<> answer(mtp::update update) {
  auto const message = update.get_if<mtp::new_message>();
  if (!message || message->outgoing() || message->text().empty()) co_return;
  std::string reply = std::to_string(message->text().size()) + " bytes";
  if (message->text() == "/help") reply = "I count bytes.";
  co_await message->reply(reply);
}
