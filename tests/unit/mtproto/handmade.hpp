// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "mtproto/service.hpp"

#include <vector>

// Service messages put together by hand, so that they can be wrong.
namespace mtp::test::handmade {

#define MTP_ID(name) name = mtproto::schema::name::tl_id
enum class id : std::uint32_t {
  MTP_ID(rpc_result),
  MTP_ID(rpc_error),
  MTP_ID(rpc_answer_unknown),
  MTP_ID(rpc_answer_dropped_running),
  MTP_ID(rpc_answer_dropped),
  MTP_ID(future_salts),
  MTP_ID(pong),
  MTP_ID(destroy_session_ok),
  MTP_ID(destroy_session_none),
  MTP_ID(new_session_created),
  MTP_ID(msg_container),
  MTP_ID(gzip_packed),
  MTP_ID(msgs_ack),
  MTP_ID(bad_msg_notification),
  MTP_ID(bad_server_salt),
  MTP_ID(msg_resend_req),
  MTP_ID(msgs_state_req),
  MTP_ID(msgs_state_info),
  MTP_ID(msgs_all_info),
  MTP_ID(msg_detailed_info),
  MTP_ID(msg_new_detailed_info),
  MTP_ID(destroy_auth_key_ok),
  MTP_ID(rpc_drop_answer),
  MTP_ID(get_future_salts),
  MTP_ID(ping),
  MTP_ID(ping_delay_disconnect),
  MTP_ID(destroy_session),
  MTP_ID(http_wait),
  MTP_ID(destroy_auth_key),
};
#undef MTP_ID

inline id id_of(bytes_view object) { return static_cast<id>(wire::constructor_of(object)); }

inline constexpr std::uint32_t boxed_vector = 0x1cb5c415;

class writer {
 public:
  template <class Integer>
  writer& number(Integer value) {
    out_.number(value);
    return *this;
  }
  writer& raw(bytes_view data) {
    out_.raw(data);
    return *this;
  }
  writer& string(bytes_view data) {
    out_.text(data);
    return *this;
  }
  writer& ids(std::vector<std::int64_t> const& all) {
    number(boxed_vector).number(static_cast<std::uint32_t>(all.size()));
    for (auto one : all) number(one);
    return *this;
  }
  bytes take() { return out_.take(); }

 private:
  wire::writer out_;
};

inline writer start(id what) {
  writer out;
  out.number(static_cast<std::uint32_t>(what));
  return out;
}

}  // namespace mtp::test::handmade
