// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/storage/record_store.hpp>

#include <memory>
#include <string>

namespace mtp::MTP_ABI {

class file_system;

/// A store in one file at `path`, readable by its owner only. A commit is one write at its end, at
/// a cost that does not grow with what is stored; a crash or a power cut at any step leaves whole
/// commits, all that were durable among them. What is no longer needed is left out when the file is
/// written anew, in small steps beside further commits. A million peers take a few megabytes of
/// memory.
///
/// A file `path` + ".lock" beside it is the lease: held until the process dies, and naming the
/// holder. Who finds the lock or the file removed or replaced stops writing, with
/// client_errc::lease_lost.
///
/// Nothing is touched before open(). A file that is damaged or of a newer version is never written
/// over.
MTP_API std::shared_ptr<record_store> file_records(std::string path);

/// The same over another file system. Lifetime: `files` outlives the store.
MTP_API std::shared_ptr<record_store> file_records(std::string path, file_system& files);

}  // namespace mtp::MTP_ABI
