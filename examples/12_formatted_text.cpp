// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Texts with links, quotes and code: made of pieces, or read from HTML, and split where they are
// too long.
#include <mtp/mtp.hpp>

#include <iostream>
#include <string>
#include <utility>

namespace text = mtp::text;

mtp::formatted_text recipe() {
  return text::bold("Lemonade") + "\n" +
         text::quote("4 lemons\n1 l of water\n" + text::italic("a little") + " sugar") + "\nSee " +
         text::link("the whole story", "https://example.org/lemonade") + ".";
}

/// What people write as HTML; they are told where it is wrong.
mtp::formatted_text from_html(std::string const& html) {
  try {
    return mtp::parse_html(html);
  } catch (mtp::markup_error const& e) {
    std::cout << "line " << e.line() << ", column " << e.column() << ": expected " << e.expected()
              << "\n";
    return html;
  }
}

mtp::task<> program(mtp::client& client) {
  co_await client.sign_in_bot(mtp::env("BOT_TOKEN"));
  auto const peer = mtp::env("PEER");
  auto const made = recipe();
  auto const sent = co_await client.send_message(peer, made);
  std::cout << mtp::to_html(sent.formatted()) << "\n" << mtp::to_markdown(sent.formatted()) << "\n";
  auto const wrong = from_html("<b>Water<b>");
  auto const right = from_html("<b>Water</b> &amp; <code>sugar</code>");
  co_await client.send_message(peer, wrong);
  co_await client.send_message(peer, right);
  mtp::formatted_text log;
  for (int i = 0; i < 1000; ++i) log += text::code("step " + std::to_string(i)) + " done\n";
  auto const parts = mtp::split(log);
  for (auto const& part : parts) co_await client.send_message(peer, part);
  std::cout << parts.size() << " messages\n";
}

int main() { return mtp::run(mtp::config_from_env("bot.session"), program); }
