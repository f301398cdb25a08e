// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Sends a file to somebody, and fetches it back, with a bar for each on a terminal.
#include <mtp/mtp.hpp>

#include <iostream>
#include <string>

mtp::task<> send_and_fetch(mtp::client& client) {
  co_await client.sign_in_bot(mtp::env("BOT_TOKEN"));
  std::string const path = mtp::env("FILE");
  mtp::progress_bar up("up");
  auto const file = co_await client.upload(path, {.on_progress = up});
  auto const sent = co_await client.send_file(mtp::env("PEER"), file, "Look!");
  mtp::progress_bar down("down");
  auto const size = co_await client.download(sent, path + ".back", {.on_progress = down});
  std::cout << file.name << " (" << file.mime_type << "), " << size << " bytes there and back\n";
}

int main() { return mtp::run(mtp::config_from_env("bot.session"), send_and_fetch); }
