// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The driver of a log-in: https://core.telegram.org/api/auth
#include "methods/auth/log_in.hpp"

#include "client/call.hpp"
#include "login/machine.hpp"

#include <mtp/tl/types/account/EmailVerified.hpp>
#include <mtp/tl/types/account/Password.hpp>
#include <mtp/tl/types/account/SentEmailCode.hpp>
#include <mtp/tl/types/auth/LoginToken.hpp>
#include <mtp/tl/types/auth/PasskeyLoginOptions.hpp>
#include <mtp/tl/types/auth/PasswordRecovery.hpp>
#include <mtp/tl/types/help/TermsOfService.hpp>

#include <utility>

namespace mtp::MTP_ABI::detail {
namespace {

using login::machine;

login::application application_of(client_core& core) {
  return {.api_id = core.config().api_id,
          .api_hash = core.config().api_hash,
          .tokens = core.state().login_tokens,
          .firebase = core.config().firebase != nullptr};
}

/// Where the next request goes: the account may have moved.
void note_place(client_core& core, login::application& who) {
  who.dc = core.addresses().home();
  who.key = core.keys().of(who.dc)->id();
}

/// A request whose outcome is not known is not given up: the decider finds out.
template <class Request>
task<> perform(client_core& core, machine& decider, Request request) {
  try {
    auto const answer = co_await call(core, request, true);
    decider.on_answer(answer, core.world().now());
  } catch (rpc_error const& refused) {
    if (!decider.on_refused(refused.failure())) throw;
  } catch (outcome_unknown const&) {
    if (!decider.on_lost()) throw;
  } catch (...) {
    decider.on_lost();
    throw;
  }
}

task<> perform_one(client_core& core, machine& decider, machine::perform what) {
  return std::visit([&](auto& request) { return perform(core, decider, std::move(request)); },
                    what.what);
}

task<> perform_one(client_core& core, machine& decider, machine::prove what) {
  result<login::password_proof, protocol_errc> made = failure{protocol_errc::malformed};
  std::function<void()> work = [&] {
    made = login::prove_password(what.challenge, what.password.reveal(), core.world().random());
  };
  co_await core.world().run_on_worker(core.strand(), std::move(work));
  made ? decider.on_proved(*std::move(made)) : decider.on_unprovable(made.error());
}

task<> perform_one(client_core& core, machine& decider, machine::wait_for_scan what) {
  co_await core.account().wait_for_scan(what.until);
  core.running().throw_if_over();
  if (core.account().take_scan()) decider.on_scanned();
}

task<> perform_one(client_core& core, machine& decider, machine::move_home what) {
  if (core.addresses().knows(what.dc)) {
    core.move_home(what.dc);
    decider.on_moved();
  } else {
    decider.on_immovable();
  }
  co_return;
}

task<> perform_one(client_core& core, machine& decider, machine::accept what) {
  if (!what.token.reveal().empty()) core.account().remember_token(what.token.reveal());
  try {
    auto me = co_await core.account().accept(std::move(what.login));
    decider.on_accepted(std::move(me));
  } catch (error const&) {
    decider.on_denied();
    throw;
  }
}

task<> perform_one(client_core&, machine&, machine::give_up what) {
  throw error(what.code, what.text);
  co_return;
}

task<> perform_one(client_core&, machine&, machine::ask) { co_return; }

/// Who is signed in already needs no log-in. A stored login that was found dead is not asked for
/// again: what the server says of it from then on is about the new one.
task<> look_for_login(client_core& core, machine& decider) {
  if (!core.state().self || std::holds_alternative<login::done>(decider.needed())) co_return;
  if (!decider.token().empty()) check_owner(core, decider.token());
  if (!decider.looks_for_login()) co_return;
  auto me = co_await known_me(core);
  if (!me) co_return decider.on_nobody_known();
  if (!decider.token().empty()) core.account().remember_token(decider.token());
  decider.on_accepted(*std::move(me));
}

std::chrono::sys_seconds wall_time(client_core& core) {
  return std::chrono::floor<std::chrono::seconds>(core.world().now().wall);
}

/// A code that an earlier start had sent need not be sent again. Nobody is kept out by a store that
/// does not work.
task<> look_for_kept_code(client_core& core, machine& decider) {
  bool const in = std::holds_alternative<login::done>(decider.needed());
  if (in || !decider.wants_kept()) co_return;
  try {
    auto const found = co_await core.keeper().kept_login();
    auto kept = found ? login::decode_kept_code(*found) : std::nullopt;
    if (kept) decider.remember(*std::move(kept), wall_time(core));
  } catch (error const& failed) {
    core.log(log_level::warning, std::string("the log-in before is not known: ") + failed.what());
  }
}

/// Keeps the code that the person is asked for, or forgets the one before.
task<> keep_code(client_core& core, machine const& decider) {
  auto const kept = decider.to_keep();
  bytes value;
  if (kept) value = login::encode(*kept);
  try {
    co_await core.keeper().keep_login(std::move(value));
  } catch (error const& failed) {
    core.log(log_level::warning, std::string("the log-in is not kept: ") + failed.what());
  }
}

/// What Firebase is to vouch for, when the program gets its tokens and the server has not refused
/// one for this code; null otherwise.
login::firebase_request const* wanted_of_firebase(client_core& core, machine const& decider) {
  auto const* asked = std::get_if<login::need_code>(&decider.needed());
  bool const wanted = core.config().firebase && asked && asked->firebase &&
                      asked->why.what != login::reason::firebase_refused;
  return wanted ? &*asked->firebase : nullptr;
}

/// Gets a token for a code, which is sent then. False when none is wanted, or too many were.
task<bool> vouch(client_core& core, machine& decider, int& vouched) {
  constexpr int max_vouched = 3;
  auto const* wanted = wanted_of_firebase(core, decider);
  if (!wanted || vouched == max_vouched) co_return false;
  ++vouched;
  login::firebase_request const request = *wanted;
  auto asking = core.config().firebase(request);
  login::firebase_token made = co_await std::move(asking);
  core.running().throw_if_over();
  login::answer said = std::move(made);
  co_return decider.take(std::move(said));
}

/// Goes on until the person has to say something.
task<> follow(client_core& core, machine& decider) {
  auto who = application_of(core);
  for (;;) {
    note_place(core, who);
    auto what = decider.next(who, core.world().now());
    if (std::holds_alternative<machine::ask>(what)) co_return;
    auto step =
        std::visit([&](auto& one) { return perform_one(core, decider, std::move(one)); }, what);
    co_await std::move(step);
  }
}

}  // namespace

task<login::step> go_on(client_core& core, login::flow* flow) {
  machine& decider = flow->decider();
  co_await core.opened();
  co_await look_for_login(core, decider);
  co_await look_for_kept_code(core, decider);
  decider.go_on();
  int vouched = 0;
  for (bool again = true; again;) {
    co_await follow(core, decider);
    again = co_await vouch(core, decider, vouched);
  }
  co_await keep_code(core, decider);
  co_return decider.needed();
}

}  // namespace mtp::MTP_ABI::detail
