// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The other device of a log-in by QR code: signs in by PHONE and CODE, and lets in who shows the
// code that says the argument.
#include <mtp/mtp.hpp>

#include <string>

namespace {

mtp::task<std::string> typed(mtp::sent_code const&) { co_return mtp::env("CODE"); }

mtp::task<> let_in(mtp::client& client, std::string address) {
  auto const phone = mtp::env("PHONE");
  co_await client.sign_in(phone, typed);
  co_await client.account().accept_login(address);
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) return 2;
  std::string const address = arguments[1];
  return mtp::run(mtp::config_from_env("telephone.session"),
                  [address](mtp::client& client) { return let_in(client, address); });
}
