// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "updates/album_part.hpp"
#include "updates/arrival.hpp"

#include <mtp/core/clock.hpp>
#include <mtp/updates/action.hpp>

#include <deque>
#include <list>
#include <map>
#include <optional>
#include <variant>

namespace mtp::MTP_ABI::updates {

struct album_options {
  /// So long after its last part an album is complete.
  duration quiet = std::chrono::seconds(1);
  /// What was missed is being asked for: parts may still come. An album waits no longer for them.
  duration max_wait = std::chrono::seconds(10);
  std::size_t max_open = 64;  ///< so many at a time; then the oldest waits no longer
};

/// Makes one arrival of the parts of an album. An album is complete with ten parts, when the same
/// conversation has another message, when one of its parts is changed or deleted, or when nothing
/// came for a while. Everything else goes on at once, and so do the updates of other
/// conversations; but no position that lies behind a part goes on before that part, so a program
/// that is killed meanwhile gets the whole album again.
///
/// Decides; performs nothing and reads no clock.
///
/// Threads: none of its own; one at a time.
class album_collector {
 public:
  static constexpr std::size_t max_parts = 10;
  using output = std::variant<arrival, reach>;

  explicit album_collector(album_options options = {}) : options_(options) {}

  // --- What comes, in its order
  void push(arrival what, steady_time now);
  /// Everything before this is consumed when the position is stored.
  void push(reach position);
  /// Whether what was missed is being asked for.
  void set_catching_up(bool so) noexcept { catching_up_ = so; }

  // --- What goes on, in its order
  std::optional<output> take();
  /// Albums whose time has passed wait no longer.
  void expire(steady_time now);
  /// When one has; the end of time while there is none.
  steady_time next_expiry() const;
  /// None waits any longer.
  void release_all();
  /// Forgets what waits: it comes again.
  void clear();
  bool empty() const noexcept { return waiting_.empty() && ready_.empty(); }

 private:
  struct held {
    album_chat chat = {};
    std::int64_t group = 0;
    std::map<std::int32_t, received<tl::Update>> parts = {};  ///< by the numbers of their messages
    steady_time first = {};
    steady_time last = {};
    bool fetched = false;  ///< a part is out of the history
  };
  using entry = std::variant<held, reach>;
  using place = std::list<entry>::iterator;

  held& at(place which) const { return std::get<held>(*which); }
  steady_time expiry_of(held const& one) const;
  void collect(album_place const& where, arrival part, steady_time now);
  place open(album_place const& where, steady_time now);
  place oldest();
  void release(place which);
  void release_touched(album_touch const& by);
  void pass_positions();

  album_options options_;
  bool catching_up_ = false;
  std::list<entry> waiting_;          ///< albums, and the positions behind them
  std::map<album_chat, place> open_;  ///< at most one each
  std::deque<output> ready_;
};

}  // namespace mtp::MTP_ABI::updates
