// SPDX-License-Identifier: MIT OR Apache-2.0
#include "support/catch.hpp"
#include "support/client_stage.hpp"

#include <mtp/tl/types/InputPeer.hpp>

using namespace mtp;
using namespace mtp::test;

TEST_CASE("an id that was never met is an error for a person, not for a bot", "[client]") {
  play([](client_stage& s) -> task<> {
    co_await live(s, [&](client& c) -> task<> {
      peer_id const stranger{peer_kind::user, 99};
      auto const failed = co_await failure_of(c.input_peer(stranger));
      CHECK(code_of(failed) == client_errc::unknown_peer);
      co_await log_in(c);
      auto const named = co_await c.input_peer(stranger);
      CHECK(named.get_if<tl::inputPeerUser>()->access_hash == 0);
    });
  });
}
