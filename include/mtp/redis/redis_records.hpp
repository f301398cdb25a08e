// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/clock.hpp>
#include <mtp/core/secret.hpp>
#include <mtp/storage/record_store.hpp>

#include <memory>
#include <string>

namespace mtp::MTP_ABI {

/// Where a server of Redis is, and how redis_records() speaks with it.
struct redis_options {
  std::string host = "localhost";
  int port = 6379;
  std::string path = {};  ///< of a socket on this machine, instead of host and port
  std::string user = {};  ///< empty: the one that the server calls "default"
  secret<std::string> password = {};
  int database = 0;
  /// How long the server may stay silent before the operation fails with std::errc::timed_out.
  duration patience = std::chrono::seconds(30);
  /// The same while it is connected to, when that is less than `patience`.
  duration connect_patience = std::chrono::seconds(10);
  /// How long the machine of the server may have vanished before the kernel ends the connection:
  /// keepalives after two fifths of it, then every fifth.
  duration vanished = std::chrono::seconds(25);
};

/// A store in a server of Redis, for an account that several machines may use, one at a time. All
/// keys of an account begin with "mtp:{account}:". Each store has two connections, which are not
/// encrypted: over a network that is not yours, put a tunnel in between.
///
/// The holder listens to a channel for as long as it lives, and the lease is free when nobody does:
/// at once after the death of a process; when a machine vanished, as soon as the server ends its
/// connections (its setting tcp-keepalive, 300 seconds unless it says otherwise). Each commit is a
/// transaction that looks at the number of the lease.
///
/// What reaches the disk, and when, is the server's business. For accounts it needs `appendonly
/// yes` and, if a power cut must lose nothing, `appendfsync always`; the two kinds of durability
/// are one to it. It must not remove keys to make room (`maxmemory-policy noeviction`).
///
/// An operation during which a connection breaks fails with client_errc::storage and the reason
/// std::errc::connection_reset or timed_out; of a commit it is not known then whether it was
/// stored, and it may be tried again. The next operation connects anew and makes sure that nobody
/// else held the store meanwhile, else it ends, as all later ones do, with client_errc::lease_lost.
///
/// Nothing is touched before open(). Texts of errors name host, port and account, never a password.
/// hiredis keeps what it reads in memory of its own, which is not wiped.
///
/// Errors: throws error with client_errc::bad_argument when `account` is empty, longer than 255
/// bytes or contains a zero.
MTP_API std::shared_ptr<record_store> redis_records(redis_options where, std::string account);

}  // namespace mtp::MTP_ABI
