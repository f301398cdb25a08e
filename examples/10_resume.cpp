// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Sends a large file to somebody and fetches it back. Stop it at any time, or kill it, and start it
// again: it goes on where it was.
#include <mtp/mtp.hpp>
#include <mtp/tl/types/Document.hpp>
#include <mtp/types/file_ids.hpp>

#include <fstream>
#include <iostream>
#include <string>
#include <utility>

/// Says how far it is, and what comes of it.
template <class Handle>
auto watch(Handle transfer, std::string label) -> decltype(transfer.result()) {
  bool is_new = true;
  while (auto const now = co_await transfer.next_progress()) {
    if (std::exchange(is_new, false) || now->state != mtp::transfer_state::running)
      std::cout << label << ": at " << now->done << " bytes" << std::endl;
  }
  auto out = co_await transfer.result();
  co_return out;
}

/// What the servers call the file, as text that may be kept.
mtp::task<std::string> send(mtp::client& client, std::string path) {
  auto upload = watch(client.start_upload(path), "up");
  auto const file = co_await std::move(upload);
  auto const sent = co_await client.send_file(mtp::env("PEER"), file, "Look!");
  co_return mtp::to_text(mtp::file_id_of(*sent.document()));
}

mtp::task<> send_and_fetch(mtp::client& client) {
  co_await client.sign_in_bot(mtp::env("BOT_TOKEN"));
  std::string const path = mtp::env("FILE");
  std::string id;
  std::getline(std::ifstream(path + ".id"), id);
  if (id.empty()) {
    id = co_await send(client, path);
    std::ofstream(path + ".id") << id << '\n';
  }
  mtp::remote_file const file(mtp::parse_file_id(id));
  mtp::file_sink const back(path + ".back");
  auto download = watch(client.start_download(file, back), "down");
  auto const size = co_await std::move(download);
  std::cout << size << " bytes there and back\n";
}

int main() { return mtp::run(mtp::config_from_env("bot.session"), send_and_fetch); }
