// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/clock.hpp>
#include <mtp/mtproto/encrypted_message.hpp>
#include <mtp/mtproto/salts.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <variant>
#include <vector>

namespace mtp::mtproto {

/// Names a request within its session; never 0.
enum class request_handle : std::uint64_t {};

/// Options of one request.
struct request_options {
  bool compressible = true;  ///< send it compressed when that helps; not for parts of files
};

/// What a session knows that the next process should know too.
struct client_session_state {
  std::vector<server_salt> salts = {};
  std::chrono::milliseconds time_offset = {};  ///< the server's clock minus ours
  bool operator==(client_session_state const&) const = default;
};

/// Limits and habits of a session.
struct client_session_options {
  std::size_t max_inflated = std::size_t{1} << 25;  ///< of one packet, all its parts together
  std::size_t max_packet = std::size_t{1} << 24;    ///< larger ones are refused
  std::size_t compress_from = 512;                  ///< shorter bodies are sent as they are
  std::chrono::seconds ack_delay{30};               ///< acknowledgements wait for company that long
  std::size_t ack_at_once = 100;                    ///< that many do not wait
  std::chrono::seconds ping_interval{60};           ///< between two pings
  std::chrono::seconds disconnect_delay{75};        ///< the server closes that long after a ping
  std::chrono::seconds pong_patience{15};           ///< silence after a ping that we bear
  std::chrono::seconds answer_patience{30};         ///< then the server is asked what became of it
  std::chrono::seconds state_patience{10};          ///< for the answer to that question
  bool random_padding = true;                       ///< hides lengths; off, padding is the least
};

/// What a packet brought about. Bodies are owned and unpacked.
namespace event {

/// The result of a request; ends it.
struct answer {
  request_handle request = {};
  bytes body = {};  ///< the object, inflated
};
/// The server refused a request with `rpc_error`; ends it.
struct refusal {
  request_handle request = {};
  std::int32_t code = 0;
  std::string text = {};  ///< from a stranger
};
/// The message of a request was rejected again and again (request_rejected); ends it.
struct abandoned {
  request_handle request = {};
  std::error_code why = {};
};
/// An object that answers nothing: updates.
struct update {
  bytes body = {};
};
/// The server began the session anew: updates may have been lost. With zeros: the session goes on,
/// but updates came so late that they could not be told from repeated ones.
struct session_created {
  std::int64_t first_message_id = 0;
  std::int64_t unique_id = 0;
};
/// Salts or the time offset changed: client_session::state() is worth saving.
struct state_changed {};

}  // namespace event

using session_event = std::variant<event::answer, event::refusal, event::abandoned, event::update,
                                   event::session_created, event::state_changed>;

/// The client's side of an MTProto session: ids, salts, containers, acknowledgements, pings,
/// resends. Performs no I/O and reads no clock.
///
/// A driver calls on_connected(), then next_packet() until it is empty, and writes what it gets; it
/// does so again after each submit(), cancel() and on_packet(), and when next_deadline() comes.
/// Each request ends with exactly one of answer, refusal and abandoned, however often the
/// connection is lost in between, unless it was cancelled.
///
/// Threads: not thread-safe; belongs to the strand of the connection.
class client_session {
 public:
  /// The session id is drawn from `random`.
  ///
  /// Lifetime: `random` must outlive the session.
  client_session(crypto::auth_key key, random_source& random, client_session_state state = {},
                 client_session_options options = {});
  client_session(client_session&&) noexcept;
  client_session& operator=(client_session&&) noexcept;
  ~client_session();

  /// Queues a request: the TL object as bytes, a multiple of 4.
  request_handle submit(bytes body, request_options options = {});
  /// Ends a request without an event. The server is told when it was written already.
  void cancel(request_handle request);

  /// A transport is there. What was under way is resent, or the server is asked for it.
  void on_connected(moment now);
  /// The transport is gone. Requests stay and wait for the next.
  void on_disconnected();
  /// Takes a packet from the transport.
  ///
  /// Errors (the driver closes the connection, nothing of the packet was used): plaintext_message,
  /// wrong_auth_key, bad_message_key, bad_message_length, bad_padding, wrong_session,
  /// bad_message_id, bad_container, inflated_too_large, malformed, frame_too_large.
  result<std::vector<session_event>, protocol_errc> on_packet(bytes packet, moment now);

  /// The next packet to write; empty when there is nothing to say, or no connection.
  std::optional<bytes> next_packet(moment now);
  /// When next_packet() or is_silent() may have something new without anything happening before.
  std::optional<steady_time> next_deadline() const;
  /// True when the server left a ping without an answer for too long: close the connection. When
  /// that happens to the next connection too, the session is given up.
  bool is_silent(moment now);

  /// What to keep for the next process.
  client_session_state state(moment now) const;
  /// The server's time in seconds since 1970.
  std::int64_t server_time(moment now) const;
  std::int64_t session_id() const noexcept;
  /// How many requests have not ended.
  std::size_t pending() const noexcept;
  /// Under which message id a request was sent last; empty while it waits.
  std::optional<std::int64_t> message_id_of(request_handle request) const;

 private:
  struct machine;
  std::unique_ptr<machine> machine_;
};

}  // namespace mtp::mtproto
