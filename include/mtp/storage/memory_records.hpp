// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/secret.hpp>
#include <mtp/storage/record_store.hpp>

#include <memory>
#include <string>

namespace mtp::MTP_ABI {

/// A store that forgets everything with the process. It keeps its content over close() and open(),
/// so one client can follow another.
MTP_API std::shared_ptr<record_store> memory_records();

/// A store in memory that begins with what `text` holds, which records_to_text() wrote. Errors:
/// throws store_error with client_errc::bad_session_file when it is not such a text or was cut,
/// newer_store when a newer version of this library wrote it.
MTP_API std::shared_ptr<record_store> memory_records(secret<std::string> const& text);

/// How much of a store a text holds.
enum class text_form {
  compact,  ///< who is signed in, and the keys: enough to go on elsewhere, in some hundred
            ///< characters
  full,     ///< everything
};

/// What an open store holds, as letters, digits, '-' and '_'. Whoever has the text has the account.
///
/// Lifetime: `store` outlives it. Cancellation: between two pages. Errors: those of the store;
/// client_errc::bad_argument when there is more than 64 MiB.
MTP_API task<secret<std::string>> records_to_text(record_store& store,
                                                  text_form form = text_form::full);

}  // namespace mtp::MTP_ABI
