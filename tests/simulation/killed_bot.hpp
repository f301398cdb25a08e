// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "stage.hpp"

#include <mtp/events/new_message.hpp>
#include <mtp/storage/file_records.hpp>
#include <mtp/testing/crashing_files.hpp>
#include <support/catch.hpp>

#include <string>
#include <vector>

namespace mtp::test {

/// The number that a message says; 0 when it is none.
inline int number_of(update const& one) {
  auto const message = one.get_if<new_message>();
  return message ? std::stoi(std::string(message->text())) : 0;
}

/// A bot to which somebody writes numbers, and whose store goes wrong at one step of all its lives.
struct killed_bot {
  using trouble = testing::crashing_files::trouble;
  using aftermath = testing::crashing_files::aftermath;
  static constexpr std::int64_t writer = 42;  // of the data centre's own world
  static constexpr int max_lives = 14;        // more than it takes

  sim_stage home;
  testing::crashing_files files;
  std::vector<int> passed_over;  ///< what it was told it would not be given again
  int written = 0;
  int deaths = 0;

  virtual ~killed_bot() = default;
  virtual bool is_done() const = 0;
  /// One life.
  virtual task<> listen(client& who) = 0;

  client_config config() {
    auto out = home.config();
    out.records = file_records("/s/bot.session", files);
    out.on_passed_over = [this](update const& one) { passed_over.push_back(number_of(one)); };
    return out;
  }
  void write_until(int number) {
    auto const to = testing::peer::user(sim_stage::bot);
    while (written < number) home.centre.say(writer, to, std::to_string(++written));
  }
  /// Until it ends or is killed.
  void live() {
    try {
      home.live(config(), [this](client& c) { return listen(c); });
    } catch (testing::crashing_files::crash const&) {
      ++deaths;
    }
  }
  /// Until everything is handled. Of all steps of the store, over all lives, the one with the
  /// number `at` goes wrong; that leaves of the disk what `what` says. Returns how many steps there
  /// were.
  int live_until_done(trouble how, int at, aftermath what) {
    int steps = 0;
    for (int i = 0; i < max_lives && !is_done(); ++i) {
      files.fail(at >= steps ? how : trouble::none, at - steps);
      live();
      bool const was_here = at >= steps && at < steps + files.steps();
      steps += files.steps();
      files.restart(was_here ? what : aftermath::killed);
    }
    return steps;
  }
};

/// Everything up to `last` in order but for `without`, once those that came again are left out; and
/// those come again at once.
inline void check_in_order(std::vector<int> const& handled, int last, int without = 0) {
  int next = 1;
  for (int const one : handled) {
    if (next == without) ++next;
    REQUIRE(one <= next);
    if (one == next) ++next;
  }
  REQUIRE(next == last + 1);
}

}  // namespace mtp::test
