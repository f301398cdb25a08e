// SPDX-License-Identifier: MIT OR Apache-2.0
#include "client/request_runner.hpp"

#include "client/client_core.hpp"
#include "client/on_strand.hpp"
#include "client/own_moves.hpp"
#include "client/raw_login.hpp"
#include "client/updates_answer.hpp"
#include "client/wrappers.hpp"
#include "net/call_order.hpp"

#include <mtp/core/error.hpp>
#include <mtp/core/recaptcha_needed.hpp>
#include <mtp/core/refusal.hpp>
#include <mtp/core/secret.hpp>
#include <mtp/core/timeout.hpp>
#include <mtp/tl/function_traits.hpp>
#include <mtp/tl/functions/root.hpp>

#include <asio/this_coro.hpp>

#include <utility>

namespace mtp::MTP_ABI::detail {
namespace {

mtproto::lane lane_of(call_priority priority) {
  switch (priority) {
    case call_priority::interactive: return mtproto::lane::interactive;
    case call_priority::bulk: return mtproto::lane::bulk;
    case call_priority::normal: break;
  }
  return mtproto::lane::normal;
}

/// How the schema says that a call is to be treated.
mtproto::request_options traits_of(bytes_view body) {
  auto const traits = tl::traits_of_call(body);
  return {.compressible = traits.compressible, .repeatable = traits.repeatable};
}

/// What a connection is given that says invokeWithoutUpdates before every call.
slice without_first_wrapper(raw_request const& request, slice body) {
  constexpr std::size_t size = sizeof tl::invokeWithoutUpdates::tl_id;
  return request.without_updates ? body.part(size, body.size() - size) : body;
}

/// The body with a token of reCAPTCHA in the place of the one before, whose size on the wire is
/// `before`. invokeWithoutUpdates stays the first wrapper.
slice with_token(raw_request const& request, slice const& body, std::size_t before,
                 bytes_view token) {
  auto const head = request.without_updates ? sizeof tl::invokeWithoutUpdates::tl_id : 0;
  bytes out;
  out.reserve(body.size() - before + token.size());
  append(out, bytes_view(body).first(head));
  append(out, token);
  append(out, bytes_view(body).subspan(head + before));
  return out;
}

/// How long a call is repeated for by itself.
retry_options retries_of(raw_request const& request, retry_options const& usual) {
  if (!request.reports_refusals) return usual;
  return {.flood_budget = duration(), .server_error_budget = duration()};
}

/// What whoever repeats requests by themselves wants to know.
bool is_reported(raw_request const& request, rpc_failure const& why) {
  return request.reports_refusals &&
         (asks_to_wait(why) || class_of(why) == refusal_class::move_request);
}

bytes with_wrappers(bytes wrappers, bytes body) {
  if (wrappers.empty()) return body;
  append(wrappers, body);
  return wrappers;
}

/// The whole of a request. Errors: mtp::error with client_errc::encode.
slice body_of(raw_request& request) {
  if (!request.shared_body.empty()) return std::move(request.shared_body);
  if (!request.body) throw error(make_error_code(client_errc::encode), request.body.error().text());
  request.moves = box_moved_by(*request.body);
  return slice(with_wrappers(std::move(request.wrappers), *std::move(request.body)));
}

[[noreturn]] void throw_failure(std::error_code why, std::string_view method) {
  if (why == client_errc::outcome_unknown) throw outcome_unknown(std::string(method));
  throw error(why, std::string(method));
}

}  // namespace

bool request_runner::goes_home(raw_request const& request) const {
  return (request.dc == 0 || request.dc == core_.addresses().home()) &&
         request.purpose == link_purpose::main;
}

net::call_options request_runner::options_for(raw_request const& request, bytes_view body) {
  net::call_options out;
  out.request = traits_of(body);
  out.request.repeatable = out.request.repeatable || request.repeatable;
  out.request.priority = lane_of(request.priority);
  out.order = request.order;
  if (request.moves) {
    out.on_answer = [&core = core_, box = *request.moves](slice const& answer) {
      core.updates().own_move(box, answer);
    };
  }
  if (!request.updates) return out;
  out.on_answer = [&core = core_, to = request.updates](slice const& answer) {
    to->value = tl::decode<tl::Updates>(answer);
    core.updates().own_result(*to);
  };
  return out;
}

/// Starts the call. What it takes is gone from here when the caller waits for it.
task<net::call_outcome> request_runner::call_on_link(net::link& link, raw_request const& request,
                                                     slice body) {
  auto options = options_for(request, body);
  return link.call(std::move(body), std::move(options));
}

/// Over a link of another data centre, or for another purpose.
task<> request_runner::try_elsewhere(raw_request const& request, slice body, attempt& into) {
  int const dc = request.dc == 0 ? core_.addresses().home() : request.dc;
  into.place = co_await core_.sides().take(dc, request.purpose);
  into.on = into.place.get();
  if (!into.on) co_return;
  slice rest = without_first_wrapper(request, std::move(body));
  auto call = call_on_link(*into.on, request, std::move(rest));
  into.outcome = co_await std::move(call);
}

/// From where the caller is to where the client is.
task<slice> request_runner::perform_there(std::shared_ptr<client_core> keep, raw_request& request) {
  auto const strand = core_.strand();
  auto there = perform(std::move(keep), std::move(request));
  slice answer = co_await on_strand(strand, std::move(there));
  co_return std::move(answer);
}

/// May begin anywhere, and goes on where the client is. What is rare has coroutines of its own: the
/// less this one holds, the less a call costs.
task<slice> request_runner::perform(std::shared_ptr<client_core> keep, raw_request request) {
  auto const here = co_await asio::this_coro::executor;
  if (here != core_.strand()) {
    slice answer = co_await perform_there(keep, request);
    co_return std::move(answer);
  }
  slice body = body_of(request);
  patience left{net::request_policy(retries_of(request, core_.config().retry)),
                net::login_policy(request.signs_in)};
  for (;;) {
    attempt result{.on = core_.home().now()};
    if (!goes_home(request)) {
      co_await try_elsewhere(request, body, result);
    } else {
      if (!result.on) result.on = co_await core_.home().current();
      auto call = call_on_link(*result.on, request, body);
      result.outcome = co_await std::move(call);
    }
    if (auto* answer = std::get_if<slice>(&result.outcome)) {
      core_.status().note(&lifecycle::on_answered, request.method);
      if (concerns_login(*answer)) co_await follow_login(core_, request, *answer);
      co_return std::move(*answer);
    }
    co_await on_unanswered(request, body, result, left);
  }
}

/// Ends when the request is worth another attempt, else throws.
task<> request_runner::on_unanswered(raw_request& request, slice& body, attempt& last,
                                     patience& left) {
  if (auto* failed = std::get_if<std::error_code>(&last.outcome))
    throw_failure(*failed, request.method);
  auto* refusal = std::get_if<net::refused>(&last.outcome);
  if (!refusal) co_return;  // the link was closed: there is another, or an error
  rpc_failure const why = parse_rpc_error(refusal->code, refusal->text, request.method);
  note_refusal(why, request, left.logins);
  bool const restored = co_await restore_login(why, request, last.on, left.logins);
  if (restored) co_return;
  last.place = net::pool::lease();  // others may use it while this one waits
  if (is_reported(request, why)) throw_rpc_error(why);
  if (class_of(why) == refusal_class::recaptcha) {
    co_await show_token(why, request, body, left);
    co_return;
  }
  auto const action = left.policy.refused(why);
  co_await follow(action, why, request, last.on);
}

/// Lets the program make a token of reCAPTCHA, and puts it around the request.
///
/// Errors: recaptcha_needed; what the program throws.
task<> request_runner::show_token(rpc_failure why, raw_request const& request, slice& body,
                                  patience& left) {
  constexpr std::uint32_t max_tokens = 3;
  auto const& make = core_.config().recaptcha;
  auto wanted = recaptcha_of(why);
  if (!make || !wanted || left.tokens == max_tokens) throw_rpc_error(std::move(why));
  wanted->refused = static_cast<int>(left.tokens++);
  auto making = make(*wanted);
  std::string made = co_await std::move(making);
  secret<std::string> const token(std::move(made));
  core_.running().throw_if_over();
  bytes const fresh = recaptcha_wrapper(token.reveal());
  body = with_token(request, body, left.token_size, fresh);
  left.token_size = static_cast<std::uint32_t>(fresh.size());
}

net::login_policy::situation request_runner::situation_of(raw_request const& request) const {
  return {.elsewhere = request.dc != 0 && request.dc != core_.addresses().home(),
          .knows_account = core_.state().self.has_value(),
          .has_token = core_.account().has_token()};
}

/// What a refusal says of the account.
void request_runner::note_refusal(rpc_failure const& why, raw_request const& request,
                                  net::login_policy const& policy) {
  if (class_of(why) == refusal_class::frozen)
    core_.status().note(&lifecycle::on_frozen, request.method, reason_of(why));
  if (policy.signs_out(why, situation_of(request)))
    core_.status().note(&lifecycle::on_signed_out, rpc_error(why).code());
}

/// True when a lost login was brought back, so that the request is worth another try.
task<bool> request_runner::restore_login(rpc_failure why, raw_request const& request,
                                         std::shared_ptr<net::link> on, net::login_policy& policy) {
  using remedy = net::login_policy::remedy;
  auto const what = policy.on_refused(why, situation_of(request));
  if (what == remedy::sign_in_there) {
    core_.keys().set_signed_in(request.dc, false);
    co_await core_.dc_logins().sign_in_at(request.dc, std::move(on));
  } else if (what == remedy::sign_in_again) {
    bool const led = co_await core_.account().sign_in_again();
    policy.on_signed_in_again(led);
  }
  co_return what != remedy::none;
}

/// Does what the policy wants before the request is repeated, or throws.
task<> request_runner::follow(net::request_policy::action action, rpc_failure why,
                              raw_request& request, std::shared_ptr<net::link> on) {
  using policy = net::request_policy;
  if (auto* elsewhere = std::get_if<policy::migrate>(&action);
      elsewhere && core_.addresses().knows(elsewhere->dc)) {
    core_.move_home(elsewhere->dc);
    co_return;
  }
  if (auto* there = std::get_if<policy::redirect>(&action);
      there && core_.addresses().knows(there->dc)) {
    request.dc = there->dc;
    co_return;
  }
  bool const repeat = co_await follow_in_place(action, why, std::move(on));
  if (!repeat) throw_rpc_error(std::move(why));
}

/// The part of it that leaves the request where it is. False when it is not worth another try.
task<bool> request_runner::follow_in_place(net::request_policy::action action, rpc_failure why,
                                           std::shared_ptr<net::link> on) {
  using policy = net::request_policy;
  bool repeat = true;
  if (auto* later = std::get_if<policy::retry>(&action)) {
    core_.log(log_level::info, why.name + ": the server wants the request again, later");
    co_await core_.running().pause(later->wait);
  } else if (std::holds_alternative<policy::init_connection>(action)) {
    on->require_init();
  } else if (std::holds_alternative<policy::renew_key>(action)) {
    core_.log(log_level::warning, why.name + ": the key is used by somebody else");
    if (on->id().dc == core_.addresses().home()) core_.status().note(&lifecycle::on_key_duplicated);
    on->renew_key();
  } else {
    repeat = false;
  }
  co_return repeat;
}

/// One call on a link that is being set up: what the server refuses for now is repeated there.
///
/// Errors: rpc_error, outcome_unknown, what ended the link.
task<slice> request_runner::call_on(std::shared_ptr<net::link> link, bytes body,
                                    std::string_view method) {
  net::request_policy policy(core_.config().retry);
  net::call_options options;
  options.request = traits_of(body);
  slice const whole(std::move(body));
  for (;;) {
    net::call_outcome outcome = co_await link->call(whole, options);
    if (auto* const answer = std::get_if<slice>(&outcome)) co_return std::move(*answer);
    if (auto* const failed = std::get_if<std::error_code>(&outcome)) throw_failure(*failed, method);
    auto* const refusal = std::get_if<net::refused>(&outcome);
    if (!refusal) throw error(make_error_code(client_errc::closed));
    rpc_failure const why = parse_rpc_error(refusal->code, refusal->text, method);
    auto const action = policy.refused(why);
    bool const repeat = co_await follow_in_place(action, why, link);
    if (!repeat) throw_rpc_error(why);
  }
}

task<slice> request_runner::exchange(raw_request request) {
  auto const timeout = request.timeout;
  auto work = perform(core_.shared_from_this(), std::move(request));
  if (!timeout) return work;
  work = with_timeout(core_.world(), std::move(work), *timeout);
  return on_strand(core_.strand(), std::move(work));
}

namespace {

task<received<tl::Updates>> shared_answer(task<slice> call, std::shared_ptr<updates_answer> shared,
                                          std::string_view method) {
  slice const body = co_await std::move(call);
  if (!shared->value) throw_unreadable(shared->value.error(), method);
  co_return *std::move(shared->value);
}

}  // namespace

task<received<tl::Updates>> request_runner::exchange_updates(raw_request request) {
  auto shared = std::make_shared<updates_answer>();
  request.updates = shared;
  auto const method = request.method;
  return shared_answer(exchange(std::move(request)), std::move(shared), method);
}

}  // namespace mtp::MTP_ABI::detail
