// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Takes over an account from the session string of another library, SESSION_STRING, whichever
// library that is: into the session file, with which every later start goes on. The other program
// must not use that session any more.
#include <mtp/mtp.hpp>
#include <mtp/sessions/any_string.hpp>
#include <mtp/sessions/session_bridge.hpp>

#include <asio/co_spawn.hpp>
#include <asio/io_context.hpp>

#include <filesystem>
#include <iostream>
#include <stdexcept>

void put(mtp::session_state state, mtp::record_store& store) {
  asio::io_context loop;
  std::exception_ptr failed;
  asio::co_spawn(loop, mtp::fill_store(store, std::move(state)),
                 [&](std::exception_ptr e) { failed = e; });
  loop.run();
  if (failed) std::rethrow_exception(failed);
}

mtp::task<> learn_who(mtp::client& client, mtp::portable_session& session) {
  mtp::user const me = co_await client.get_me();
  session.self = mtp::portable_self{.id = me.id(), .bot = me.is_bot()};
  client.close();
}

/// A string of Telethon or GramJS does not say whose it is; the server does.
void ask_whose(mtp::portable_session& session, mtp::client_config config) {
  config.records = mtp::memory_records();
  put(mtp::to_anonymous_state(session).value(), *config.records);
  auto const learn = [&](mtp::client& client) { return learn_who(client, session); };
  if (mtp::run(std::move(config), learn) != 0)
    throw std::runtime_error("nobody says whose session it is");
}

// [import]
void import_into(mtp::record_store& store, mtp::client_config const& config) {
  auto found = mtp::read_any_string(mtp::env("SESSION_STRING"));
  if (!found) throw mtp::error(found.error(), "SESSION_STRING");
  std::cout << "a session of " << mtp::name_of(found->library) << "\n";
  if (!found->session.self || !found->session.self->bot) ask_whose(found->session, config);
  auto state = mtp::to_session_state(found->session);
  if (!state) throw mtp::error(state.error(), "SESSION_STRING");
  put(*std::move(state), store);
}
// [/import]

mtp::task<> say_who(mtp::client& client) {
  mtp::user const me = co_await client.get_me();
  std::cout << "signed in as " << me.first_name() << "\n";
  client.close();
}

int main() {
  try {
    mtp::client_config config = mtp::config_from_env("imported.session");
    config.records = mtp::file_records(config.session);
    if (!std::filesystem::exists(config.session)) import_into(*config.records, config);
    return mtp::run(std::move(config), say_who);
  } catch (std::exception const& e) {
    std::cerr << e.what() << "\n";
    return 1;
  }
}
