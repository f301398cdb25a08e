// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What a commit of an update for a consumer with a name holds.
#include "support/catch.hpp"
#include "support/client_stage.hpp"
#include "support/forwarding_records.hpp"

#include <mtp/mtp.hpp>

#include <algorithm>
#include <string>
#include <vector>

using namespace mtp;
using namespace std::chrono_literals;
using namespace mtp::test;

namespace {

/// Remembers every batch that was stored.
class noting_records final : public forwarding_records {
 public:
  using forwarding_records::forwarding_records;
  std::vector<write_batch> batches = {};

  task<> commit(write_batch batch, durability how) override {
    batches.push_back(batch);
    return forwarding_records::commit(std::move(batch), how);
  }
};

bool puts(write_batch const& batch, record_space space, std::string const& part = {}) {
  return std::ranges::any_of(batch.writes(), [&](record_write const& one) {
    auto const value = std::string(as_text(one.value));
    return one.what == record_write::kind::put && one.space == space &&
           value.find(part) != std::string::npos;
  });
}

}  // namespace

TEST_CASE("an update, the position behind it and who is in it are stored together",
          "[client][consumers]") {
  play([](client_stage& s) -> task<> {
    auto const store = std::make_shared<noting_records>(s.records);
    auto config = s.config();
    config.records = store;
    co_await live(s, std::move(config), [&](client& c) -> task<> {
      co_await log_in(c);
      auto one = c.updates({.name = "one"});
      co_await c.get_me();
      store->batches.clear();
      s.alice_writes("unmistakable");
      co_await expect_texts(one, "unmistakable");
    });
    auto const holds = [](write_batch const& one) {
      return puts(one, record_space::journal, "unmistakable");
    };
    auto const found = std::ranges::find_if(store->batches, holds);
    REQUIRE(found != store->batches.end());
    CHECK(puts(*found, record_space::update_state));
    CHECK(puts(*found, record_space::peers));
    auto const before = [](write_batch const& one) { return puts(one, record_space::peers); };
    CHECK(std::none_of(store->batches.begin(), found, before));
  });
}
