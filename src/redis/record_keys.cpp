// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The keys of an account, version 1: "lease" is a hash with the version, the number of the lease
// and who holds it; "values:N" is a hash with the records of space N, "ids:N" a sorted set of their
// ids, all with the same score, so that they are in the order of their bytes.
#include "redis/record_keys.hpp"

#include "storage/this_process.hpp"

#include <mtp/core/error.hpp>

#include <algorithm>
#include <charconv>
#include <limits>
#include <utility>

namespace mtp::MTP_ABI::redis {
namespace {

constexpr std::size_t max_account = 255;
constexpr std::size_t values_at_once = 500;
constexpr char const* newest_version = "1";

/// Takes the lease when nobody listens to the channel of its number.
constexpr char const* claim_script = R"(
local function note(name) return redis.call('HGET', KEYS[1], name) or '' end
if tonumber(note('version')) and tonumber(note('version')) > tonumber(ARGV[2]) then
  return {'newer'}
end
local fence = tonumber(note('fence')) or 0
local listening = redis.call('PUBSUB', 'NUMSUB', ARGV[1] .. string.format('%d', fence))
if tonumber(listening[2]) > 0 then
  return {'held', note('fence'), note('host'), note('process'), note('since')}
end
redis.call('HSET', KEYS[1], 'version', ARGV[2], 'host', ARGV[3], 'process', ARGV[4], 'since', ARGV[5])
return {'taken', redis.call('HINCRBY', KEYS[1], 'fence', 1)}
)";

/// Changes the lease, if it is still ours: a transaction that a broken connection left behind and
/// that watches it is not executed then.
constexpr char const* resume_script = R"(
if redis.call('HGET', KEYS[1], 'fence') ~= ARGV[1] then return 0 end
redis.call('HINCRBY', KEYS[1], 'connections', 1)
return 1
)";

constexpr char const* release_script = R"(
if redis.call('HGET', KEYS[1], 'fence') ~= ARGV[1] then return 0 end
return redis.call('HDEL', KEYS[1], 'host', 'process', 'since')
)";

bytes copied(bytes_view from) { return bytes(from.begin(), from.end()); }

template <class Integer>
Integer number_in(std::string const& text) {
  Integer value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

store_holder holder_in(answer const& said) {
  auto const since = std::chrono::seconds(number_in<std::int64_t>(said.at(4).text()));
  return {.host = said.at(2).text(),
          .process = number_in<std::int64_t>(said.at(3).text()),
          .since = std::chrono::system_clock::time_point(since),
          .fence = number_in<std::uint64_t>(said.at(1).text())};
}

std::string place_of(redis_options const& to, std::string const& account) {
  auto const server = to.path.empty() ? to.host + ":" + std::to_string(to.port) : to.path;
  return "account " + account + " of redis://" + server;
}

}  // namespace

record_keys::record_keys(redis_options to, std::string const& account)
    : to_(std::move(to)), prefix_("mtp:{" + account + "}:"), place_(place_of(to_, account)) {
  bool const good =
      !account.empty() && account.size() <= max_account && account.find('\0') == std::string::npos;
  if (!good)
    throw error(make_error_code(client_errc::bad_argument),
                "the name of an account has 1 to 255 bytes, none of them zero");
}

std::string record_keys::values_of(record_space space) const {
  return prefix_ + "values:" + std::to_string(static_cast<int>(space));
}

std::string record_keys::ids_of(record_space space) const {
  return prefix_ + "ids:" + std::to_string(static_cast<int>(space));
}

std::string record_keys::channel() const { return prefix_ + "holder:" + std::to_string(fence_); }

void record_keys::lose() {
  lost_ = true;
  links_.reset();
  throw store_error(client_errc::lease_lost, place_);
}

// --- The lease

store_lease record_keys::open(std::chrono::system_clock::time_point now) {
  links_.emplace(to_, place_);
  lost_ = false;
  try {
    claim(links_->commands, now);
    listen(links_->lease);
    // Somebody may have come before it listened, and taken it.
    if (!is_ours(links_->commands)) throw store_in_use(place_, {});
  } catch (...) {
    links_.reset();
    throw;
  }
  return {.fence = fence_};
}

void record_keys::claim(link& at, std::chrono::system_clock::time_point now) {
  auto const self = detail::this_process(now, 0);
  auto const lease = prefix_ + "lease";
  auto const channels = prefix_ + "holder:";
  auto const process = std::to_string(self.process);
  auto const since =
      std::to_string(std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()).count());
  understand(at.run(
      {"EVAL", claim_script, "1", lease, channels, newest_version, self.host, process, since}));
}

void record_keys::understand(answer const& said) {
  auto const what = said.at(0).text();
  if (what == "newer") throw store_error(client_errc::newer_store, place_);
  if (what == "held") throw store_in_use(place_, holder_in(said));
  fence_ = number_in<std::uint64_t>(said.at(1).text());
  if (what != "taken" || fence_ == 0) throw store_error(client_errc::bad_session_file, place_);
}

