// SPDX-License-Identifier: MIT OR Apache-2.0
//
// A device that is signed in lets this program in: it shows a QR code, a new one whenever the last
// expires, and asks for the password of the account when there is one.
#include <mtp/mtp.hpp>
#include <mtp/qr/qr_code.hpp>

#include <iostream>
#include <optional>
#include <variant>

namespace login = mtp::login;

// [qr]
mtp::task<> sign_in_by_qr(mtp::client& client) {
  login::flow flow;
  flow.answer(login::by_qr{});
  auto const ask = mtp::prompt({.draw = mtp::qr_code});
  for (;;) {
    auto const step = co_await client.sign_in(flow);
    if (auto const* in = std::get_if<login::done>(&step)) {
      std::cout << "signed in as " << in->me.first_name() << "\n";
      co_return;
    }
    auto said = co_await ask(step);
    if (said) flow.answer(*std::move(said));
  }
}
// [/qr]

int main() { return mtp::run(mtp::config_from_env("qr.session"), sign_in_by_qr); }
