// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/result.hpp>
#include <mtp/core/task.hpp>
#include <mtp/sessions/portable_session.hpp>
#include <mtp/storage/session_state.hpp>

namespace mtp::MTP_ABI {

class record_store;
class session_store;

/// What a client goes on with. Names of hosts are left out, and so is what a session_state has no
/// place for: usernames, telephone numbers, the token of a log-out. `session.test` goes into
/// client_config::environment.
///
/// Errors: no_key; no_user when it is not known whose the session is, or whether that is a bot: ask
/// the server with a client of that key, `client.get_me()`, and set `session.self`.
MTP_API result<session_state> to_session_state(portable_session const& session);

/// As to_session_state(), but a session that does not say whose it is will do: a client of it can
/// ask the server, and takes nobody for signed in.
///
/// Errors: no_key.
MTP_API result<session_state> to_anonymous_state(portable_session const& session);

/// A state as other libraries can have it. Which servers it belongs to and the api_id are not in a
/// state: set `test` and `api_id` of the result.
MTP_API portable_session to_portable(session_state const& state);

/// Puts a state into a store that holds no account yet, and that nobody has open.
///
/// Lifetime: `store` outlives the operation.
/// Cancellation: terminal; the state is stored as a whole or not at all.
/// Errors: mtp::error with client_errc::bad_argument when the store is not empty; those of the
/// store.
MTP_API task<> fill_store(record_store& store, session_state state);
/// The same. Lifetime, Cancellation, Errors: as above.
MTP_API task<> fill_store(session_store& store, session_state state);

/// All that a client left in a store, the peers included.
///
/// Lifetime: `store` outlives the operation. Cancellation: terminal. Errors: mtp::error with
/// portable_errc::no_key when no client has left a key there, as in a file of a mistyped name;
/// those of the store.
MTP_API task<session_state> read_store(record_store& store);

}  // namespace mtp::MTP_ABI
