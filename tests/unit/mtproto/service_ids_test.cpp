// SPDX-License-Identifier: MIT OR Apache-2.0
#include <fstream>
#include <iterator>
#include <string>

#include "mtproto/service.hpp"
#include "support/catch.hpp"

using namespace mtp::mtproto::service;

#define MTP_NAMED(name) {#name, id::name}

TEST_CASE("the ids of service messages are those of the schema", "[mtproto]") {
  std::ifstream file(MTP_TL_DIR "/mtproto.tl");
  std::string const text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  REQUIRE(text.size() > 1000);
  struct named {
    char const* name;
    id value;
  };
  named const all[] = {MTP_NAMED(rpc_result),
                       MTP_NAMED(rpc_error),
                       MTP_NAMED(rpc_answer_unknown),
                       MTP_NAMED(rpc_answer_dropped_running),
                       MTP_NAMED(rpc_answer_dropped),
                       MTP_NAMED(future_salts),
                       MTP_NAMED(pong),
                       MTP_NAMED(destroy_session_ok),
                       MTP_NAMED(destroy_session_none),
                       MTP_NAMED(new_session_created),
                       MTP_NAMED(msg_container),
                       MTP_NAMED(gzip_packed),
                       MTP_NAMED(msgs_ack),
                       MTP_NAMED(bad_msg_notification),
                       MTP_NAMED(bad_server_salt),
                       MTP_NAMED(msg_resend_req),
                       MTP_NAMED(msgs_state_req),
                       MTP_NAMED(msgs_state_info),
                       MTP_NAMED(msgs_all_info),
                       MTP_NAMED(msg_detailed_info),
                       MTP_NAMED(msg_new_detailed_info),
                       MTP_NAMED(destroy_auth_key_ok),
                       MTP_NAMED(destroy_auth_key_none),
                       MTP_NAMED(destroy_auth_key_fail),
                       MTP_NAMED(rpc_drop_answer),
                       MTP_NAMED(get_future_salts),
                       MTP_NAMED(ping),
                       MTP_NAMED(ping_delay_disconnect),
                       MTP_NAMED(destroy_session),
                       MTP_NAMED(http_wait),
                       MTP_NAMED(destroy_auth_key)};
  for (auto const& one : all) {
    auto const at = text.find(std::string("\n") + one.name + "#");
    INFO(one.name);
    REQUIRE(at != std::string::npos);
    auto const digits = text.substr(text.find('#', at) + 1, 8);
    CHECK(std::stoul(digits, nullptr, 16) == static_cast<std::uint32_t>(one.value));
  }
}
