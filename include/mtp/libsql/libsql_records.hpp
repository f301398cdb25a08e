// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/clock.hpp>
#include <mtp/core/secret.hpp>
#include <mtp/storage/record_store.hpp>

#include <memory>
#include <string>

namespace mtp::MTP_ABI {

/// Where a database of libSQL is, and how libsql_records() speaks with its server.
struct libsql_options {
  /// Of a server: "libsql://host", which is "https://host", or "http://host:port", which is not
  /// encrypted. On this machine: "file:PATH", or ":memory:".
  std::string url = {};
  /// What the server knows this program by. It is sent to the server and shown nowhere.
  secret<std::string> token = {};
  /// A database of a server holds any number of accounts, each with a name; the empty one is a name
  /// too. A file holds one, without a name.
  std::string account = {};
  /// A file on this machine that holds a copy of the account, for reading.
  std::string replica = {};
  /// A file of certificates (PEM) that are trusted instead of those of the system.
  std::string authorities = {};
  /// How long one request may take before the operation fails with std::errc::timed_out.
  duration patience = std::chrono::seconds(30);
  /// How long the store stays with a holder of which nothing is heard, in seconds, at least two.
  duration lease = std::chrono::seconds(30);
};

/// A store in a database of libSQL, that of Turso or one's own, reached by its protocol over HTTP
/// (Hrana 2), for an account that several machines may use, one at a time. The tables mtp_store,
/// mtp_accounts and mtp_records are made when they are not there.
///
/// A database on this machine is one of SQLite: "file:PATH" is sqlite_records(PATH), ":memory:"
/// memory_records(), and everything but the url must be as it was made then.
///
/// The lease is a time in the row of the account, by the clock of the server, which a thread of
/// each open store moves on. Who follows a dead process of the same machine gets it at once, else
/// when `lease` is over. Each commit is a transaction that looks at the number of the lease and of
/// the commit before, so one whose answer was lost is sent once more, and stored once. What is
/// coalesced is stored like all else.
///
/// With `replica` reads come from that file, an ordinary database of SQLite. A commit goes to the
/// server first, and then to the file. Nobody else writes while the lease is held, so nothing that
/// is read is old: what others wrote before is fetched by open(), all of it when there was
/// anything. When nothing was heard of the server for longer than `lease`, reading asks it first.
/// What somebody wrote to the file itself is thrown away. When the file fails, reads go to the
/// server until the next open().
///
/// An operation during which the connection breaks fails with client_errc::storage and the reason
/// std::errc::connection_reset or timed_out; of a commit it is not known then whether it was
/// stored, and it may be tried again: what comes next first makes sure that it does not come later.
/// A server that is busy with somebody else's transaction is waited for within `patience`, then it
/// is std::errc::device_or_resource_busy. A wrong token is std::errc::permission_denied, an answer
/// that cannot be read std::errc::bad_message, one too large std::errc::message_size. Once somebody
/// else took the lease all operations end with client_errc::lease_lost.
///
/// Redirections are not followed, and proxies that the environment names are not used. In the
/// middle of a transaction a server may name another address of its own (base_url), which gets the
/// token too, never an unencrypted one for an encrypted one. No answer takes more than some tens of
/// megabytes of memory, whatever is in it.
///
/// Nothing is touched before open(). Texts of errors name host, port and account, never a token.
/// libcurl and the reader of JSON keep what they read in memory of their own, which is not wiped.
///
/// Errors: throws error with client_errc::bad_argument when the url or the token cannot be used,
/// when `account` is longer than 255 bytes or contains a zero, and when something is said that a
/// database on this machine does not have.
MTP_API std::shared_ptr<record_store> libsql_records(libsql_options where);

}  // namespace mtp::MTP_ABI
