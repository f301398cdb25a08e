// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/clock.hpp>
#include <mtp/core/packet_buffer.hpp>
#include <mtp/mtproto/encrypted_message.hpp>
#include <mtp/mtproto/key_context.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <variant>
#include <vector>

namespace mtp::MTP_ABI::mtproto {

/// Names a request within its session; never 0.
enum class request_handle : std::uint64_t {};

/// Which requests go first. Of what waits, interactive requests go before normal ones and those
/// before bulk. While normal requests wait, a quarter of each packet is theirs; while bulk waits,
/// it gets one packet in five: nothing waits without end, and an urgent request for one packet at
/// most.
enum class lane : std::uint8_t {
  interactive,  ///< somebody waits for the answer
  normal,
  bulk,  ///< parts of files: long, and each alone in its packet
};

/// Options of one request.
struct request_options {
  bool compressible = true;  ///< send it compressed when that helps; not for parts of files
  bool repeatable = false;   ///< executing it twice does no harm
  lane priority = lane::normal;
  /// The request that it depends on: it is written after that one, and again when that one is
  /// written under another message id.
  std::optional<request_handle> after = {};
};

/// Where a request is about to be written.
struct message_place {
  std::int64_t id = 0;       ///< of its message
  std::int64_t session = 0;  ///< the session id
  /// The message id under which the request named by `after` was written last; 0 without one, and
  /// when that one ended before it was written.
  std::int64_t predecessor = 0;
};

/// Makes the TL object of a request, a multiple of 4 bytes, for the place where it is to be
/// written; it is called again whenever the request is written under another message id.
using body_builder = std::function<bytes(message_place const&)>;

/// Limits and habits of a session.
struct client_session_options {
  std::size_t max_inflated = std::size_t{1} << 25;  ///< of one message
  /// Of one packet, all its messages together: so much memory it can take, and once more the size
  /// of one message while that is read. What goes beyond is left, and comes again.
  std::size_t max_inflated_packet = std::size_t{1} << 27;
  std::size_t max_packet = std::size_t{1} << 24;  ///< larger ones are refused
  std::size_t compress_from = 512;                ///< shorter bodies are sent as they are
  std::chrono::seconds ack_delay{30};             ///< acknowledgements wait for company that long
  std::size_t ack_at_once = 100;                  ///< that many do not wait
  std::chrono::seconds ping_interval{60};         ///< between two pings
  std::chrono::seconds disconnect_delay{75};      ///< the server closes that long after a ping
  /// The same beyond that while long requests are sent: nothing else goes until one has gone.
  std::chrono::seconds long_packet_delay{300};
  std::chrono::seconds quiet_timeout{5};    ///< without a packet while calls are under way: a ping
  std::chrono::seconds pong_timeout{15};    ///< silence after a ping that we bear
  std::chrono::seconds answer_timeout{30};  ///< then the server is asked what became of it
  std::chrono::seconds state_timeout{10};   ///< for the answer to that request
  bool hide_lengths = true;  ///< packets have one of few sizes; off, padding is the least
};

/// What a packet brought about. Bodies are parts of the packet, or were inflated.
namespace session_events {

/// The result of a request; ends it.
struct answer {
  request_handle request = {};
  slice body = {};  ///< the object, inflated
};
/// The server refused a request with `rpc_error`; ends it.
struct refusal {
  request_handle request = {};
  std::int32_t code = 0;
  std::string text = {};  ///< chosen by the server, unchecked
};
/// Ends a request that has no usable answer: its message was rejected again and again
/// (request_rejected), its answer cannot be read or inflated (malformed, inflated_too_large), or
/// nobody can know whether the server executed it (client_errc::outcome_unknown).
struct abandoned {
  request_handle request = {};
  std::error_code why = {};
};
/// An object that answers nothing: updates.
struct pushed_object {
  slice body = {};
};
/// The server began the session anew: updates may have been lost. With zeros: the session goes on,
/// but updates could not be read, or came so late that they could not be told from repeated ones.
struct session_created {
  std::int64_t first_message_id = 0;
  std::int64_t unique_id = 0;
};
/// Salts or the time offset changed: client_session::state() is worth saving.
struct state_changed {};

}  // namespace session_events

using session_event = std::variant<session_events::answer, session_events::refusal,
                                   session_events::abandoned, session_events::pushed_object,
                                   session_events::session_created, session_events::state_changed>;

/// The client's side of an MTProto session: ids, salts, containers, acknowledgements, pings,
/// resends. Performs no I/O and reads no clock.
///
/// A driver calls on_connected(), then next_packet() whenever the packet before it has been
/// written, until it is empty; it asks again after each submit() and cancel(), after on_packet()
/// when has_to_write() says so, and when next_deadline() comes. What a packet says is decided when
/// it is asked for, so a driver that asks early makes urgent requests wait. Each request ends with
/// exactly one of answer, refusal and abandoned, however often the connection is lost in between,
/// unless it was cancelled.
///
/// Threads: not thread-safe; belongs to the strand of the connection.
class MTP_API client_session {
 public:
  /// The session id is drawn from `random`.
  ///
  /// Lifetime: `random` must outlive the session.
  client_session(std::shared_ptr<key_context> key, random_source& random,
                 client_session_options options = {});
  client_session(client_session&&) noexcept;
  client_session& operator=(client_session&&) noexcept;
  ~client_session();

