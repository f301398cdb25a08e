// SPDX-License-Identifier: MIT OR Apache-2.0
#include "support/catch.hpp"
#include "support/client_stage.hpp"
#include "support/temporary_folder.hpp"

#include <mtp/core/timeout.hpp>
#include <mtp/mtp.hpp>
#include <mtp/sqlite/sqlite_store.hpp>

using namespace mtp;
using namespace std::chrono_literals;
using namespace mtp::test;

TEST_CASE("a client goes on where it was over a database", "[sqlite][client]") {
  play([](client_stage& s) -> task<> {
    test::temporary_folder folder;
    for (auto const* const text : {"one", "two", "three"}) {
      auto config = s.config();
      config.records = sqlite_records((folder / "bot.db").string());
      s.alice_writes(text);
      co_await live(s, std::move(config), [text](client& c) -> task<> {
        co_await log_in(c);
        auto updates = c.updates();
        if (std::string_view(text) == "one") co_return;  // who signs in begins with what follows
        co_await expect_texts(updates, text);
        auto nothing = with_timeout(updates.next(), 20ms);
        (void)co_await failure_of(std::move(nothing));
      });
    }
    CHECK(s.server.handshakes == 1);
    CHECK(s.api.logins == 1);
  });
}
