// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The part of a client's core that performs requests: where, and what follows from refusals.
#include "client/client_core.hpp"
#include "client/on_strand.hpp"
#include "client/wrappers.hpp"
#include "net/call_order.hpp"

#include <mtp/core/error.hpp>
#include <mtp/core/timeout.hpp>
#include <mtp/tl/function_traits.hpp>

#include <asio/this_coro.hpp>

#include <utility>

namespace mtp::detail {
namespace {

/// In a list as long as it lives.
class listed {
 public:
  listed(std::list<event*>& all, event& one) : all_(all), place_(all.insert(all.end(), &one)) {}
  listed(listed const&) = delete;
  listed& operator=(listed const&) = delete;
  ~listed() { all_.erase(place_); }

 private:
  std::list<event*>& all_;
  std::list<event*>::iterator place_;
};

/// How often one request may wait for a login that another leads.
constexpr int max_sign_ins = 3;

bool lost_login(rpc_failure const& why) {
  return why.code == 401 && why.name != "SESSION_PASSWORD_NEEDED";
}

mtproto::lane lane_of(call_priority priority) {
  switch (priority) {
    case call_priority::interactive: return mtproto::lane::interactive;
    case call_priority::bulk: return mtproto::lane::bulk;
    case call_priority::normal: break;
  }
  return mtproto::lane::normal;
}

net::call_options options_of(raw_request const& request, bytes_view body) {
  auto const traits = tl::traits_of_call(body);
  net::call_options out;
  out.gives_updates = request.gives_updates;
  out.order = request.order;
  out.request.compressible = traits.compressible;
  out.request.repeatable = traits.repeatable || request.repeatable;
  out.request.priority = lane_of(request.priority);
  return out;
}

bytes with_wrappers(bytes wrappers, bytes body) {
  if (wrappers.empty()) return body;
  append(wrappers, body);
  return wrappers;
}

[[noreturn]] void throw_failure(std::error_code why, std::string_view method) {
  if (why == client_errc::outcome_unknown) throw outcome_unknown(std::string(method));
  throw error(why, std::string(method));
}

}  // namespace

/// Does not outlast the client.
task<> client_core::pause(duration span) {
  event end(world_, strand_);
  listed const here(pauses_, end);
  if (!over_) co_await end.wait_until(world_.now().steady + span);
  throw_if_over();
}

task<std::shared_ptr<net::link>> client_core::current_link() {
  waiting const here(*this);
  throw_if_over();
  while (!link_) {
    co_await link_changed_.wait_next();
    throw_if_over();
  }
  co_return link_;
}

task<> client_core::opened() { auto const link = co_await current_link(); }

bool client_core::goes_home(raw_request const& request) const {
  return (request.dc == 0 || request.dc == home_dc()) && request.purpose == link_purpose::main;
}

/// Over a link of another data centre, or for another purpose.
task<client_core::tried> client_core::try_elsewhere(raw_request const& request, slice body,
                                                    net::call_options options) {
  int const dc = request.dc == 0 ? home_dc() : request.dc;
  auto const lease = co_await lease_link(dc, request.purpose);
  tried out{.on = lease.get()};
  if (!out.on) co_return out;
  out.outcome = co_await out.on->call(std::move(body), std::move(options));
  co_return out;
}

/// May begin anywhere, and goes on where the client is.
task<slice> client_core::perform(std::shared_ptr<client_core> self, raw_request request) {
  auto const here = co_await asio::this_coro::executor;
  if (here != strand_) {
    auto there = perform(self, std::move(request));
    slice answer = co_await on_strand(strand_, std::move(there));
    co_return std::move(answer);
  }
  if (!request.body) throw error(make_error_code(client_errc::encode), request.body.error().text());
  slice const body(with_wrappers(std::move(request.wrappers), *std::move(request.body)));
  net::request_policy policy(config_.retry);
  int logins = request.signs_in ? 0 : max_sign_ins;
  for (;;) {
    tried result{.on = link_};
    auto options = options_of(request, body);
    if (!goes_home(request)) {
      result = co_await try_elsewhere(request, body, std::move(options));
    } else {
      if (over_ || !link_) result.on = co_await current_link();
      result.outcome = co_await result.on->call(body, std::move(options));
    }
    if (auto* answer = std::get_if<slice>(&result.outcome)) co_return std::move(*answer);
    if (auto* failed = std::get_if<std::error_code>(&result.outcome))
      throw_failure(*failed, request.method);
    auto* refusal = std::get_if<net::refused>(&result.outcome);
    if (!refusal) continue;  // the link was closed: there is another, or an error
    rpc_failure const why = parse_rpc_error(refusal->code, refusal->text, request.method);
    note_refusal(why, request);
    auto const left = co_await restore_login(why, request.dc, result.on, logins);
    logins = left.value_or(logins);
    if (left) continue;
    auto const action = policy.refused(why);
    co_await follow(action, why, request, result.on);
  }
}

/// When a lost login was brought back, so that the request is worth another try: how often that may
/// happen again.
task<std::optional<int>> client_core::restore_login(rpc_failure why, int dc,
                                                    std::shared_ptr<net::link> on, int attempts) {
  if (attempts <= 0 || !lost_login(why)) co_return std::nullopt;
  if (dc != 0 && dc != home_dc() && state().self) {
    set_signed_in_at(dc, false);
    co_await sign_in_at(dc, std::move(on));
    co_return 0;
  }
  if (!signs_in_again(why)) co_return std::nullopt;
  // Who waited for another's login may find that it came to nothing.
  bool const led = co_await sign_in_again();
  co_return led ? 0 : attempts - 1;
}

/// Does what the policy wants before the request is repeated, or throws.
task<> client_core::follow(net::request_policy::action action, rpc_failure why,
                           raw_request& request, std::shared_ptr<net::link> on) {
  using policy = net::request_policy;
  if (auto* later = std::get_if<policy::retry>(&action)) {
    tell(log_level::info, why.name + ": the server wants the request again, later");
    co_await pause(later->wait);
  } else if (auto* elsewhere = std::get_if<policy::migrate>(&action);
             elsewhere && knows_dc(elsewhere->dc)) {
    move_home(elsewhere->dc);
  } else if (auto* there = std::get_if<policy::redirect>(&action); there && knows_dc(there->dc)) {
    request.dc = there->dc;
  } else if (std::holds_alternative<policy::introduce>(action)) {
    on->require_init();
  } else if (std::holds_alternative<policy::renew_key>(action)) {
    tell(log_level::warning, why.name + ": the key is used by somebody else");
    on->renew_key();
  } else {
    throw_rpc_error(std::move(why));
  }
}

task<slice> client_core::exchange(raw_request request) {
  auto const timeout = request.timeout;
  auto work = perform(shared_from_this(), std::move(request));
  if (!timeout) return work;
  work = with_timeout(world_, std::move(work), *timeout);
  return on_strand(strand_, std::move(work));
}

}  // namespace mtp::detail
