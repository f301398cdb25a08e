// SPDX-License-Identifier: MIT OR Apache-2.0
// The least program that needs the component `sqlite`: writes a database of Telethon and reads it.
#include <mtp/sqlite/foreign_databases.hpp>

int main() {
  std::filesystem::path const file = "consumer.session";
  std::filesystem::remove(file);
  mtp::portable_session session;
  session.home_dc = 2;
  session.dcs[2].auth_key = mtp::bytes(256, 7);
  auto const written = mtp::write_telethon_database(file, session);
  if (!written) return 1;
  auto const read = mtp::read_telethon_database(file);
  return read && read->dcs.at(2).auth_key == session.dcs.at(2).auth_key ? 0 : 1;
}
