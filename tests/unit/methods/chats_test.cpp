// SPDX-License-Identifier: MIT OR Apache-2.0
#include "simulation/client_world.hpp"
#include "support/catch.hpp"

#include <mtp/mtp.hpp>
#include <mtp/tl/functions/messages.hpp>
#include <mtp/tl/types/ChatFull.hpp>
#include <mtp/tl/types/messages/ChatFull.hpp>

using namespace mtp;
using mtp::test::client_world;
using mtp::test::sign_in;

namespace {

constexpr peer_id test_group{peer_kind::chat, 1000};

task<std::string> description_of_test_group(client& c) {
  tl::messages::getFullChat request{.chat_id = test_group.id};
  auto const answer = co_await c.invoke(request);
  auto const* whole = answer->full_chat.get_if<tl::chatFull>();
  std::string about = whole ? whole->about.str() : "";
  co_return about;
}

}  // namespace

TEST_CASE("a group says what it is about", "[methods][chats]") {
  client_world w;
  w.live(w.config(), [](client& c) -> task<> {
    co_await sign_in(c);
    co_await c.chats().set_description(test_group, "For tests.");
    auto const about = co_await description_of_test_group(c);
    CHECK(about == "For tests.");
    std::string refused;
    try {
      co_await c.chats().set_description(test_group, "For tests.");
    } catch (rpc_error const& e) {
      refused = e.name();
    }
    CHECK(refused == "CHAT_ABOUT_NOT_MODIFIED");
  });
}
