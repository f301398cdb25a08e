// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/error.hpp>
#include <mtp/core/result.hpp>
#include <mtp/mtproto/salts.hpp>

#include <string>
#include <variant>

#include "mtproto/wire.hpp"

// The service messages of MTProto (https://core.telegram.org/mtproto/service_messages): the ids are
// those of its schema.
namespace mtp::mtproto::service {

enum class id : std::uint32_t {
  rpc_result = 0xf35c6d01,
  rpc_error = 0x2144ca19,
  rpc_answer_unknown = 0x5e2ad36e,
  rpc_answer_dropped_running = 0xcd78e586,
  rpc_answer_dropped = 0xa43ad8b7,
  future_salts = 0xae500895,
  pong = 0x347773c5,
  destroy_session_ok = 0xe22045fc,
  destroy_session_none = 0x62d350c9,
  new_session_created = 0x9ec20908,
  msg_container = 0x73f1f8dc,
  gzip_packed = 0x3072cfa1,
  msgs_ack = 0x62d6b459,
  bad_msg_notification = 0xa7eff811,
  bad_server_salt = 0xedab447b,
  msg_resend_req = 0x7d861a08,
  msgs_state_req = 0xda69fb52,
  msgs_state_info = 0x04deb57d,
  msgs_all_info = 0x8cc0d131,
  msg_detailed_info = 0x276d3ec6,
  msg_new_detailed_info = 0x809db6df,
  destroy_auth_key_ok = 0xf660e1d4,
  destroy_auth_key_none = 0x0a9f2259,
  destroy_auth_key_fail = 0xea109b13,
  rpc_drop_answer = 0x58e4a740,
  get_future_salts = 0xb921bd04,
  ping = 0x7abe77ec,
  ping_delay_disconnect = 0xf3427b8c,
  destroy_session = 0xe7512126,
  http_wait = 0x9299359f,
  destroy_auth_key = 0xd1435160,
};

inline id id_of(bytes_view object) noexcept {
  return static_cast<id>(wire::constructor_of(object));
}
inline wire::writer start(id what) {
  wire::writer out;
  out.number(static_cast<std::uint32_t>(what));
  return out;
}

// What a server says to a session.
struct rpc_result {
  std::int64_t request = 0;
  bytes object = {};  ///< inflated; empty when refused
  bool refused = false;
  std::int32_t code = 0;
  std::string text = {};
};
struct ack {
  std::vector<std::int64_t> ids = {};
};
struct bad_message {
  std::int64_t id = 0;
  std::int32_t sequence = 0;
  std::int32_t code = 0;
  std::optional<std::int64_t> new_salt = {};
};
struct new_session {
  std::int64_t first_message = 0;
  std::int64_t unique = 0;
  std::int64_t salt = 0;
};
struct pong {
  std::int64_t message = 0;
  std::int64_t ping = 0;
};
struct future_salts {
  std::int64_t request = 0;
  std::int32_t now = 0;
  std::vector<server_salt> salts = {};
};
struct state_request {
  std::vector<std::int64_t> ids = {};
};
struct state_info {
  std::int64_t request = 0;
  bytes info = {};
};
struct all_info {
  std::vector<std::int64_t> ids = {};
  bytes info = {};
};
struct detailed_info {
  std::optional<std::int64_t> message = {};
  std::int64_t answer = 0;
};
struct resend_request {
  std::vector<std::int64_t> ids = {};
};
/// An answer that is not wrapped in rpc_result although a function asked for it.
struct bare_answer {
  id what = {};
  std::int64_t session = 0;  ///< of destroy_session
};
/// Nothing of the session's: an update.
struct other {};

using server_message =
    std::variant<other, rpc_result, ack, bad_message, new_session, pong, future_salts,
                 state_request, state_info, all_info, detailed_info, resend_request, bare_answer>;

/// What the body of a server's message says. Inflates a compressed result within `budget`, which
/// shrinks. Takes the body over when it is an uncompressed result.
///
/// Errors: malformed, inflated_too_large.
result<server_message, protocol_errc> read_server_message(bytes& body, std::size_t& budget);

/// Inflates `gzip_packed` within `budget`, which shrinks. What is inside is not compressed again.
///
/// Errors: malformed, inflated_too_large.
result<bytes, protocol_errc> inflate(bytes_view gzip_packed, std::size_t& budget);

/// gzip_packed of the object when that is at most 90 % of it, else the object.
bytes deflate_if_useful(bytes object);

}  // namespace mtp::mtproto::service
