// SPDX-License-Identifier: MIT OR Apache-2.0
#include "mtproto/service.hpp"

#include <mtp/mtproto/gzip.hpp>

namespace mtp::mtproto::service {
namespace {

using wire::reader;

bytes owned(bytes_view data) { return bytes(data.begin(), data.end()); }

/// The number of the request stands before the object, behind the id of rpc_result.
constexpr std::ptrdiff_t result_header = 12;

result<void, protocol_errc> read_refusal(rpc_result& out) {
  reader refusal(bytes_view(out.object).subspan(4));
  out.refused = true;
  out.code = refusal.number<std::int32_t>();
  out.text = as_text(refusal.string());
  out.object.clear();
  if (!refusal.ok()) return failure{protocol_errc::malformed};
  return {};
}

result<rpc_result, protocol_errc> read_rpc_result(bytes& body, std::size_t& budget) {
  if (body.size() < result_header + 4) return failure{protocol_errc::malformed};
  rpc_result out{.request = load_le<std::int64_t>(body.data() + 4)};
  auto const object = bytes_view(body).subspan(result_header);
  if (id_of(object) == id::gzip_packed) {
    auto inflated = inflate(object, budget);
    if (!inflated) return failure{inflated.error()};
    out.object = std::move(*inflated);
  } else {
    body.erase(body.begin(), body.begin() + result_header);
    out.object = std::move(body);
  }
  if (id_of(out.object) != id::rpc_error) return out;
  if (auto refusal = read_refusal(out); !refusal) return failure{refusal.error()};
  return out;
}

bad_message read_bad_message(reader& in, bool with_salt) {
  bad_message out{.id = in.number<std::int64_t>(),
                  .sequence = in.number<std::int32_t>(),
                  .code = in.number<std::int32_t>()};
  if (with_salt) out.new_salt = in.number<std::int64_t>();
  return out;
}

new_session read_new_session(reader& in) {
  return {.first_message = in.number<std::int64_t>(),
          .unique = in.number<std::int64_t>(),
          .salt = in.number<std::int64_t>()};
}

pong read_pong(reader& in) {
  return {.message = in.number<std::int64_t>(), .ping = in.number<std::int64_t>()};
}

/// The list is a bare vector of bare salts.
result<future_salts, protocol_errc> read_future_salts(reader& in) {
  future_salts out{.request = in.number<std::int64_t>(), .now = in.number<std::int32_t>()};
  auto const count = in.number<std::uint32_t>();
  if (!in.ok() || count > in.rest().size() / 16) return failure{protocol_errc::malformed};
  for (std::uint32_t i = 0; i < count; ++i) {
    auto const since = in.number<std::int32_t>();
    auto const until = in.number<std::int32_t>();
    out.salts.push_back({in.number<std::int64_t>(), since, until});
  }
  return out;
}

state_info read_state_info(reader& in) {
  return {.request = in.number<std::int64_t>(), .info = owned(in.string())};
}

all_info read_all_info(reader& in) { return {.ids = in.ids(), .info = owned(in.string())}; }

detailed_info read_detailed_info(reader& in, bool with_message) {
  detailed_info out;
  if (with_message) out.message = in.number<std::int64_t>();
  out.answer = in.number<std::int64_t>();
  in.take(8);  // size and status
  return out;
}

bare_answer read_bare_answer(reader& in, id what) {
  bool const of_session = what == id::destroy_session_ok || what == id::destroy_session_none;
  return {.what = what, .session = of_session ? in.number<std::int64_t>() : 0};
}

server_message read_simple(reader& in, id what) {
  switch (what) {
    case id::msgs_ack: return ack{in.ids()};
    case id::bad_msg_notification: return read_bad_message(in, false);
    case id::bad_server_salt: return read_bad_message(in, true);
    case id::new_session_created: return read_new_session(in);
    case id::pong: return read_pong(in);
    case id::msgs_state_req: return state_request{in.ids()};
    case id::msgs_state_info: return read_state_info(in);
    case id::msgs_all_info: return read_all_info(in);
    case id::msg_detailed_info: return read_detailed_info(in, true);
    case id::msg_new_detailed_info: return read_detailed_info(in, false);
    case id::msg_resend_req: return resend_request{in.ids()};
    case id::destroy_session_ok:
    case id::destroy_session_none:
    case id::destroy_auth_key_ok:
    case id::destroy_auth_key_none:
    case id::destroy_auth_key_fail: return read_bare_answer(in, what);
    default: return other{};
  }
}

template <class T>
result<server_message, protocol_errc> widen(result<T, protocol_errc> from) {
  if (!from) return failure{from.error()};
  return server_message(std::move(*from));
}

}  // namespace

result<server_message, protocol_errc> read_server_message(bytes& body, std::size_t& budget) {
  if (body.size() < 4) return failure{protocol_errc::malformed};
  auto const what = id_of(body);
  if (what == id::rpc_result) return widen(read_rpc_result(body, budget));
  reader in(bytes_view(body).subspan(4));
  if (what == id::future_salts) return widen(read_future_salts(in));
  auto message = read_simple(in, what);
  if (!in.ok()) return failure{protocol_errc::malformed};
  return message;
}

result<bytes, protocol_errc> inflate(bytes_view gzip_packed, std::size_t& budget) {
  reader in(gzip_packed.subspan(4));
  auto const packed = in.string();
  if (!in.ok()) return failure{protocol_errc::malformed};
  auto out = gunzip(packed, budget);
  if (!out) return out;
  budget -= out->size();
  if (out->size() < 4 || out->size() % 4 != 0 || id_of(*out) == id::gzip_packed)
    return failure{protocol_errc::malformed};
  return out;
}

bytes deflate_if_useful(bytes object) {
  auto packed = gzip(object);
  if (packed.size() + 12 > object.size() / 10 * 9) return object;
  return start(id::gzip_packed).string(packed).take();
}

}  // namespace mtp::mtproto::service
