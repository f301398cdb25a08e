// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "support/catch.hpp"
#include "updates/delivery.hpp"
#include "updates/update_key.hpp"

#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/Peer.hpp>
#include <mtp/tl/types/Update.hpp>

#include <map>
#include <string>
#include <utility>

namespace mtp::test {

/// The message with that number, which is its place in the account's order too.
inline updates::arrival message_at(int number) {
  tl::message text;
  text.id = number;
  text.peer_id = tl::peerUser{.user_id = 42};
  tl::updateNewMessage update;
  update.message = std::move(text);
  update.pts = number;
  update.pts_count = 1;
  return {.update = received<tl::Update>::own(tl::Update(std::move(update)))};
}

/// What a driver does, under virtual time.
class delivery_stage {
 public:
  using marks = updates::delivery::counts;

  explicit delivery_stage(updates::delivery_options options = {}) : machine(options) {}

  updates::delivery machine;
  steady_time now = steady_time(std::chrono::hours(1));
  marks counts = {};     ///< in memory, as everything below
  std::int32_t pts = 0;  ///< how far the program got

  void settle() {
    auto const what = machine.take_change();
    if (what.position.account) pts = what.position.account->pts;
    for (auto const& [key, count] : what.attempts) {
      if (count) counts[key] = *count;
      if (!count) counts.erase(key);
    }
  }
  /// A message comes, and the account stands behind it.
  void send(int number) {
    machine.push(message_at(number));
    machine.on_reached({.account = update_state{.pts = number}}, counts);
    settle();
  }
  updates::delivery_step next() {
    auto const out = machine.next(counts, now);
    settle();
    return out;
  }
  updates::delivery_step ask() {
    machine.on_asked(counts);
    settle();
    return next();
  }
  /// The program asks for one, which is there.
  void take_one() {
    auto what = ask();
    if (what == updates::delivery_step::save) machine.on_saved();
    if (what == updates::delivery_step::save) what = next();
    REQUIRE(what == updates::delivery_step::hand_out);
    (void)machine.hand_out();
  }
};

}  // namespace mtp::test
