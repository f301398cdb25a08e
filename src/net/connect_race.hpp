// SPDX-License-Identifier: MIT OR Apache-2.0
//
// RFC 8305, "Happy Eyeballs Version 2": section 5.
#pragma once

#include <mtp/core/clock.hpp>

#include <cstddef>
#include <optional>
#include <variant>
#include <vector>

namespace mtp::MTP_ABI::net {

struct race_options {
  duration stagger = std::chrono::milliseconds(250);  ///< between two attempts under way
  duration attempt_timeout =
      std::chrono::seconds(10);  ///< of one attempt, until the peer has answered
};

/// Decides when to try which of several addresses, and which of them wins. Performs nothing and
/// reads no clock.
///
/// Addresses in reserve led nowhere lately, although somebody answers there. They begin when the
/// others have failed, or have had eight times the stagger: a slow address that works wins against
/// a fast one that does not.
///
/// An attempt is established when its peer has said something that only the right peer can say. One
/// that is only connected has not won: behind a port that accepts and stays silent the others go
/// on. Events of attempts that are over have no effect.
class connect_race {
 public:
  struct start {
    std::size_t which = 0;
    bool operator==(start const&) const = default;
  };
  /// Cancel the attempt: it has lost, or its time is up.
  struct drop {
    std::size_t which = 0;
    bool operator==(drop const&) const = default;
  };
  struct wait {
    std::optional<steady_time> until = {};
    bool operator==(wait const&) const = default;
  };
  struct won {
    std::size_t which = 0;
    bool operator==(won const&) const = default;
  };
  /// Every attempt has failed, and no address is left.
  struct lost {
    bool operator==(lost const&) const = default;
  };
  using action = std::variant<start, drop, wait, won, lost>;

  explicit connect_race(race_options options) : options_(options) {}

  /// More addresses, behind those that are known: a name was looked up.
  void add(std::size_t addresses, bool reserve = false);
  /// While this is set the race is not lost: a name is still being looked up.
  void expect_more(bool more) { more_to_come_ = more; }

  /// What to do now; to be asked until it answers wait, won or lost, and again after each event.
  action next(steady_time now);

  void on_established(std::size_t which);
  void on_failed(std::size_t which, steady_time now);
  /// The network came back: what has not begun may begin at once.
  void on_network_restored(steady_time now) { next_start_ = reserve_from_ = now; }

  std::optional<std::size_t> winner() const noexcept { return winner_; }
  /// True when some attempt ended because its peer had said nothing for too long.
  bool was_silent() const noexcept { return was_silent_; }

 private:
  enum class state { waiting, running, over };
  struct attempt {
    state now = state::waiting;
    bool reserve = false;
    steady_time until = {};
  };

  std::optional<std::size_t> first_in(state which) const;
  std::optional<std::size_t> next_to_start() const;
  steady_time start_of(std::size_t which) const;
  bool may_start(std::size_t which, bool alone, steady_time now) const;
  void hold_reserve(steady_time now);
  std::optional<std::size_t> expired(steady_time now) const;
  std::optional<steady_time> next_event() const;

  race_options options_;
  std::vector<attempt> attempts_;
  std::optional<std::size_t> winner_;
  steady_time next_start_ = steady_time::min();
  steady_time reserve_from_ = steady_time::min();
  bool more_to_come_ = false;
  bool was_silent_ = false;
};

}  // namespace mtp::MTP_ABI::net
