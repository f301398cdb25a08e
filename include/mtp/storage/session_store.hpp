// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/task.hpp>
#include <mtp/storage/session_state.hpp>

#include <memory>
#include <string>

namespace mtp::MTP_ABI {

class file_system;

/// Where a client keeps what must survive a restart. Derive from it to keep it elsewhere.
///
/// Threads: a client calls its store on its own strand, one call at a time.
class MTP_API session_store {
 public:
  virtual ~session_store() = default;

  /// Takes the lease on the stored session and returns what it holds; an empty state when nothing
  /// was stored yet.
  ///
  /// Cancellation: an implementation may end early; then nothing is held.
  /// Errors: mtp::error with client_errc::session_in_use when another process (or another client
  /// of this one) holds it, bad_session_file when what is stored cannot be read, storage when the
  /// place cannot be used at all.
  virtual task<session_state> open() = 0;

  /// Makes `change` durable as a whole. When it fails, the state before it is still stored.
  ///
  /// Cancellation: an implementation may end early; the change is stored as a whole or not at all.
  /// Errors: mtp::error with client_errc::storage.
  virtual task<> commit(session_change change) = 0;

  /// Gives the lease back. Does nothing when none is held.
  virtual void close() noexcept = 0;
};

/// A store that forgets everything with the process. It keeps its content over close() and open(),
/// so one client can follow another.
MTP_API std::shared_ptr<session_store> memory_session();

/// A store in one file at `path`, readable by its owner only, replaced as a whole at each commit:
/// after a crash at any step it holds the state before or after. A file `path` + ".lock" beside it
/// is the lease.
///
/// Nothing is touched before open(). A file that cannot be read is never written over.
MTP_API std::shared_ptr<session_store> file_session(std::string path);

/// The same over another file system. Lifetime: `files` outlives the store.
MTP_API std::shared_ptr<session_store> file_session(std::string path, file_system& files);

}  // namespace mtp::MTP_ABI
