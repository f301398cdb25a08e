// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Somebody signs in, whatever that takes: number, code, password, recovery, the name of a new
// account, a bot token or a QR code are asked for on the terminal. Then the logins of the account
// are shown. The next start finds the session, and asks nothing.
#include <mtp/mtp.hpp>

#include <iostream>

// [sign-in]
mtp::task<> sign_in(mtp::client& client) {
  mtp::user me = co_await client.sign_in(mtp::prompt());
  std::cout << "signed in as " << me.first_name() << "\n";
}
// [/sign-in]

mtp::task<> show_logins(mtp::client& client) {
  co_await sign_in(client);
  auto const all = co_await client.account().sessions();
  for (auto const& one : all)
    std::cout << (one.current ? "here" : one.device) << " since "
              << one.made.time_since_epoch().count() << "\n";
}

int main() { return mtp::run(mtp::config_from_env("user.session"), show_logins); }
