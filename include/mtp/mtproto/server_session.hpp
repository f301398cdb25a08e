// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/clock.hpp>
#include <mtp/mtproto/encrypted_message.hpp>
#include <mtp/mtproto/server_salts.hpp>

#include <memory>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

namespace mtp::MTP_ABI::mtproto {

/// Limits and habits of a server's session.
struct server_session_options {
  std::size_t max_inflated = std::size_t{1} << 25;  ///< of one packet, all its parts together
  std::size_t compress_from = 0;                    ///< answers from that size on; 0 never
  std::size_t remembered = 4096;                    ///< ids of client messages, to know them again
  std::chrono::milliseconds clock_skew = {};        ///< the server's clock minus the wall clock
  std::size_t max_unacknowledged = 65536;           ///< then the oldest is given up
  std::size_t max_unacknowledged_bytes = std::size_t{32} << 20;  ///< the same, of their bodies
  std::chrono::milliseconds ack_delay{100};  ///< acknowledgements wait for an answer
  bool always_container = false;             ///< even a single message
  bool strict_sequence = false;              ///< check seq_no against message ids (32, 33)
  bool announce_session = true;              ///< send new_session_created
};

/// What a test wants to go wrong; each is used up by the next packet or message it fits.
struct server_faults {
  std::optional<std::int32_t> reject_next = {};  ///< the next message gets this bad_msg code
  int rejections = 1;                            ///< how many messages get it
  bool reject_containers = false;                ///< the code names the container, not its parts
  int lose_packets = 0;                          ///< made and thrown away
  int duplicate_packets = 0;                     ///< written twice
  bool repeat_messages = false;  ///< all that is not acknowledged comes again, in other packets
  bool announce_again = false;   ///< the session is said to begin anew with the next packet
  bool flip_bit = false;         ///< in the cipher text
  bool even_id = false;          ///< a message id that no server gives
  bool wrong_session = false;
  std::optional<std::chrono::seconds> skew_id = {};  ///< added to the message id
  std::optional<std::int32_t> claim_length = {};     ///< instead of the true length
  std::optional<std::size_t> padding = {};           ///< so many bytes of it, maybe too few
};

/// What a message of the client asks of those above the session.
namespace server_events {

/// A request to execute. Seen once for each message id, however often it arrives.
struct incoming_call {
  std::int64_t message_id = 0;
  bytes body = {};  ///< unpacked
};
/// The client no longer wants the answer of a call that has none yet.
struct dropped {
  std::int64_t message_id = 0;
};
/// Another session of the same key is to be forgotten; end with finish_destroy_session().
struct destroy_session {
  std::int64_t message_id = 0;
  std::int64_t session = 0;
};
/// The key is to be forgotten; end with finish_destroy_key().
struct destroy_key {
  std::int64_t message_id = 0;
};

}  // namespace server_events

using server_event = std::variant<server_events::incoming_call, server_events::dropped,
                                  server_events::destroy_session, server_events::destroy_key>;

/// The server's side of one session of one key. Performs no I/O and reads no clock.
///
/// Who owns it opens packets with open_message() (the session id stands inside), finds or makes the
/// session and calls on_message(), answers the calls, and writes what next_packet() gives.
///
/// Threads: not thread-safe.
class MTP_API server_session {
 public:
  /// Lifetime: `salts` and `random` must outlive the session.
  server_session(crypto::auth_key key, std::int64_t session_id, server_salts& salts,
                 random_source& random, server_session_options options = {});
  server_session(server_session&&) noexcept;
  server_session& operator=(server_session&&) noexcept;
  ~server_session();

  /// Takes a message of this session. What is wrong with it is told to the client.
  ///
  /// Errors (close the connection): wrong_session, bad_container, inflated_too_large, malformed.
  result<std::vector<server_event>, protocol_errc> on_message(encrypted_message message,
                                                              moment now);

  /// Answers a call with a TL object.
  void answer(std::int64_t message_id, bytes_view object, moment now);
  /// Refuses a call.
  void refuse(std::int64_t message_id, std::int32_t code, std::string_view text, moment now);
  void finish_destroy_session(std::int64_t message_id, std::int64_t session, bool existed,
                              moment now);
  enum class key_end { destroyed, unknown, failed };
  void finish_destroy_key(std::int64_t message_id, key_end how, moment now);
  /// Sends an object that answers nothing: updates.
  void push(bytes_view object, moment now);

  /// A connection is there (the first, or another after a loss): what was not acknowledged is sent
  /// again.
  void on_connected(moment now);
  void on_disconnected();

  /// The next packet to write; empty when there is nothing to say, or no connection.
  std::optional<bytes> next_packet(moment now);
  /// When next_packet() or should_close() may have something new.
  std::optional<steady_time> next_deadline() const;
  /// True when the client did not repeat its ping_delay_disconnect in time.
  bool should_close(moment now) const;

  /// What goes wrong next; a test writes to it.
  server_faults& faults() noexcept;
  std::int64_t session_id() const noexcept;
  /// How many content messages wait for the client's acknowledgement. Beyond the limits those are
  /// given up that were written long ago, then the oldest pushes; an answer that was not written
  /// yet never, and whoever answers watches waiting_bytes().
  std::size_t unacknowledged() const noexcept;
  /// How many bytes next_packet() has to write: answers, pushes and service messages.
  std::size_t waiting_bytes() const noexcept;

 private:
  struct machine;
  std::unique_ptr<machine> machine_;
};

}  // namespace mtp::MTP_ABI::mtproto
