// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Reads a session in one format and shows it, or writes it in another: for tests with the libraries
// that these formats belong to.
//
//   mtp-session-converter FROM SOURCE             prints what was read, as JSON with its key
//   mtp-session-converter FROM SOURCE TO [TARGET] prints a string, or writes a file
//
// USER_ID, IS_BOT and API_ID in the environment say what the source does not; PASSCODE is that of
// tdata.
#include <mtp/core/error.hpp>
#include <mtp/sessions/any_string.hpp>
#include <mtp/sessions/ferogram.hpp>
#include <mtp/sessions/gramjs.hpp>
#include <mtp/sessions/grammers.hpp>
#include <mtp/sessions/mtcute.hpp>
#include <mtp/sessions/mtkruto.hpp>
#include <mtp/sessions/pyrogram.hpp>
#include <mtp/sessions/session_bridge.hpp>
#include <mtp/sessions/tdata.hpp>
#include <mtp/sessions/telethon.hpp>
#include <mtp/sqlite/foreign_databases.hpp>
#include <mtp/storage/file_records.hpp>
#include <mtp/storage/file_system.hpp>

#include <asio/co_spawn.hpp>
#include <asio/io_context.hpp>

#include <cstdlib>
#include <functional>
#include <iostream>
#include <stdexcept>

