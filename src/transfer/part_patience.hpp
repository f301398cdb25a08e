// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/clock.hpp>
#include <mtp/core/error.hpp>

#include <variant>

namespace mtp::MTP_ABI::transfer {

struct patience_limits {
  /// Waits for floods together, until another part goes through.
  duration flood_budget = std::chrono::seconds(60);
  /// Troubles of the server in a row, one after the other, until another part goes through.
  int max_troubles = 6;
};

/// Decides what follows when a part of a file is refused. The waits that only set the speed of
/// files have no bound: it goes on, slowly.
///
/// Performs nothing, reads no clock.
class part_patience {
 public:
  struct give_up {
    bool operator==(give_up const&) const = default;
  };
  /// The server wants nothing for so long.
  struct hold {
    duration wait = {};
    bool operator==(hold const&) const = default;
  };
  /// The server failed: this part once more, after a while.
  struct retry {
    duration wait = {};
    bool operator==(retry const&) const = default;
  };
  /// The file lies in another data centre.
  struct move {
    int dc = 0;
    bool operator==(move const&) const = default;
  };
  using verdict = std::variant<give_up, hold, retry, move>;

  explicit part_patience(patience_limits limits = {}) : limits_(limits) {}

  /// `asked` is the data centre that refused, `current` the one where parts are asked for now.
  verdict refused(rpc_failure const& why, int asked, int current);
  /// The server neither took the part nor said why.
  verdict failed();
  /// A part went through.
  void on_progress();

 private:
  verdict on_flood(duration wait);
  verdict on_move(int to, int asked, int current);

  patience_limits limits_;
  duration flood_total_ = {};
  int troubles_ = 0;
  int moves_ = 0;
};

}  // namespace mtp::MTP_ABI::transfer