void record_keys::listen(link& at) const { at.run({"SUBSCRIBE", channel()}); }

bool record_keys::is_ours(link& at) const {
  auto const lease = prefix_ + "lease";
  return at.run({"HGET", lease, "fence"}).text() == std::to_string(fence_);
}

/// The connection for commands; both are made anew when one of them broke.
link& record_keys::ready() {
  if (lost_) lose();
  if (!links_ || !links_->commands.is_quiet() || !links_->lease.is_quiet()) resume();
  return links_->commands;
}

void record_keys::resume() {
  links_.reset();
  links_.emplace(to_, place_);
  try {
    listen(links_->lease);
    auto const lease = prefix_ + "lease";
    auto const fence = std::to_string(fence_);
    auto const said = links_->commands.run({"EVAL", resume_script, "1", lease, fence});
    if (said.text() != "1") lose();
  } catch (...) {
    links_.reset();
    throw;
  }
}

void record_keys::close() {
  if (!links_) return;
  auto held = std::move(links_);
  links_.reset();
  if (lost_ || !held->commands.is_quiet() || !held->lease.is_quiet()) return;  // it is free already
  auto const lease = prefix_ + "lease";
  auto const fence = std::to_string(fence_);
  held->commands.run({"EVAL", release_script, "1", lease, fence});
  held->lease.run({"UNSUBSCRIBE", channel()});  // the answer says that it is free
}

// --- Records

std::optional<bytes> record_keys::get(record_key const& key) {
  auto& at = ready();
  auto const values = values_of(key.space);
  auto const found = at.run({"HGET", values, as_text(key.id)});
  if (found.is_nothing()) return {};
  return copied(found.blob());
}

std::vector<record> record_keys::scan(record_range const& range) {
  auto& at = ready();
  auto const bounds = detail::bounds_of(range);
  auto const from = "[" + std::string(as_text(bounds.from));
  auto const below = bounds.below ? "(" + std::string(as_text(*bounds.below)) : std::string("+");
  constexpr std::size_t most = std::numeric_limits<std::int32_t>::max();
  auto const limit = std::to_string(std::min(range.limit, most));
  auto const ids = ids_of(range.space);
  auto const found = at.run({"ZRANGEBYLEX", ids, from, below, "LIMIT", "0", limit});
  std::vector<record> out;
  read_values(at, range.space, found, out);
  return out;
}

void record_keys::read_values(link& at, record_space space, answer const& ids,
                              std::vector<record>& out) const {
  auto const values = values_of(space);
  for (std::size_t done = 0; done < ids.size(); done += values_at_once) {
    auto const end = std::min(ids.size(), done + values_at_once);
    words command{"HMGET", values};
    for (auto i = done; i < end; ++i) command.push_back(as_text(ids.at(i).blob()));
    auto const found = at.run(command);
    for (auto i = done; i < end; ++i) {
      auto const value = found.at(i - done);
      if (value.is_nothing()) throw store_error(client_errc::bad_session_file, place_);
      out.emplace_back(copied(ids.at(i).blob()), copied(value.blob()));
    }
  }
}

/// The lease is watched: when it changes before all is executed, nothing is.
void record_keys::commit(write_batch const& batch, durability) {
  auto const effect = detail::effect_of(batch);
  auto& at = ready();
  auto const lease = prefix_ + "lease";
  at.run({"WATCH", lease});
  if (!is_ours(at)) lose();
  std::size_t commands = 0;
  at.send({"MULTI"});
  queue(at, effect, commands);
  at.send({"EXEC"});
  execute(at, commands);
}

void record_keys::queue(link& at, detail::batch_effect const& effect, std::size_t& commands) const {
  auto const add = [&](words const& command) { at.send(command), ++commands; };
  for (auto const space : effect.cleared) add({"DEL", values_of(space), ids_of(space)});
  for (auto const* one : effect.erased) {
    add({"HDEL", values_of(one->space), as_text(one->id)});
    add({"ZREM", ids_of(one->space), as_text(one->id)});
  }
  for (auto const* one : effect.put) {
    add({"HSET", values_of(one->space), as_text(one->id), as_text(one->value)});
    add({"ZADD", ids_of(one->space), "0", as_text(one->id)});
  }
}

/// Reads all answers, also behind one that is an error: what comes next must not meet them.
void record_keys::execute(link& at, std::size_t commands) {
  std::optional<answer> refused;
  for (std::size_t i = 0; i < commands + 1; ++i) {
    auto const queued = at.receive();
    if (queued.is_error() && !refused) refused = queued;
  }
  auto const done = at.receive();
  if (refused) at.check(*refused);
  at.check(done);
  if (done.is_nothing()) lose();
  for (std::size_t i = 0; i < done.size(); ++i) at.check(done.at(i));
}

}  // namespace mtp::MTP_ABI::redis
