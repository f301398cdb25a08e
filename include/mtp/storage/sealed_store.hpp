// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/storage/record_store.hpp>
#include <mtp/storage/store_key.hpp>

#include <memory>

namespace mtp::MTP_ABI {

/// A store that encrypts what it keeps in another one: values by AES-256-GCM, each bound to its
/// space and id, so that none can be changed or put in the place of another; usernames and phone
/// numbers, which are ids, by HMAC-SHA-256. The numbers of peers and data centres, the names of
/// values and consumers, and how much there is, stay readable, and an older state of one record can
/// be put back by who can write the place: put no secret into a name.
///
/// All is under one random key, which is stored under the key or passphrase of the user: changing
/// that one writes one record.
///
/// A value may have 64 bytes less than elsewhere, and usernames and phone numbers are scanned as a
/// whole.
///
/// Errors, besides those of all stores: open() throws wrong_store_key when the key or passphrase is
/// another one, bad_session_file when the store holds records that are not encrypted. A record that
/// was changed is bad_session_file.
/// Threads: as record_store.
class MTP_API sealed_store : public record_store {
 public:
  /// From now on `next` opens the store, and what opened it until now does not. Copies of the place
  /// that were made before still open with that one.
  ///
  /// Cancellation and threads: as commit(). Errors: client_errc::bad_argument when `next` is
  /// neither 32 bytes nor a passphrase, or its cost is out of range; those of all members.
  virtual task<> change_key(store_key next) = 0;
};

/// Encrypts what is kept in `below`, which nobody else uses. An empty store is made one that `key`
/// opens. The key is held as long as the store.
MTP_API std::shared_ptr<sealed_store> sealed_records(std::shared_ptr<record_store> below,
                                                     store_key key);

/// The same; the key is asked for whenever the store is opened, and not held.
MTP_API std::shared_ptr<sealed_store> sealed_records(std::shared_ptr<record_store> below,
                                                     store_key_source ask);

}  // namespace mtp::MTP_ABI
