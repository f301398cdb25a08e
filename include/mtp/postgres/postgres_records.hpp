// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/clock.hpp>
#include <mtp/postgres/postgres_store.hpp>

#include <memory>
#include <string>

namespace mtp::MTP_ABI {

/// How postgres_records() speaks with its server.
struct postgres_options {
  /// How long the server may stay silent before the operation fails with std::errc::timed_out.
  duration patience = std::chrono::seconds(30);
  /// The same while it is connected to, when that is less than `patience`.
  duration connect_patience = std::chrono::seconds(10);
  /// How long the machine of the other side may have vanished before the kernels of both end the
  /// connection, and with it the lease: keepalives after two fifths of it, then every fifth. What
  /// the connection string says of these counts instead on this side.
  duration vanished = std::chrono::seconds(25);
};

/// A store in a database of PostgreSQL, 11 or newer, for an account that several machines may use,
/// one at a time. `connection` is a connection string or URI of libpq. Any number of accounts may
/// share a database, each with a store and a connection of its own. The tables mtp_store,
/// mtp_accounts and mtp_records are made when they are not there.
///
/// The lease is a lock of the server that lasts as long as the connection: who follows a dead
/// process gets it at once, who follows a machine that vanished after `vanished`. So nothing
/// that exchanges connections between transactions may stand in between. What is coalesced is
/// committed without waiting for the disk of the server.
///
/// An operation during which the connection breaks fails with client_errc::storage and the reason
/// std::errc::connection_reset or timed_out; of a commit it is not known then whether it was
/// stored, and it may be tried again. The next operation connects anew and makes sure that nobody
/// else held the store meanwhile, else it ends, as all later ones do, with client_errc::lease_lost.
///
/// Nothing is touched before open(). Texts of errors name host, port, database and account, never a
/// password. libpq keeps what it reads in memory of its own, which is not wiped.
///
/// Errors: throws error with client_errc::bad_argument when the connection string cannot be read,
/// or when `account` is empty, longer than 255 bytes or contains a zero.
MTP_API std::shared_ptr<postgres_store> postgres_records(std::string connection,
                                                         std::string account,
                                                         postgres_options how = {});

}  // namespace mtp::MTP_ABI