  /// Queues a request: the TL object as bytes, a multiple of 4.
  request_handle submit(bytes body, request_options options = {});
  request_handle submit(slice body, request_options options = {});
  /// Queues a request whose object depends on the place where it is written.
  request_handle submit(body_builder builder, request_options options = {});
  /// Ends a request without an event. The server is told when it was written already.
  void cancel(request_handle request);

  /// A transport is there. What was under way is resent, or the server is asked for it.
  void on_connected(moment now);
  /// The transport is gone. Requests stay and wait for the next.
  void on_disconnected();
  /// Takes a packet from the transport.
  ///
  /// An answer that cannot be read ends its request, and nothing else; an update that cannot be
  /// read counts as missed, by session_created with zeros. Errors (the driver closes the
  /// connection, nothing of the packet was used): plaintext_message, wrong_auth_key,
  /// bad_message_key, bad_message_length, bad_padding, wrong_session, bad_message_id,
  /// bad_container, malformed (less than a constructor id), frame_too_large.
  result<std::vector<session_event>, protocol_errc> on_packet(slice packet, moment now);

  /// The next packet to write; empty when there is nothing to say, or no connection. Ids, salt and
  /// the time that answers have begin here.
  std::optional<packet_buffer> next_packet(moment now);
  /// Gives a packet that has been written back: while many long ones are written, they share its
  /// memory.
  void recycle(packet_buffer written);
  /// Whether next_packet() may have something to say: not every packet that arrives is a reason to
  /// ask.
  bool has_to_write(moment now);
  /// What time brought about, without a packet: to be taken after next_packet().
  std::vector<session_event> take_events();
  /// So many bytes went over the connection since the last time, either way, maybe of a packet that
  /// is not whole yet: an answer that stands behind them is not late.
  void on_bytes(std::size_t count, moment now);
  /// When next_packet() or is_silent() may have something new without anything happening before.
  std::optional<steady_time> next_deadline() const;
  /// True when the server left a ping without an answer for too long: close the connection.
  bool is_silent(moment now);
  /// The network may have come back: the connection is tried at once by a ping.
  void on_network_restored(moment now);

  /// Whether a valid packet came on this connection.
  bool has_heard() const noexcept;
  /// Whether the server seems not to answer this session any more: the connection is silent, or
  /// nothing was heard on several in a row. The network may be to blame, so the owner finds out
  /// whether a fresh session on another connection is answered, and this one is not; only then it
  /// calls give_up().
  bool is_doubtful(moment now);
  /// Goes on under another session id. Requests that were not written yet go out there; what
  /// became of the others is asked for in the session before, where that is possible. Those that
  /// the server did not receive, and those that are repeatable, are written again; the others end
  /// as abandoned with client_errc::outcome_unknown.
  [[nodiscard]] std::vector<session_event> give_up(moment now);

  /// The key with its salts and its clock.
  std::shared_ptr<key_context> const& key() const noexcept;
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

}  // namespace mtp::MTP_ABI::mtproto
