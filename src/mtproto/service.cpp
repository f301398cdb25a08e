// SPDX-License-Identifier: MIT OR Apache-2.0
#include "mtproto/service.hpp"

#include <mtp/mtproto/gzip.hpp>

namespace mtp::MTP_ABI::mtproto::service {
namespace {

/// The number of the request stands before the object, behind the id of rpc_result.
constexpr std::size_t result_header = 12;

bool shrinks(std::size_t packed, std::size_t whole) { return packed <= whole / 10 * 9; }

/// What may stand behind the error is left: the request would only be refused again.
void read_refusal(rpc_result& out) {
  auto const refusal = read<schema::rpc_error>(out.object, tl::trailing::allow);
  out.object = {};
  if (!refusal) {
    out.failed = protocol_errc::malformed;
    return;
  }
  out.refused = true;
  out.code = refusal->error_code;
  out.text = std::string_view(refusal->error_message);
}

/// An answer that cannot be read is still the answer to its request.
server_message read_rpc_result(slice const& body, std::size_t& budget) {
  if (body.size() < result_header) return unreadable{};
  rpc_result out{.request = load_le<std::int64_t>(body.data() + 4)};
  auto const object = bytes_view(body).subspan(result_header);
  if (object.size() < 4) {
    out.failed = protocol_errc::malformed;
  } else if (is<schema::gzip_packed>(object)) {
    auto inflated = inflate(object, budget);
    if (!inflated) out.failed = inflated.error();
    if (inflated) out.object = std::move(*inflated);
  } else {
    out.object = body.part(object);
  }
  if (is<schema::rpc_error>(out.object)) read_refusal(out);
  return out;
}

template <class Object>
server_message plain(bytes_view body) {
  auto object = read<Object>(body);
  if (!object) return unreadable{};
  if constexpr (requires { object->msg_ids; }) {
    if (object->msg_ids.size() > max_ids) return unreadable{};
  }
  return server_message(std::move(*object));
}

template <class Object>
server_message end_of_session(bytes_view body) {
  auto const object = read<Object>(body);
  if (!object) return unreadable{};
  return server_message(bare_answer{schema::destroy_session::tl_id, object->session_id});
}

/// What a message says that is not compressed.
server_message read_plain(slice const& body, std::size_t& budget) {
  switch (wire::constructor_of(body)) {
    case schema::rpc_result::tl_id: return read_rpc_result(body, budget);
    case schema::msgs_ack::tl_id: return plain<schema::msgs_ack>(body);
    case schema::bad_msg_notification::tl_id: return plain<schema::bad_msg_notification>(body);
    case schema::bad_server_salt::tl_id: return plain<schema::bad_server_salt>(body);
    case schema::new_session_created::tl_id: return plain<schema::new_session_created>(body);
    case schema::pong::tl_id: return plain<schema::pong>(body);
    case schema::future_salts::tl_id: return plain<schema::future_salts>(body);
    case schema::msgs_state_req::tl_id: return plain<schema::msgs_state_req>(body);
    case schema::msgs_state_info::tl_id: return plain<schema::msgs_state_info>(body);
    case schema::msgs_all_info::tl_id: return plain<schema::msgs_all_info>(body);
    case schema::msg_detailed_info::tl_id: return plain<schema::msg_detailed_info>(body);
    case schema::msg_new_detailed_info::tl_id: return plain<schema::msg_new_detailed_info>(body);
    case schema::msg_resend_req::tl_id: return plain<schema::msg_resend_req>(body);
    case schema::destroy_session_ok::tl_id: return end_of_session<schema::destroy_session_ok>(body);
    case schema::destroy_session_none::tl_id:
      return end_of_session<schema::destroy_session_none>(body);
    case schema::destroy_auth_key_ok::tl_id:
    case schema::destroy_auth_key_none::tl_id:
    case schema::destroy_auth_key_fail::tl_id:
      return bare_answer{schema::destroy_auth_key::tl_id, {}};
    default: return other{};
  }
}

}  // namespace

result<server_message, protocol_errc> read_server_message(slice& body, std::size_t& budget) {
  if (body.size() < 4) return failure{protocol_errc::malformed};
  if (is<schema::gzip_packed>(body)) {
    auto inflated = inflate(body, budget);
    if (!inflated) return server_message(unreadable{inflated.error(), true});
    if (is<schema::msg_container>(*inflated)) return failure{protocol_errc::bad_container};
    body = std::move(*inflated);
  }
  return read_plain(body, budget);
}

bool is_too_large(server_message const& said) {
  constexpr auto too_large = protocol_errc::inflated_too_large;
  auto const* const result = std::get_if<rpc_result>(&said);
  auto const* const lost = std::get_if<unreadable>(&said);
  return (result && result->failed == too_large) || (lost && lost->why == too_large);
}

bytes write_rpc_result(std::int64_t request, bytes_view object) {
  return wire::writer().number(schema::rpc_result::tl_id).number(request).raw(object).take();
}

result<bytes, protocol_errc> inflate(bytes_view gzip_packed, std::size_t& budget) {
  wire::reader in(gzip_packed.subspan(4));
  auto const packed = in.text();
  if (!in.ok()) return failure{protocol_errc::malformed};
  auto out = gunzip(packed, budget);
  if (!out) return out;
  budget -= out->size();
  if (out->size() < 4 || out->size() % 4 != 0 || is<schema::gzip_packed>(*out))
    return failure{protocol_errc::malformed};
  return out;
}

bytes deflate(bytes_view object) {
  return wire::writer().number(schema::gzip_packed::tl_id).text(gzip(object)).take();
}

/// A part of the middle says whether the whole is worth it: pictures and films are not.
std::optional<bytes> useful_deflation(bytes_view object) {
  constexpr std::size_t probe = 1024;
  if (object.size() >= 4 * probe) {
    auto const middle = object.subspan(object.size() / 2 - probe / 2, probe);
    if (!shrinks(gzip(middle).size(), probe)) return std::nullopt;
  }
  auto packed = deflate(object);
  if (!shrinks(packed.size(), object.size())) return std::nullopt;
  return packed;
}

bytes deflate_if_useful(bytes object) {
  auto packed = useful_deflation(object);
  return packed ? *std::move(packed) : std::move(object);
}

}  // namespace mtp::MTP_ABI::mtproto::service