namespace {

using mtp::portable_session;

std::string variable(char const* name) {
  char const* const value = std::getenv(name);
  return value ? value : "";
}

template <class T>
T value_of(mtp::result<T> outcome) {
  if (!outcome) throw mtp::error(outcome.error(), "session");
  return *std::move(outcome);
}

void run(mtp::task<> work) {
  asio::io_context loop;
  std::exception_ptr failed;
  asio::co_spawn(loop, std::move(work), [&](std::exception_ptr e) { failed = e; });
  loop.run();
  if (failed) std::rethrow_exception(failed);
}

mtp::task<> read(mtp::record_store& store, portable_session& out) {
  auto const state = co_await mtp::read_store(store);
  out = mtp::to_portable(state);
}

/// The session file of this library.
portable_session read_own(std::string const& path) {
  auto const store = mtp::file_records(path);
  portable_session out;
  run(read(*store, out));
  return out;
}

mtp::bytes content_of(std::string const& path) {
  auto content = value_of(mtp::local_files().read(path, std::size_t{1} << 24));
  if (!content) throw std::runtime_error("there is no such file");
  return *std::move(content);
}

portable_session read_tdata_folder(std::string const& path) {
  auto const passcode = variable("PASSCODE");
  auto const all = value_of(mtp::load_tdata(path, mtp::local_files(), passcode));
  auto const which = variable("ACCOUNT");
  return all.accounts.at(which.empty() ? all.active : std::stoul(which));
}

using reader = std::function<portable_session(std::string const&)>;

std::map<std::string, reader> const readers = {
    {"string", [](auto const& text) { return value_of(mtp::read_any_string(text)).session; }},
    {"telethon-db", [](auto const& path) { return value_of(mtp::read_telethon_database(path)); }},
    {"pyrogram-db", [](auto const& path) { return value_of(mtp::read_pyrogram_database(path)); }},
    {"mtcute-db", [](auto const& path) { return value_of(mtp::read_mtcute_database(path)); }},
    {"grammers-db", [](auto const& path) { return value_of(mtp::read_grammers_database(path)); }},
    {"ferogram", [](auto const& path) { return value_of(mtp::read_ferogram(content_of(path))); }},
    {"grammers", [](auto const& path) { return value_of(mtp::read_grammers(content_of(path))); }},
    {"tdata", read_tdata_folder},
    {"mtp", read_own},
};

using string_writer = std::function<mtp::result<mtp::secret<std::string>>(portable_session const&)>;

std::map<std::string, string_writer> const string_writers = {
    {"telethon", mtp::write_telethon_string},
    {"gramjs", mtp::write_gramjs_string},
    {"mtcute", mtp::write_mtcute_string},
    {"ferogram", mtp::write_ferogram_string},
    {"pyrogram", [](auto const& s) { return mtp::write_pyrogram_string(s); }},
    {"pyrogram-64",
     [](auto const& s) { return mtp::write_pyrogram_string(s, mtp::pyrogram_format::old_64); }},
    {"mtkruto", [](auto const& s) { return mtp::write_mtkruto_string(s); }},
    {"mtkruto-old",
     [](auto const& s) { return mtp::write_mtkruto_string(s, mtp::mtkruto_format::old); }},
};

mtp::result<void> write_tdata_folder(std::string const& path, portable_session session) {
  session.self->bot = false;
  mtp::tdata all;
  all.accounts = {session, std::move(session)};
  all.accounts[1].self->id += 1;
  return mtp::save_tdata(path, mtp::local_files(), all, mtp::system_random(), variable("PASSCODE"));
}

template <class Write>
auto into_file(Write write) {
  return [write](std::string const& path, portable_session const& session) -> mtp::result<void> {
    auto const content = write(session);
    if (!content) return mtp::failure{content.error()};
    auto const made = mtp::local_files().create(path);
    if (!made) return mtp::failure{made.error()};
    return (*made)->write(0, content->reveal());
  };
}

using file_writer =
    std::function<mtp::result<void>(std::string const& path, portable_session const&)>;

std::map<std::string, file_writer> const file_writers = {
    {"telethon-db", mtp::write_telethon_database},
    {"mtcute-db", mtp::write_mtcute_database},
    {"grammers-db", mtp::write_grammers_database},
    {"kurigram-db",
     [](auto const& path, auto const& s) { return mtp::write_pyrogram_database(path, s); }},
    {"pyrogram-db",
     [](auto const& path, auto const& s) {
       return mtp::write_pyrogram_database(path, s, mtp::pyrogram_schema::pyrogram);
     }},
    {"ferogram", into_file(mtp::write_ferogram)},
    {"grammers", into_file(mtp::write_grammers)},
    {"tdata", write_tdata_folder},
};

void add_what_is_known(portable_session& session) {
  if (auto const user = variable("USER_ID"); !user.empty())
    session.self = mtp::portable_self{.id = std::stoll(user), .bot = variable("IS_BOT") == "1"};
  if (auto const api_id = variable("API_ID"); !api_id.empty()) session.api_id = std::stoi(api_id);
}

std::string hex(mtp::bytes_view data) {
  constexpr char digits[] = "0123456789abcdef";
  std::string out;
  for (std::uint8_t byte : data) (out += digits[byte >> 4]) += digits[byte & 15];
  return out;
}

void show_peers(portable_session const& session) {
  char const* between = "";
  for (auto const& peer : session.peers) {
    std::cout << between << "{\"kind\":" << static_cast<int>(peer.id.kind)
              << ",\"id\":" << peer.id.id << ",\"hash\":\"" << peer.access_hash
              << "\",\"usernames\":[";
    for (std::size_t i = 0; i < peer.usernames.size(); ++i)
      std::cout << (i ? ",\"" : "\"") << peer.usernames[i] << '"';
    std::cout << "],\"phone\":\"" << peer.phone.reveal() << "\"}";
    between = ",";
  }
}

void show(portable_session const& session) {
  auto const& home = session.dcs.at(session.home_dc);
  auto const self = session.self.value_or(mtp::portable_self{});
  auto const address = home.addresses.empty() ? mtp::portable_address{} : home.addresses.front();
  std::cout << "{\"dc\":" << session.home_dc << ",\"test\":" << session.test
            << ",\"user\":" << self.id
            << ",\"bot\":" << (self.bot ? (*self.bot ? "true" : "false") : "null")
            << ",\"api_id\":" << session.api_id << ",\"host\":\"" << address.host
            << "\",\"port\":" << address.port << ",\"key\":\"" << hex(home.auth_key.reveal())
            << "\",\"pts\":" << (session.updates ? session.updates->pts : 0)
            << ",\"keys\":" << session.dcs.size() << ",\"peers\":[";
  show_peers(session);
  std::cout << "]}\n";
}

void convert(std::vector<std::string> const& words) {
  auto session = readers.at(words.at(0))(words.at(1));
  add_what_is_known(session);
  if (words.size() == 2) {
    show(session);
  } else if (words.size() == 3) {
    std::cout << value_of(string_writers.at(words[2])(session)).reveal() << "\n";
  } else {
    auto const done = file_writers.at(words[2])(words.at(3), session);
    if (!done) throw mtp::error(done.error(), "session");
  }
}

}  // namespace

int main(int count, char** words) {
  try {
    convert({words + 1, words + count});
  } catch (std::exception const& e) {
    std::cerr << e.what() << "\n";
    return 1;
  }
}
