// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Addresses at which somebody answers and that lead nowhere all the same.
#include "client_world.hpp"

#include <support/catch.hpp>

using namespace mtp;
using namespace mtp::test;
using namespace std::chrono_literals;
using testing::network_fault;
using testing::planned_fault;

namespace {

testing::dc_place place(char const* host) { return {.id = 2, .host = host}; }

/// At the first address nothing arrives behind the byte `silent_from`; the second is slower than
/// the stagger.
void make_first_useless(client_world& w, std::uint64_t silent_from) {
  w.sim.network().faults = [silent_from](std::size_t, asio::ip::tcp::endpoint const& to) {
    planned_fault one;
    bool const first = to.address().to_string() == "10.0.0.2";
    one.what = first ? network_fault::black_hole : network_fault::delay;
    one.after = first ? silent_from : 0;
    one.span = 1s;
    return std::vector{one};
  };
}

}  // namespace

TEST_CASE("an address that answers the first step of a key exchange and no more costs seconds",
          "[simulation][address]") {
  client_world w({place("10.0.0.2"), place("10.0.0.3")});
  make_first_useless(w, 150);  // the second answer of the exchange
  auto const began = w.sim.now().steady;
  w.live(w.config(), [](client& who) -> task<> { co_await sign_in(who); });
  CHECK(w.sim.now().steady - began < 8s);  // of the ten that a first connection has
}

TEST_CASE("an address that makes keys and is silent to what they encrypt costs seconds",
          "[simulation][address]") {
  client_world w({place("10.0.0.2"), place("10.0.0.3")});
  make_first_useless(w, 1000);  // what follows the exchange
  auto const began = w.sim.now().steady;
  w.live(w.config(), [](client& who) -> task<> { co_await sign_in(who); });
  CHECK(w.sim.now().steady - began < 8s);
}
