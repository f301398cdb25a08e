// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Any function of the API by its own name; the answer is read where it lies. Signs in as a person:
// PHONE is the number, CODE the code (else it is asked for), PEER whose messages are shown.
#include <mtp/mtp.hpp>
#include <mtp/tl/functions/messages.hpp>
#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/messages/Messages.hpp>

#include <cstdlib>
#include <iostream>
#include <stdexcept>

mtp::task<std::string> ask(mtp::sent_code const& sent) {
  char const* known = std::getenv("CODE");
  std::string code = known ? known : "";
  if (code.empty()) std::cout << "code (" << mtp::name_of(sent.delivery) << "): " << std::flush;
  if (code.empty() && !(std::cin >> code)) throw std::runtime_error("no code was given");
  co_return code;
}

void show(mtp::tl::list<mtp::tl::Message> const& messages) {
  for (auto const& one : messages) {
    auto* message = one.get_if<mtp::tl::message>();
    if (message) std::cout << message->id << ": " << message->message.view() << "\n";
  }
}

mtp::task<> history(mtp::client& client) {
  co_await client.sign_in(mtp::env("PHONE"), ask);
  auto peer = co_await client.input_peer(mtp::env("PEER"));

  // [call]
  mtp::tl::messages::getHistory request{.peer = peer, .limit = 100};
  auto page = co_await client.invoke(request);
  if (auto* all = page->get_if<mtp::tl::messages::messages>()) show(all->messages);
  if (auto* slice = page->get_if<mtp::tl::messages::messagesSlice>()) show(slice->messages);
  // [/call]
}

int main() { return mtp::run(mtp::config_from_env("user.session"), history); }
