// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Somebody signs in, whatever that takes: number, code, password, recovery, the name of a new
// account, a bot token or a QR code are asked for on the terminal. Then the logins of the account
// are shown. The next start finds the session, and asks nothing.
#include <mtp/mtp.hpp>

#include <chrono>
#include <iostream>

// [sign-in]
mtp::task<> sign_in(mtp::client& client) {
  mtp::user me = co_await client.sign_in(mtp::prompt());
  std::cout << "signed in as " << me.first_name() << "\n";
}
// [/sign-in]

void print_date(std::ostream& out, std::chrono::sys_seconds when) {
  std::chrono::year_month_day const day(std::chrono::floor<std::chrono::days>(when));
  out << int(day.year()) << "-" << unsigned(day.month()) << "-" << unsigned(day.day());
}

mtp::task<> show_logins(mtp::client& client) {
  co_await sign_in(client);
  auto const all = co_await client.account().sessions();
  for (auto const& one : all) {
    std::cout << (one.current ? "here" : one.device) << " since ";
    print_date(std::cout, one.made);
    std::cout << "\n";
  }
}

int main() { return mtp::run(mtp::config_from_env("user.session"), show_logins); }
