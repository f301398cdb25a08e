// SPDX-License-Identifier: MIT OR Apache-2.0
#include "bot.hpp"

mtp::task<> run_bot(mtp::client& client) {
  co_await client.sign_in_bot(mtp::env("BOT_TOKEN"));
  co_await client.each_update(answer);
}

int main() { return mtp::run(mtp::config_from_env("counting_bot.session"), run_bot); }
