// SPDX-License-Identifier: MIT OR Apache-2.0
#include "client/client_core.hpp"

#include "client/introduction.hpp"
#include "client/on_strand.hpp"
#include "client/peers.hpp"

#include <mtp/core/error.hpp>
#include <mtp/crypto/known_keys.hpp>

#include <asio/dispatch.hpp>
#include <asio/post.hpp>
#include <asio/this_coro.hpp>

#include <utility>

namespace mtp::detail {
namespace {

std::shared_ptr<session_store> store_of(client_config const& config) {
  if (config.store) return config.store;
  return config.session.empty() ? memory_session() : file_session(config.session);
}

client_config checked(client_config config) {
  auto const problem = problem_of(config);
  if (problem) throw error(make_error_code(client_errc::bad_config), *problem);
  return config;
}

std::vector<crypto::rsa_public_key> trusted_keys(client_config const& config) {
  if (config.server_keys.empty())
    return config.environment == dc_environment::test ? crypto::test_keys()
                                                      : crypto::production_keys();
  std::vector<crypto::rsa_public_key> keys;
  for (auto const& pem : config.server_keys) keys.push_back(*crypto::rsa_public_key::from_pem(pem));
  return keys;
}

std::vector<stored_salt> to_stored(std::vector<mtproto::server_salt> const& salts) {
  std::vector<stored_salt> out;
  for (auto const& s : salts) out.push_back({s.salt, s.valid_since, s.valid_until});
  return out;
}

mtproto::client_session_state session_of(stored_dc const& dc) {
  mtproto::client_session_state out;
  out.time_offset = dc.time_offset;
  for (auto const& s : dc.salts) out.salts.push_back({s.salt, s.valid_since, s.valid_until});
  return out;
}

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
constexpr int most_sign_ins = 3;

}  // namespace

client_core::client_core(asio::any_io_executor executor, client_config config)
    : config_(checked(std::move(config))),
      world_(config_.surroundings ? *config_.surroundings : real_environment()),
      strand_(asio::make_strand(executor)),
      keeper_(world_, strand_, store_of(config_), config_.log),
      engine_(*this),
      introduction_(introduction_of(config_)),
      link_changed_(world_, strand_),
      moved_(world_, strand_),
      stop_(world_, strand_),
      signed_in_again_(world_, strand_) {}

void client_core::tell(log_level level, std::string_view text) const {
  if (config_.log) config_.log(level, text);
}

// --- Life ---------------------------------------------------------------------------------------

task<> client_core::run() { return on_strand(strand_, run_here(shared_from_this())); }

task<> client_core::run_here([[maybe_unused]] std::shared_ptr<client_core> self) {
  if (std::exchange(started_, true)) throw std::logic_error("a client runs once");
  waiting const here(*this);
  std::exception_ptr failed;
  try {
    if (!close_wanted_) {
      co_await keeper_.open();
      co_await run_parts();
    }
  } catch (...) {
    failed = std::current_exception();
  }
  auto const now = co_await asio::this_coro::cancellation_state;
  bool const cancelled = now.cancelled() != asio::cancellation_type::none;
  if (!cancelled) failure_ = failed;  // else the others were not cancelled: the client is closed
  bool const throws = co_await asio::this_coro::throw_if_cancelled();
  co_await asio::this_coro::throw_if_cancelled(false);
  co_await finish();
  co_await asio::this_coro::throw_if_cancelled(throws);
  if (failure_) std::rethrow_exception(failure_);
  if (failed) std::rethrow_exception(failed);
}

task<> client_core::run_parts() {
  auto const start = [this](task_scope& scope) {
    scope.spawn(run_home());
    scope.spawn(keeper_.run());
    scope.spawn(engine_.run());
    scope.spawn(watch(stop_, scope));
  };
  co_await task_scope::run(strand_, start);
}

/// Cancels the scope it is in when `what` happens.
task<> client_core::watch(event& what, task_scope& scope) {
  co_await what.wait();
  scope.cancel();
}

/// Everything that waits ends.
void client_core::end_operations() {
  over_ = true;
  link_.reset();
  link_changed_.notify();
  for (auto* pause : pauses_) pause->notify();
  engine_.end(failure_);
}

task<> client_core::finish() {
  end_operations();
  try {
    co_await keeper_.flush();
  } catch (...) {
    if (!failure_) failure_ = std::current_exception();
  }
  keeper_.close();
}

client_core::waiting::waiting(client_core& core) : count_(core.waiting_) {
  ++count_;
  core.heed_early_close();
}

/// Of a client that was closed before it ran, nothing is to be waited for.
void client_core::heed_early_close() {
  if (close_wanted_ && !started_ && !over_) end_operations();
}

void client_core::close() {
  close_wanted_ = true;
  // What nobody waits for may have lost its loop. Who begins to wait now sees the wish himself.
  if (waiting_ == 0) return;
  asio::post(strand_, [self = shared_from_this()] {
    self->stop_.notify();
    self->heed_early_close();
  });
}

void client_core::open_updates() {
  if (stream_open_.exchange(true)) throw std::logic_error("a stream of updates is open already");
  asio::dispatch(strand_, [self = shared_from_this()] { self->engine_.open(); });
}

/// Only a mark: a stream may end while the loop itself is being destroyed.
void client_core::close_updates() noexcept { stream_open_ = false; }

void client_core::end_updates() {
  asio::post(strand_, [self = shared_from_this()] { self->engine_.end(nullptr); });
}

void client_core::throw_if_over() const {
  if (!over_) return;
  if (failure_) std::rethrow_exception(failure_);
  throw client_closed();
}

// --- The home data centre -----------------------------------------------------------------------

address_book const& client_core::addresses() const {
  return config_.addresses.empty() ? builtin_addresses(config_.environment) : config_.addresses;
}

int client_core::home_dc() const {
  auto const& book = addresses();
  if (book.contains(state().home_dc)) return state().home_dc;
  if (config_.first_dc != 0) return config_.first_dc;
  return book.contains(2) ? 2 : book.begin()->first;
}

std::shared_ptr<net::link> client_core::make_link() {
  int const dc = home_dc();
  net::link_options options;
  options.dc = dc;
  options.wire_dc = dc + (config_.environment == dc_environment::test ? 10000 : 0);
  options.endpoints = addresses().at(dc);
  options.trusted = trusted_keys(config_);
  options.connection = config_.connection;
  options.stood_before = stood_once_;
  net::link_listener& listener = *this;
  auto made =
      std::make_shared<net::link>(world_, strand_, std::move(options), config_.log, listener);
  auto const stored = state().dcs.find(dc);
  if (stored == state().dcs.end()) return made;
  auto key = crypto::auth_key::left_padded(stored->second.auth_key.reveal());
  if (key && !stored->second.auth_key.reveal().empty())
    made->resume(*std::move(key), session_of(stored->second));
  return made;
}

task<> client_core::run_home() {
  for (;;) {
    auto const link = make_link();
    link_ = link;
    introduced_ = false;
    link_changed_.notify();
    auto const start = [&](task_scope& scope) {
      scope.spawn(link->run());
      scope.spawn(watch(moved_, scope));
    };
    std::exception_ptr failed;
    try {
      co_await task_scope::run(strand_, start);
    } catch (...) {
      failed = std::current_exception();
    }
    if (link_ == link) link_.reset();
    link->close();  // its calls go on with the next link, or end
    if (failed) std::rethrow_exception(failed);
  }
}

void client_core::move_home(int dc) {
  if (dc == home_dc()) return;
  link_.reset();  // calls wait for the next
  tell(log_level::info, "the account belongs to another data centre; going there");
  session_change change;
  change.home_dc = dc;
  keeper_.change(std::move(change));
  moved_.notify();
}

task<> client_core::keep_key(crypto::auth_key key, mtproto::client_session_state state) {
  stored_dc dc;
  dc.auth_key = bytes(key.data().begin(), key.data().end());
  dc.time_offset = state.time_offset;
  dc.salts = to_stored(state.salts);
  session_change change;
  change.home_dc = home_dc();
  change.dcs[home_dc()] = std::move(dc);
  keeper_.change(std::move(change));
  co_await keeper_.flush();
}

void client_core::keep_state(mtproto::client_session_state state) {
  auto const known = this->state().dcs.find(home_dc());
  if (known == this->state().dcs.end()) return;
  stored_dc dc = known->second;
  dc.time_offset = state.time_offset;
  dc.salts = to_stored(state.salts);
  session_change change;
  change.dcs[home_dc()] = std::move(dc);
  keeper_.change(std::move(change));
}

void client_core::key_lost() {
  session_change change;
  change.dcs[home_dc()] = std::nullopt;
  keeper_.change(std::move(change));
  introduced_ = false;
  engine_.may_have_missed();
}

void client_core::connected() {
  stood_once_ = true;
  introduced_ = false;
}

void client_core::session_created() { engine_.may_have_missed(); }

void client_core::meet(tl::list<tl::User> const& users, tl::list<tl::Chat> const& chats) {
  keeper_.change(new_peers(users, chats, state()));
}

tl::Peer client_core::self_peer() const {
  return state().self ? to_tl({peer_kind::user, state().self->id}) : tl::Peer();
}

// --- Requests -----------------------------------------------------------------------------------

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

/// The connection may not know this client yet: then the request goes with an introduction, until
/// one such request was answered.
task<net::call_outcome> client_core::try_once(raw_request const& request, bytes const& body) {
  auto const link = co_await current_link();
  net::call_options options;
  options.gives_updates = request.gives_updates;
  if (introduced_) {
    auto outcome = co_await link->call(body, options);
    co_return outcome;
  }
  bytes whole = introduction_;
  append(whole, body);
  auto outcome = co_await link->call(whole, options);
  bool const answered = std::holds_alternative<bytes>(outcome);
  if (answered && link == link_) introduced_ = true;
  co_return outcome;
}

task<bytes> client_core::perform([[maybe_unused]] std::shared_ptr<client_core> self,
                                 raw_request request) {
  if (!request.body) throw error(make_error_code(client_errc::encode), request.body.error().text());
  bytes const body = *std::move(request.body);
  net::request_policy policy(config_.retry);
  int sign_ins = request.signs_in ? 0 : most_sign_ins;
  for (;;) {
    net::call_outcome outcome = co_await try_once(request, body);
    if (auto* answer = std::get_if<bytes>(&outcome)) co_return std::move(*answer);
    if (auto* failed = std::get_if<std::error_code>(&outcome))
      throw error(*failed, std::string(request.method));
    auto* refusal = std::get_if<net::refused>(&outcome);
    if (!refusal) continue;  // the link was closed: there is another, or an error
    rpc_failure const why = parse_rpc_error(refusal->code, refusal->text, request.method);
    if (sign_ins > 0 && signs_in_again(why)) {
      // Who waited for another's login may find that it came to nothing.
      bool const led = co_await sign_in_again();
      sign_ins = led ? 0 : sign_ins - 1;
      continue;
    }
    auto const action = policy.refused(why);
    co_await follow(action, why);
  }
}

/// Does what the policy wants before the request is repeated, or throws.
task<> client_core::follow(net::request_policy::action action, rpc_failure why) {
  using policy = net::request_policy;
  if (auto* later = std::get_if<policy::retry>(&action)) {
    tell(log_level::info, why.name + ": the server wants the request again, later");
    co_await pause(later->wait);
  } else if (auto* elsewhere = std::get_if<policy::migrate>(&action);
             elsewhere && addresses().contains(elsewhere->dc)) {
    move_home(elsewhere->dc);
  } else if (std::holds_alternative<policy::introduce>(action)) {
    introduced_ = false;
  } else if (std::holds_alternative<policy::renew_key>(action)) {
    tell(log_level::warning, why.name + ": the key is used by somebody else");
    introduced_ = false;
    if (link_) link_->renew_key();
  } else {
    throw_rpc_error(std::move(why));
  }
}

task<bytes> client_core::exchange(raw_request request) {
  return on_strand(strand_, perform(shared_from_this(), std::move(request)));
}

}  // namespace mtp::detail
