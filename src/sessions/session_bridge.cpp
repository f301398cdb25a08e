// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/sessions/session_bridge.hpp>

#include "sessions/failed.hpp"
#include "sessions/parts.hpp"

#include <mtp/core/environment.hpp>
#include <mtp/core/error.hpp>
#include <mtp/storage/account_store.hpp>
#include <mtp/storage/session_store.hpp>

#include <asio/this_coro.hpp>

#include <algorithm>
#include <limits>

namespace mtp::MTP_ABI {
namespace {

using namespace sessions;

constexpr std::uint16_t media_only_flag = 1 << 1;  // of dcOption

stored_dc to_stored(portable_dc const& dc) {
  stored_dc out{.auth_key = dc.auth_key, .time_offset = std::chrono::seconds(dc.time_offset)};
  constexpr auto never = std::numeric_limits<std::int32_t>::max();
  if (dc.salt != 0) out.salts = {{.salt = dc.salt, .valid_since = 0, .valid_until = never}};
  return out;
}

/// The first address that a connection for everything can be made to.
std::optional<stored_address> good_address(portable_dc const& dc) {
  auto const found = std::ranges::find_if(dc.addresses, [](portable_address const& one) {
    return !one.media_only && packed_address(one.host);
  });
  if (found == dc.addresses.end()) return {};
  return stored_address{.host = found->host, .port = found->port};
}

void put_dc(session_state& state, int number, portable_dc const& dc) {
  if (!dc.auth_key.reveal().empty()) state.dcs[number] = to_stored(dc);
  auto const address = good_address(dc);
  if (address) state.addresses[number].last_good = address;
}

portable_address to_portable(stored_address const& one) {
  return {.host = one.host, .port = one.port, .media_only = (one.flags & media_only_flag) != 0};
}

std::vector<portable_address> to_portable(stored_addresses const& all) {
  std::vector<portable_address> out;
  if (all.last_good) out.push_back(to_portable(*all.last_good));
  for (auto const& each : all.known) {
    auto one = to_portable(each);
    if (std::ranges::find(out, one) == out.end()) out.push_back(std::move(one));
  }
  return out;
}

portable_dc to_portable(stored_dc const& dc) {
  portable_dc out{.auth_key = dc.auth_key};
  if (!dc.salts.empty()) out.salt = dc.salts.front().salt;
  auto const offset = std::chrono::duration_cast<std::chrono::seconds>(dc.time_offset).count();
  out.time_offset = static_cast<std::int32_t>(offset);
  return out;
}

session_change all_of(session_state state) {
  session_change out;
  out.home_dc = state.home_dc;
  for (auto& [number, dc] : state.dcs) out.dcs[number] = std::move(dc);
  out.self = state.self;
  out.updates = state.updates;
  for (auto const& [channel, pts] : state.channel_pts) out.channel_pts[channel] = pts;
  out.access_hashes = std::move(state.access_hashes);
  out.addresses = std::move(state.addresses);
  for (auto const& [update, times] : state.attempts) out.attempts[update] = times;
  if (!state.login_tokens.empty()) out.login_tokens = std::move(state.login_tokens);
  return out;
}

std::shared_ptr<record_store> borrowed(record_store& store) {
  return {std::shared_ptr<void>(), &store};
}

/// Does `work` while the store is open here.
task<> while_open(record_store& store, task<> work) {
  auto const strand = co_await asio::this_coro::executor;
  co_await store.open(real_environment(), strand);
  std::exception_ptr failed;
  try {
    co_await std::move(work);
  } catch (...) {
    failed = std::current_exception();
  }
  bool const throws = co_await asio::this_coro::throw_if_cancelled();
  co_await asio::this_coro::throw_if_cancelled(false);
  co_await store.close();
  co_await asio::this_coro::throw_if_cancelled(throws);
  if (failed) std::rethrow_exception(failed);
}

task<> fill_open(record_store& store, std::unique_ptr<session_state const> state) {
  account_store account(borrowed(store));
  auto reading = export_session(account, std::string(client_consumer));
  auto const found = co_await std::move(reading);
  bool const empty = found == session_state{};
  if (!empty) throw error(make_error_code(client_errc::bad_argument), "the store is not empty");
  auto batch = import_session(*state, client_consumer);
  co_await account.commit(std::move(batch));
}

task<> read_open(record_store& store, std::shared_ptr<session_state> into) {
  account_store account(borrowed(store));
  auto reading = export_session(account, std::string(client_consumer));
  *into = co_await std::move(reading);
  if (into->dcs.empty())
    throw error(make_error_code(portable_errc::no_key), "the store holds no session");
  std::optional<peer_id> last;
  for (;;) {
    auto const page = co_await account.peers(last);
    if (page.empty()) co_return;
    for (auto const& one : page) into->access_hashes[one.id] = one.access_hash;
    last = page.back().id;
  }
}

task<session_state> read_all(record_store& store) {
  auto const out = std::make_shared<session_state>();
  auto work = while_open(store, read_open(store, out));
  co_await std::move(work);
  co_return std::move(*out);
}

/// Suspends nowhere between open() and close(), but where the store does.
task<> fill(session_store& store, std::unique_ptr<session_change> change) {
  auto const found = co_await store.open();
  bool const empty = found == session_state{};
  std::exception_ptr failed;
  try {
    if (!empty) throw error(make_error_code(client_errc::bad_argument), "the store is not empty");
    co_await store.commit(std::move(*change));
  } catch (...) {
    failed = std::current_exception();
  }
  store.close();
  if (failed) std::rethrow_exception(failed);
}

}  // namespace

result<session_state> to_anonymous_state(portable_session const& session) {
  if (auto const key = home_key(session); !key) return failure{key.error()};
  session_state out;
  out.home_dc = session.home_dc;
  for (auto const& [number, dc] : session.dcs) put_dc(out, number, dc);
  out.updates = session.updates;
  out.channel_pts = session.channel_pts;
  for (auto const& peer : session.peers) {
    if (peer.access_hash != 0) out.access_hashes[peer.id] = peer.access_hash;
  }
  return out;
}

result<session_state> to_session_state(portable_session const& session) {
  if (!session.self || !session.self->bot) return failed(portable_errc::no_user);
  auto out = to_anonymous_state(session);
  if (out) out->self = stored_self{.id = session.self->id, .bot = *session.self->bot};
  return out;
}

portable_session to_portable(session_state const& state) {
  portable_session out;
  out.home_dc = state.home_dc;
  for (auto const& [number, dc] : state.dcs) out.dcs[number] = to_portable(dc);
  for (auto const& [number, all] : state.addresses) out.dcs[number].addresses = to_portable(all);
  if (state.self) out.self = portable_self{.id = state.self->id, .bot = state.self->bot};
  out.updates = state.updates;
  out.channel_pts = state.channel_pts;
  for (auto const& [id, hash] : state.access_hashes)
    out.peers.push_back({.id = id, .access_hash = hash});
  return out;
}

task<> fill_store(record_store& store, session_state state) {
  auto work = fill_open(store, std::make_unique<session_state const>(std::move(state)));
  return while_open(store, std::move(work));
}

task<session_state> read_store(record_store& store) { return read_all(store); }

task<> fill_store(session_store& store, session_state state) {
  return fill(store, std::make_unique<session_change>(all_of(std::move(state))));
}

}  // namespace mtp::MTP_ABI
