// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/testing/world/world.hpp>

#include <cassert>

namespace mtp::MTP_ABI::testing {

world default_world(std::int32_t now) {
  world w;
  auto& all = w.everybody();
  auto const add = [&](person someone) {
    auto added = all.add(std::move(someone));
    assert(added);
    return *added;
  };
  person echo{.id = 777000777, .first_name = "Echo", .username = "echo_bot"};
  echo.about = "Says what you say.";
  echo.token = "777000777:AAEchoBotOfTheOfflineDataCentre00001";
  person alice{.id = 42, .first_name = "Alice", .username = "alice"};
  alice.phone = "9996621001";
  alice.code = "12345";
  person bob{.id = 43, .first_name = "Bob", .username = "bob"};
  bob.phone = "9996621002";
  bob.code = "12345";
  auto const alice_id = add(std::move(alice));
  auto const bob_id = add(std::move(bob));
  auto const echo_id = add(std::move(echo));
  all.find(alice_id)->contacts = {bob_id};
  all.find(bob_id)->contacts = {alice_id};
  auto& room = w.all_groups().create(1000, "Test group", alice_id, now);
  for (auto const user : {bob_id, echo_id}) {
    auto added = w.all_groups().add_member(room, {.user = user, .inviter = alice_id, .date = now});
    assert(added);
    (void)added;
  }
  return w;
}

}  // namespace mtp::MTP_ABI::testing
