// SPDX-License-Identifier: MIT OR Apache-2.0
#include "consumer.hpp"

#include <mtp/mtp.hpp>
#include <mtp/testing/data_centre.hpp>

#include <cstdio>

int talk_to_the_data_centre() {
  mtp::testing::data_centre dc;
  dc.start();
  std::string token;
  dc.with_world([&](auto& world) { token = world.everybody().find(777000777)->token; });
  return mtp::run(mtp::config_for(dc), [&](mtp::client& client) -> mtp::task<> {
    auto const me = co_await client.sign_in_bot(token);
    auto const name = me.username();
    std::printf("signed in as %.*s\n", static_cast<int>(name.size()), name.data());
  });
}
