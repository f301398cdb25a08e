// SPDX-License-Identifier: MIT OR Apache-2.0
#include "handler_table.hpp"

namespace mtp::MTP_ABI::testing {
namespace {

outcome<> only_bots(call_context const& c) {
  if (!c.self().is_bot()) return refuse(400, "USER_BOT_REQUIRED");
  return {};
}

constexpr std::size_t max_commands = 100;

outcome<bool> set_commands(call_context& c, tl::bots::setBotCommands const& q) {
  auto fine = only_bots(c);
  if (!fine) return failure{fine.error()};
  if (q.commands.size() > max_commands) return refuse(400, "BOT_COMMANDS_TOO_MUCH");
  c.self().commands = encode_object(q.commands);
  return true;
}

outcome<tl::list<tl::BotCommand>> get_commands(call_context& c, tl::bots::getBotCommands const&) {
  auto fine = only_bots(c);
  if (!fine) return failure{fine.error()};
  if (c.self().commands.empty()) return tl::list<tl::BotCommand>{};
  return decode_stored_list<tl::BotCommand>(c.self().commands);
}

outcome<bool> reset_commands(call_context& c, tl::bots::resetBotCommands const&) {
  auto fine = only_bots(c);
  if (!fine) return failure{fine.error()};
  c.self().commands.clear();
  return true;
}

outcome<tl::bots::BotInfo> get_info(call_context& c, tl::bots::getBotInfo const&) {
  auto fine = only_bots(c);
  if (!fine) return failure{fine.error()};
  return tl::bots::BotInfo{.name = tl::string(c.self().first_name),
                           .about = tl::string(c.self().about),
                           .description = tl::string(c.self().about)};
}

}  // namespace

void add_bot_handlers(handler_table& table) {
  table.on<tl::bots::setBotCommands>(set_commands);
  table.on<tl::bots::getBotCommands>(get_commands);
  table.on<tl::bots::resetBotCommands>(reset_commands);
  table.on<tl::bots::getBotInfo>(get_info);
}

}  // namespace mtp::MTP_ABI::testing
