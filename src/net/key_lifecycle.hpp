// SPDX-License-Identifier: MIT OR Apache-2.0
//
// core.telegram.org/mtproto/mtproto-transports#transport-errors, core.telegram.org/api/pfs
#pragma once

#include <mtp/core/clock.hpp>
#include <mtp/core/error.hpp>
#include <mtp/net/key_options.hpp>

#include <optional>

namespace mtp::MTP_ABI::net {

/// What a data centre that has proved itself said to auth.bindTempAuthKey.
enum class bind_outcome {
  bound,
  key_unknown,    ///< ENCRYPTED_MESSAGE_INVALID: it does not know the permanent key
  not_supported,  ///< it cannot bind keys; only foreign servers say so
  inconclusive,   ///< trouble that passes
  not_made,       ///< no temporary key could be made; anybody on the way can bring that about
};

/// What a refusal of auth.bindTempAuthKey says about the permanent key.
bind_outcome bind_outcome_of(rpc_failure const& why);

/// Decides whether a permanent key is still believed in. Performs nothing and reads no clock.
///
/// Anybody on the way can send the transport error 404, so it only makes the key suspect. The doubt
/// ends when a peer that has proved itself speaks: by a packet under the key, or by its answer when
/// a fresh temporary key is bound to it. The two are tried in turn, beginning with the key itself,
/// which costs the session nothing. Where temporary keys cannot be made the doubt stays, and so
/// does the key.
class key_lifecycle {
 public:
  enum class state { good, suspect, dead };

  explicit key_lifecycle(key_options options) : options_(options) {}

  state current() const noexcept { return state_; }
  /// The next connection makes a temporary key and binds it. Otherwise the key is used as it is.
  bool needs_proof() const noexcept { return state_ == state::suspect && denials_ > 1; }
  /// No attempt is made earlier: a suspect key is tried ever more rarely.
  steady_time not_before() const noexcept { return not_before_; }

  /// Somebody answered 404 to the key.
  void on_unknown_key(steady_time now);
  /// A valid packet came under the key.
  void on_heard();
  /// How the attempt to bind a temporary key ended; `age` is that of the permanent key, in the
  /// server's time.
  void on_bind(bind_outcome what, duration age, steady_time now);

 private:
  duration next_delay();
  void on_proved();
  void on_key_unknown(duration age, steady_time now);

  key_options options_;
  state state_ = state::good;
  int denials_ = 0;  // since the key was used otherwise than directly
  int doubts_ = 0;
  steady_time not_before_ = steady_time::min();
};

}  // namespace mtp::MTP_ABI::net
