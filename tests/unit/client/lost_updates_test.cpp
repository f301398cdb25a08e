// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What the server cannot tell any more reaches the program as an event.
#include "support/catch.hpp"
#include "support/client_stage.hpp"

#include <mtp/mtp.hpp>

using namespace mtp;
using namespace mtp::test;

namespace {

/// Whoever stands before `pts` missed too much.
auto too_long_before(std::int32_t pts) {
  return [pts](std::uint32_t id, bytes_view query) -> std::optional<scripted_api::reply> {
    if (id != tl::updates::getDifference::tl_id) return {};
    auto const call = *tl::decode<tl::updates::getDifference>(query);
    if (call->pts >= pts) return {};
    return to_bytes(tl::updates::Difference(tl::updates::differenceTooLong{.pts = pts}));
  };
}

}  // namespace

TEST_CASE("updates that are lost are told to the program until it got past that",
          "[client][updates]") {
  play([](client_stage& s) -> task<> {
    co_await listen(s, [](update_stream&) -> task<> { co_return; });
    (void)s.api.alice_writes("too old");
    s.api.first = too_long_before(1);
    std::string key;
    for (int life = 1; life <= 2; ++life) {
      co_await listen(s, [&](update_stream& updates) -> task<> {
        auto const given = co_await updates.next();
        auto const gone = given->get_if<updates_lost>();
        REQUIRE(gone);
        CHECK(!gone->chat());
        CHECK(gone->from() == 0);
        CHECK(gone->to() == 1);
        CHECK(gone->reason() == updates::loss_reason::too_long);
        CHECK(given->attempt() == life);
        if (life == 2) CHECK(given->key() == key);
        key = given->key();
        if (life == 2) co_await given->ack();
      });
    }
    co_await listen(s, [&](update_stream& updates) -> task<> {
      s.alice_writes("new");
      auto const text = co_await next_text(updates);
      CHECK(text == "new");
    });
  });
}
