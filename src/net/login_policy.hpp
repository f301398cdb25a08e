// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/auth, /api/errors and /api/datacenter
#pragma once

#include <mtp/core/refusal.hpp>

namespace mtp::MTP_ABI::net {

/// Decides about one log-in, or one call, what a refusal means for the login. Performs nothing and
/// reads no clock.
class login_policy {
 public:
  /// `signs_in`: the call makes the login, or asks about one that was just made, so that no other
  /// can bring it back.
  explicit login_policy(bool signs_in = false)
      : signs_in_(signs_in), restorations_(signs_in ? 0 : max_restorations) {}

  // --- A log-in
  /// It was refused and is worth another try from its beginning.
  bool begins_anew(rpc_failure const& why);
  /// It will be refused so always: what it was made with is good no more.
  static bool is_final(rpc_failure const& why);

  // --- A call
  struct situation {
    bool elsewhere = false;      ///< it was made in another data centre than the account's
    bool knows_account = false;  ///< somebody is signed in at home, as far as is known
    bool has_token = false;      ///< what a bot signs in with
  };
  enum class remedy {
    none,           ///< the refusal goes to the caller
    sign_in_there,  ///< the login is brought to the other data centre once more
    sign_in_again,  ///< by the token
  };
  /// How the call gets its login back, to be repeated then.
  remedy on_refused(rpc_failure const& why, situation where);
  /// That was done: `led` by this call, or by another one, whose attempt may have come to nothing.
  void on_signed_in_again(bool led) { restorations_ = led ? 0 : restorations_ - 1; }
  /// The refusal means that nobody is signed in from now on.
  bool signs_out(rpc_failure const& why, situation where) const;

  // --- A login that is brought to another data centre
  /// It was refused there, or `why` is null and nobody knows. True when another ticket may help.
  bool needs_another_ticket(rpc_failure const* why);

 private:
  /// How often a call may wait for a login that another leads.
  static constexpr int max_restorations = 3;

  bool signs_in_;
  int restorations_;
  int restarts_ = 0;
  int tickets_ = 1;
};

}  // namespace mtp::MTP_ABI::net
