// SPDX-License-Identifier: MIT OR Apache-2.0
#include "updates/journal_entry.hpp"

#include "engine_stage.hpp"
#include "updates/update_key.hpp"

using namespace mtp;
using updates::arrival;

TEST_CASE("what came is the same when it is read from the journal", "[updates]") {
  auto const raw = received<tl::Update>::own(mtp::test::post_in(7, 3));
  auto const back = updates::from_journal(slice(updates::to_journal({.update = raw})));
  REQUIRE(back.update);
  CHECK(*back.update == *raw);
  CHECK(updates::key_of(back) == updates::key_of({.update = raw}));

  CHECK(!back.fetched);
  auto const old =
      updates::from_journal(slice(updates::to_journal({.update = raw, .fetched = true})));
  CHECK(old.fetched);
  updates::lost const gone{.box = updates::update_number::order::channel,
                           .channel = -5,
                           .from = 3,
                           .to = 9,
                           .why = updates::loss_reason::changes_untold,
                           .first_message = 4,
                           .last_message = 7};
  auto const lost = updates::from_journal(
      slice(updates::to_journal({.loss = std::make_shared<updates::lost const>(gone)})));
  REQUIRE(lost.loss);
  CHECK(*lost.loss == gone);

  slice const body(bytes{1, 2, 3});
  auto const unreadable = updates::from_journal(slice(updates::to_journal({.unreadable = body})));
  CHECK(!unreadable.update);
  CHECK(unreadable.unreadable == body);
}

TEST_CASE("a damaged entry of the journal is unreadable, and nothing worse", "[updates]") {
  auto const raw = received<tl::Update>::own(mtp::test::post_in(7, 3));
  auto const good = updates::to_journal({.update = raw});
  for (std::size_t size = 0; size < good.size(); ++size) {
    auto const cut = updates::from_journal(
        slice(bytes(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(size))));
    CHECK(!cut.update);
  }
  auto newer = good;
  newer[0] = 2;
  CHECK(!updates::from_journal(slice(newer)).update);
}
