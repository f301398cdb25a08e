// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "client/name_cache.hpp"

#include <mtp/core/async_event.hpp>
#include <mtp/core/error.hpp>
#include <mtp/core/secret.hpp>
#include <mtp/core/slice.hpp>
#include <mtp/storage/session_state.hpp>
#include <mtp/tl/forward.hpp>
#include <mtp/tl/list.hpp>
#include <mtp/types/user.hpp>

#include <string>
#include <utility>
#include <vector>

namespace mtp::MTP_ABI::detail {

class client_core;

/// The account of a client: who is signed in, how that is brought back when the server has
/// forgotten it, whom the account has met.
class account {
 public:
  /// Lifetime: `core` outlives this.
  explicit account(client_core& core);

  // --- Who it is
  /// 0 when nobody is signed in.
  std::int64_t self_id() const;
  /// Empty when nobody is.
  tl::Peer self_peer() const;

  // --- Signing in
  /// Takes over the login that an answer brings. Ends when that is stored.
  task<user> accept(received<tl::auth::Authorization> answer);
  /// Signs in as the bot of `token`, which signs in again when the server has forgotten the login.
  /// Begins anew when the server wants that.
  task<user> sign_in_bot(std::string token);
  void remember_token(std::string token) { token_ = std::move(token); }
  /// Ends the login, here and at the server; what that gives for the next one is kept. Ends when
  /// that is stored. Errors: those of the call; one that says that there is no login is none.
  task<> sign_out();
  /// The same when the server has said so. An empty answer: there was no login any more.
  task<> signed_out(received<tl::auth::LoggedOut> answer);
  /// Nobody is signed in any more, by the program's own doing.
  void ended();
  /// The login that the store knew is good.
  void still_signed_in();

  // --- A QR code that another device is to scan
  /// Looks whether what the server pushed says that one did.
  void look_for_scan(slice const& pushed);
  /// Whether one did since the last question.
  bool take_scan() noexcept { return std::exchange(scanned_, false); }
  /// Ends then, or at `until`, or before. Cancellation: terminal. Errors: none.
  task<> wait_for_scan(steady_time until);
  /// Whoever waits looks round: the client is over.
  void end() { scan_.notify(); }

  // --- Signing in again
  /// False too while the program signs out.
  bool has_token() const { return !signing_out_ && !token_.reveal().empty(); }
  /// One at a time; the others wait for its end and try their own request again. True for the one.
  /// Does nothing while the program signs out.
  task<bool> sign_in_again();

  // --- Whom it has met
  /// Remembers those whom an answer or an update brought.
  void meet(tl::list<tl::User> const& users, tl::list<tl::Chat> const& chats);
  /// By this message, which came with those who were met last, they may be named.
  void vouch(tl::Message const& by);
  void vouch(tl::Update const& by);
  /// The peers of the names that were asked for lately.
  name_cache& names() noexcept { return names_; }

 private:
  task<received<tl::auth::Authorization>> show_token(std::string token);
  task<> signed_in(stored_self who);
  task<> begin_updates();
  task<> save_login();
  void forget();
  void keep_login_token(bytes_view token);
  task<received<tl::auth::LoggedOut>> tell_sign_out();
  task<received<tl::auth::LoggedOut>> call_log_out();

  client_core& core_;
  secret<std::string> token_;
  name_cache names_;
  std::vector<stored_peer> unnamed_;  ///< of those who were met last, whom only a message names
  strand_event signed_in_again_;
  strand_event scan_;
  bool scanned_ = false;
  bool signing_in_ = false;
  bool signing_out_ = false;
};

}  // namespace mtp::MTP_ABI::detail
