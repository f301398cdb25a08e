// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

namespace mtp::MTP_ABI {

/// What this side detects by itself; category `mtp.client`.
enum class client_errc {
  closed = 1,        ///< the client was closed, or gave up for good
  not_signed_in,     ///< the call needs somebody signed in
  bad_config,        ///< the configuration cannot work; the text says which part
  bad_session_file,  ///< the session file is damaged or was not written by this library
  session_in_use,    ///< another process holds the session file
  storage,           ///< the session could not be saved
  encode,     ///< a value cannot be written: a required part is empty, or half of a pair is missing
  decode,     ///< an answer could not be read
  timed_out,  ///< the deadline passed
  cancelled,  ///< the caller cancelled the operation
  unknown_peer,      ///< nothing is known of that peer yet
  sent_but_unknown,  ///< the message was sent, but the server does not say which one it is
  outcome_unknown,   ///< the call was written, and nobody knows whether the server executed it
  bad_argument,      ///< an argument is out of range; the text names it
  lease_lost,        ///< another process took the store over; this one must stop
  newer_store,       ///< the store was written by a newer version of this library
  wrong_store_key,   ///< the key or passphrase does not open the encrypted store
  key_duplicated,    ///< the server saw somebody else use the session's key: that key is dead
};

/// The server broke the protocol, or answered with a transport error; category `mtp.protocol`.
enum class protocol_errc {
  bad_frame = 1,       ///< the framing of the transport is broken
  frame_too_large,     ///< a frame beyond the limit
  unknown_key,         ///< transport error 404: the server does not know our key
  transport_flood,     ///< transport error 429
  wrong_dc,            ///< transport error 444: not the data centre we named
  transport_refused,   ///< another transport error
  bad_nonce,           ///< a nonce did not come back as it was sent (checks H1 and H2)
  bad_answer_length,   ///< an encrypted part of the key exchange has an impossible length (H3, H5)
  bad_answer_hash,     ///< a hash inside the key exchange does not fit (H4, H10)
  no_known_rsa_key,    ///< the server offers none of the RSA keys we trust (H6)
  bad_dh_prime,        ///< the prime is not a 2048-bit safe prime (H7)
  bad_dh_generator,    ///< the generator does not fit the prime (H8)
  bad_dh_value,        ///< a public value outside the safe range (H9)
  bad_pq,              ///< pq is no product of two different primes (H11)
  handshake_failed,    ///< the server refused the key exchange
  bad_message_key,     ///< the message key does not fit the message (M1)
  wrong_auth_key,      ///< a message under a key that is not ours (M2)
  bad_message_length,  ///< the length inside a message is impossible (M3)
  bad_padding,         ///< less than 12 or more than 1024 bytes of padding (M4)
  wrong_session,       ///< a message of another session (M5)
  bad_message_id,      ///< an id that no server gives (M6), or far outside our time (M8)
  duplicate_message,   ///< a message that was here before (M7)
  bad_container,       ///< a container that is broken, nested or too large (M9)
  inflated_too_large,  ///< compressed data beyond the limit, or not compressed data (M13)
  plaintext_message,   ///< an unencrypted message after the key exchange (M14)
  malformed,           ///< a service message that cannot be read
  http_refused,        ///< a connection that began as HTTP, which is not served
  tls_refused,         ///< a connection that began as TLS, which is not served
  unknown_transport,   ///< a connection that began as no transport that is known
  request_rejected,    ///< the server rejected the message of a request again and again
};

MTP_API std::error_category const& client_category() noexcept;
MTP_API std::error_category const& protocol_category() noexcept;
/// Refusals by the server; the value is the code of `rpc_error` (303, 400, 401, 420, 500, ...).
MTP_API std::error_category const& rpc_category() noexcept;

MTP_API std::error_code make_error_code(client_errc e) noexcept;
MTP_API std::error_code make_error_code(protocol_errc e) noexcept;

/// Every exception that this library throws from an awaited operation derives from this. A
/// cancelled one ends as all of Asio does: with std::system_error, asio::error::operation_aborted.
/// Threads: immutable; a copy may go to another thread.
class MTP_API error : public std::system_error {
 public:
  using std::system_error::system_error;
};

/// The client was closed while the operation ran, or before.
/// Threads: immutable; a copy may go to another thread.
class MTP_API client_closed : public error {
 public:
  client_closed();
};

/// A message was sent, and nothing says which one it is: its answer was lost and it was not found
/// afterwards. Sending it again would make a second one.
/// Threads: immutable; a copy may go to another thread.
class MTP_API sent_but_unknown : public error {
 public:
  explicit sent_but_unknown(std::string_view method);
};

/// The connection was lost after a call had been written, its answer did not come, and the server
/// no longer says whether it executed the call. Calls that may be executed twice without harm are
/// repeated instead, and never end like this. Find out what is the case before you repeat it.
/// Threads: immutable; a copy may go to another thread.
class MTP_API outcome_unknown : public error {
 public:
  /// `method`: the TL name of the request.
  explicit outcome_unknown(std::string const& method);
};

/// What the server said when it refused a request.
struct rpc_failure {
  int code = 0;                         ///< 303, 400, 401, 420, 500, ...
  std::string name = {};                ///< "FLOOD_WAIT", the number removed
  std::optional<long long> value = {};  ///< 31 in "FLOOD_WAIT_31"
  std::string_view method = {};         ///< static storage: the TL name of the request
};

/// Takes the number out of an error text: "FLOOD_WAIT_31" is "FLOOD_WAIT" and 31,
/// "FILE_PART_7_MISSING" is "FILE_PART_MISSING" and 7. Text beyond 256 characters is cut: it is
/// whatever the peer chose to send.
MTP_API rpc_failure parse_rpc_error(int code, std::string_view text, std::string_view method);

/// The server refused a request.
/// Threads: immutable; a copy may go to another thread.
class MTP_API rpc_error : public error {
 public:
  explicit rpc_error(rpc_failure f);
  rpc_failure const& failure() const noexcept { return failure_; }
  int rpc_code() const noexcept { return failure_.code; }
  std::string const& name() const noexcept { return failure_.name; }

 private:
  rpc_failure failure_;
};

/// Too many requests: wait `retry_after()` and repeat.
/// Threads: immutable; a copy may go to another thread.
class MTP_API flood_wait : public rpc_error {
 public:
  using rpc_error::rpc_error;
  /// Zero when the server does not say.
  std::chrono::seconds retry_after() const noexcept;
};

/// Nobody is signed in with this key, or the session was ended elsewhere (code 401).
/// Threads: immutable; a copy may go to another thread.
class MTP_API auth_required : public rpc_error {
 public:
  using rpc_error::rpc_error;
};

/// The account has a password as a second step.
/// Threads: immutable; a copy may go to another thread.
class MTP_API password_needed : public rpc_error {
 public:
  using rpc_error::rpc_error;
};

/// Throws the exception type that fits the failure.
[[noreturn]] MTP_API void throw_rpc_error(rpc_failure f);

}  // namespace mtp::MTP_ABI

template <>
struct std::is_error_code_enum<mtp::client_errc> : std::true_type {};
template <>
struct std::is_error_code_enum<mtp::protocol_errc> : std::true_type {};
