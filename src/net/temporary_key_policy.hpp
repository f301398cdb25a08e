// SPDX-License-Identifier: MIT OR Apache-2.0
//
// core.telegram.org/api/pfs
#pragma once

#include "net/key_lifecycle.hpp"

#include <mtp/core/clock.hpp>
#include <mtp/net/key_options.hpp>

#include <algorithm>
#include <optional>

namespace mtp::MTP_ABI::net {

/// What follows from what the server said to the binding of a temporary key.
enum class after_binding {
  carry_calls,
  reconnect,  ///< the next connection makes another key, or uses the permanent one
  give_up,    ///< this server is not used without temporary keys, and binds none
};
after_binding what_follows(bind_outcome what, pfs_mode mode);

/// How the exchange for a temporary key failed.
struct failed_exchange {
  bool cancelled = false;      ///< from this side
  bool has_permanent = false;  ///< still; another link may have found that it is of no use
  bool proved = false;         ///< whoever is there answered the first step
};
/// Whether the server is to blame: it answers, and breaks off when it sees what kind of key is
/// wanted. Some servers do.
bool is_refusal(failed_exchange const& how);

/// Decides about the temporary key of one session: what an answer to its binding is worth, when the
/// next one is made, and when the session leaves the key for that. Performs nothing and reads no
/// clock.
class temporary_key_policy {
 public:
  /// A connection begins to carry the session.
  void on_carrying() { farewell_.reset(); }
  /// A connection broke while the binding was under way. It is asked for again over the next one,
  /// without waiting for what became of the first.
  void on_binding_interrupted() { interrupted_ = true; }

  /// What the answer means. When the server may have executed an earlier request, what it says may
  /// be about a key that is bound already, and proves nothing about the permanent one.
  bind_outcome judge(bind_outcome what) const;

  /// When the next key is made that is to take the place of this one at `due`.
  steady_time renew_at(steady_time due) const { return std::max(due, renew_not_before_); }
  /// It was not made, or not bound. A refusal is left to the time when the key in use has ended:
  /// then nothing else can be done, and it is judged.
  void on_renewal_failed(std::chrono::seconds renew_before, steady_time now);

  struct situation {
    steady_time end = {};   ///< the key serves no longer then
    bool replaced = false;  ///< the next one is made and bound
    bool busy = false;      ///< calls wait for answers
    bool at_stake = false;  ///< some of them must not be executed twice
  };
  /// When to look again; nothing when the session leaves the key now. It does as soon as no call
  /// waits for an answer; when there is always one, after a while, and while some must not be
  /// executed twice, at the last moment.
  std::optional<steady_time> stay_until(situation const& all, steady_time now);
  /// The next key is there, and the session waits for its calls.
  bool is_leaving() const noexcept { return farewell_.has_value(); }

 private:
  bool interrupted_ = false;
  steady_time renew_not_before_ = steady_time::min();
  std::optional<steady_time> farewell_;  // the key is replaced; calls may end until then
};

}  // namespace mtp::MTP_ABI::net
