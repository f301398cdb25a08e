// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "core/wire.hpp"

#include <mtp/core/error.hpp>
#include <mtp/core/result.hpp>
#include <mtp/tl/service.hpp>

#include <cassert>
#include <optional>
#include <string>
#include <variant>

// The service messages of MTProto: https://core.telegram.org/mtproto/service_messages
namespace mtp::MTP_ABI::mtproto {

/// Its own schema, as types.
namespace schema = ::mtp::tl::mtproto;

namespace service {

/// No list of ids is longer.
inline constexpr std::size_t max_ids = 8192;

template <class Object>
bool is(bytes_view object) noexcept {
  return wire::constructor_of(object) == Object::tl_id;
}

/// The object as bytes.
template <class Object>
bytes write(Object const& object) {
  auto out = tl::encode(object);
  assert(out && "none of these objects has a part that can be missing");
  return std::move(*out);
}

/// The object that `data` is; empty when it is another, cut short or followed by something.
template <class Object>
std::optional<Object> read(bytes_view data, tl::trailing rest = tl::trailing::refuse) {
  auto const got = tl::decode<Object>(data, {.rest = rest});
  if (!got) return std::nullopt;
  auto const& value = *got;
  return *value;
}

/// `rpc_result`, whose object may be of any type.
struct rpc_result {
  std::int64_t request = 0;
  slice object = {};  ///< inflated; empty when refused or failed
  bool refused = false;
  std::int32_t code = 0;
  std::string text = {};
  std::optional<protocol_errc> failed = {};  ///< why it cannot be read
};
bytes write_rpc_result(std::int64_t request, bytes_view object);

/// An answer that is not wrapped in rpc_result although a function asked for it.
struct bare_answer {
  std::uint32_t function = 0;                ///< that was asked
  std::optional<std::int64_t> session = {};  ///< of destroy_session
};
/// A message that cannot be read, other than a result.
struct unreadable {
  protocol_errc why = protocol_errc::malformed;
  bool may_be_update = false;
};
/// Nothing of the session's: an update.
struct other {};

/// What a server says to a session.
using server_message =
    std::variant<other, unreadable, rpc_result, schema::msgs_ack, schema::bad_msg_notification,
                 schema::bad_server_salt, schema::new_session_created, schema::pong,
                 schema::future_salts, schema::msgs_state_req, schema::msgs_state_info,
                 schema::msgs_all_info, schema::msg_detailed_info, schema::msg_new_detailed_info,
                 schema::msg_resend_req, bare_answer>;

/// What the body of a server's message says. Inflates the body, and a result in it, within
/// `budget`, which shrinks. A result that is not compressed is a part of the body.
///
/// Errors: malformed (shorter than a constructor id), bad_container (a compressed one). What cannot
/// be read otherwise is no error of the packet: `unreadable`, or a result that failed.
result<server_message, protocol_errc> read_server_message(slice& body, std::size_t& budget);

/// Whether it could not be read because it inflates beyond the budget, or is damaged.
bool is_too_large(server_message const& said);

/// Inflates `gzip_packed` within `budget`, which shrinks. What is inside is not compressed again.
///
/// Errors: malformed, inflated_too_large.
result<bytes, protocol_errc> inflate(bytes_view gzip_packed, std::size_t& budget);

/// `gzip_packed` of the object.
bytes deflate(bytes_view object);
/// The same, when that is at most 90 % of the object.
std::optional<bytes> useful_deflation(bytes_view object);
/// The same, else the object.
bytes deflate_if_useful(bytes object);

}  // namespace service
}  // namespace mtp::MTP_ABI::mtproto
