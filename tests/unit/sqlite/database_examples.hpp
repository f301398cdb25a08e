// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "../sessions/examples.hpp"
#include "sqlite/database.hpp"
#include "support/catch.hpp"
#include "support/seeded_random.hpp"
#include "support/temporary_folder.hpp"

#include <mtp/sessions/portable_errc.hpp>
#include <mtp/sqlite/foreign_databases.hpp>

#include <fstream>
#include <iterator>

namespace mtp::test {

using read_database = result<portable_session> (*)(std::filesystem::path const&);

/// A session in which there is something of everything that databases keep.
inline portable_session rich_session() {
  auto out = owned_session();
  out.updates = update_state{.pts = 11, .qts = 12, .date = 1700000000, .seq = 14};
  out.channel_pts = {{1234567890, 15}};
  out.peers = {{.id = {peer_kind::channel, 1234567890},
                .access_hash = -78,
                .shape = peer_shape::supergroup,
                .usernames = {"place"},
                .seen = 1700000001},
               {.id = {peer_kind::chat, 5}, .seen = 1700000002},
               {.id = {peer_kind::user, 42},
                .access_hash = 0x123456789abcdef0,
                .shape = peer_shape::bot,
                .usernames = {"alice", "alice2"},
                .phone = std::string("9996621234"),
                .seen = 1700000003}};
  return out;
}

/// The peers without what a library does not keep of them.
template <class Change>
portable_session with_peers(portable_session session, Change change) {
  for (auto& peer : session.peers) change(peer);
  return session;
}

inline bytes content_of(std::filesystem::path const& file) {
  std::ifstream in(file, std::ios::binary);
  return bytes(std::istreambuf_iterator<char>(in), {});
}

inline void put_content(std::filesystem::path const& file, bytes_view content) {
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out.write(reinterpret_cast<char const*>(content.data()),
            static_cast<std::streamsize>(content.size()));
}

/// Makes a database by statements.
inline void make(std::filesystem::path const& file, std::string const& statements) {
  auto const made =
      sqlite::make_database(file, [&](sqlite::database& to) { return to.run(statements.c_str()); });
  REQUIRE(made);
}

inline std::string key_literal() {
  std::string out = "x'";
  constexpr char digits[] = "0123456789abcdef";
  for (std::uint8_t byte : counting_key()) (out += digits[byte >> 4]) += digits[byte & 15];
  return out + "'";
}

/// Reads the database cut and changed in many places: an error or a possible session.
inline void damage_database(std::filesystem::path const& file, read_database read) {
  auto const whole = content_of(file);
  auto const check = [&](bytes_view content) {
    put_content(file, content);
    auto const outcome = read(file);
    if (outcome) CHECK(is_sound(*outcome));
  };
  for (std::size_t size = 0; size < whole.size(); size += 509) check(bytes_view(whole).first(size));
  for (std::size_t at = 0; at < whole.size(); at += at < 200 ? 1 : 41) {
    bytes changed = whole;
    changed[at] ^= 0xff;
    INFO(at);
    check(changed);
  }
}

}  // namespace mtp::test
