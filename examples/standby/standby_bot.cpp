// SPDX-License-Identifier: MIT OR Apache-2.0
//
// A bot that survives its machine: started on two of them, it works on one, and on the other waits
// until that one is gone. What it must not forget is in a database of libSQL, that of Turso or
// one's own, encrypted by a passphrase that the database does not know.
#include <mtp/libsql/libsql_records.hpp>
#include <mtp/mtp.hpp>
#include <mtp/storage/sealed_store.hpp>

#include <iostream>

mtp::task<> answer(mtp::update update) {
  auto const message = update.get_if<mtp::new_message>();
  if (!message || message->outgoing() || message->text().empty()) co_return;
  co_await message->reply(message->text());
}

mtp::task<> echo(mtp::client& client) {
  co_await client.sign_in_bot(mtp::env("BOT_TOKEN"));
  std::cerr << "it is my turn\n";
  co_await client.each_update(answer);
}

// [place]
mtp::client_config shared_account() {
  mtp::libsql_options where;
  where.url = mtp::env("LIBSQL_URL");  // libsql://echo-me.turso.io
  where.token = mtp::env("LIBSQL_AUTH_TOKEN");
  where.account = "echo bot";
  mtp::store_key key;
  key.passphrase = mtp::env("STORE_PASSPHRASE");

  auto config = mtp::config_from_env({});
  config.records = mtp::sealed_records(mtp::libsql_records(where), key);
  config.lease_grace = std::chrono::hours(24 * 365);  // for the turn of the other one to end
  return config;
}
// [/place]

int main() {
  try {
    return mtp::run(shared_account(), echo);
  } catch (mtp::error const& e) {  // a variable that is missing, a url that is none
    std::cerr << e.what() << "\n";
    return 1;
  }
}
