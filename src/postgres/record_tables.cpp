// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The lease is an advisory lock of the session, named by the table of accounts and the number of
// the account. The fence is read in each transaction, so that a session which lost the lock without
// noticing writes nothing either.
#include "postgres/record_tables.hpp"

#include "postgres/tables.hpp"
#include "storage/this_process.hpp"

#include <algorithm>
#include <exception>
#include <limits>
#include <utility>

namespace mtp::MTP_ABI::postgres {
namespace {

/// The lock has two numbers: the table of accounts, and the account.
constexpr char const* try_lock = "select pg_try_advisory_lock($1::int4, $2::int4)";
constexpr char const* wait_for_lock = "select pg_advisory_lock($1::int4, $2::int4)";
constexpr char const* unlock = "select pg_advisory_unlock($1::int4, $2::int4)";

constexpr char const* claim_account = R"(
update mtp_accounts set fence = fence + 1, host = $2::text, process = $3::int8, since = $4::int8
where number = $1::int4 returning fence
)";

constexpr char const* forget_holder =
    "update mtp_accounts set process = 0 where number = $1::int4 and fence = $2::int8";

constexpr char const* end_session = R"(
select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted
  and objid = $1::int4::oid and objsubid = 2 and pid = $2::int4
)";

constexpr char const* read_page = R"(
select id, value from mtp_records where account = $1::int4 and space = $2::int4
  and id >= $3::bytea and ($4::bytea is null or id < $4::bytea) order by id limit $5::int8
)";

constexpr char const* clear_spaces =
    "delete from mtp_records where account = $1::int4 and space = any ($2::int2[])";

constexpr char const* erase_records = R"(
delete from mtp_records using unnest($2::int2[], $3::bytea[]) as gone (space, id)
where account = $1::int4 and mtp_records.space = gone.space and mtp_records.id = gone.id
)";

constexpr char const* put_records = R"(
insert into mtp_records select $1::int4, * from unnest($2::int2[], $3::bytea[], $4::bytea[])
on conflict (account, space, id) do update set value = excluded.value
)";

bytes copied(bytes_view from) { return bytes(from.begin(), from.end()); }

std::int16_t number_of(record_space space) { return static_cast<std::int16_t>(space); }

/// Spaces, ids and values of writes, each as an array.
struct columns {
  explicit columns(std::vector<record_write const*> const& from) {
    for (auto const* one : from) {
      spaces.push_back(number_of(one->space));
      ids.emplace_back(one->id);
      values.emplace_back(one->value);
    }
  }

  std::vector<std::int16_t> spaces = {};
  std::vector<bytes_view> ids = {};
  std::vector<bytes_view> values = {};
};

}  // namespace

parameters record_tables::account() const {
  parameters out;
  out.int4(number_);
  return out;
}

parameters record_tables::lock_name() const {
  parameters out;
  out.int4(table_).int4(number_);
  return out;
}

void record_tables::lose() {
  lost_ = true;
  connection_.reset();
  throw store_error(client_errc::lease_lost, to_.place());
}

// --- The lease

store_lease record_tables::open(std::chrono::system_clock::time_point now) {
  connection at(to_, how_);
  prepare_session(at, how_.vanished);
  create_tables(at, to_.place());
  table_ = number_of_table(at);
  number_ = number_of_account(at, to_.account());
  if (!lock(at)) throw store_in_use(to_.place(), holder_of(at));
  claim(at, now);
  connection_.emplace(std::move(at));
  server_process_ = connection_->server_process();
  lost_ = owes_ = false;
  return {.fence = fence_};
}

bool record_tables::lock(connection& at) const {
  return at.run(try_lock, lock_name()).integer(0, 0) != 0;
}

std::uint64_t record_tables::fence_of(connection& at) const {
  auto const found = at.run("select fence from mtp_accounts where number = $1::int4", account());
  return static_cast<std::uint64_t>(found.integer(0, 0));
}

store_holder record_tables::holder_of(connection& at) const {
  auto const found = at.run(
      "select host, process, since, fence from mtp_accounts where number = $1::int4", account());
  auto const since = std::chrono::seconds(found.integer(0, 2));
  return {.host = found.text(0, 0),
          .process = found.integer(0, 1),
          .since = std::chrono::system_clock::time_point(since),
          .fence = static_cast<std::uint64_t>(found.integer(0, 3))};
}

void record_tables::claim(connection& at, std::chrono::system_clock::time_point now) {
  auto const self = detail::this_process(now, 0);
  auto const since = std::chrono::floor<std::chrono::seconds>(now.time_since_epoch());
  auto with = account();
  with.text(self.host).int8(self.process).int8(since.count());
  auto const claimed = at.run(claim_account, with);
  fence_ = static_cast<std::uint64_t>(claimed.integer(0, 0));
}

/// The connection, made anew when it broke.
connection& record_tables::ready() {
  if (lost_) lose();
  if (!connection_ || !connection_->is_usable()) {
    connection_.reset();
    connection_.emplace(resume());
    server_process_ = connection_->server_process();
  }
  return *connection_;
}

/// Takes the lock again and makes sure that nobody had it meanwhile.
connection record_tables::resume() {
  connection at(to_, how_);
  prepare_session(at, how_.vanished);
  if (!lock(at)) {
    if (!end_ghost(at)) lose();
    at.run(wait_for_lock, lock_name());
  }
  if (fence_of(at) != fence_) lose();
  return at;
}

/// The server may not know yet that our connection of before is gone. With the lock it gives up
/// whatever it was about to commit.
bool record_tables::end_ghost(connection& at) const {
  auto with = account();
  with.int4(server_process_);
  return at.run(end_session, with).size() > 0;
}

/// What is coalesced becomes durable with this.
void record_tables::give_back() {
  auto with = account();
  with.int8(static_cast<std::int64_t>(fence_));
  connection_->run(forget_holder, with);
  connection_->run(unlock, lock_name());
}

void record_tables::close() {
  bool const owes = std::exchange(owes_, false) && !lost_;
  bool const usable = connection_ && connection_->is_usable();
  try {
    if (usable) give_back();
  } catch (...) {
    connection_.reset();
    if (owes) throw;
    return;
  }
  connection_.reset();
  if (owes && !usable)
    throw store_error(client_errc::storage, to_.place(),
                      std::make_error_code(std::errc::connection_reset));
}

// --- Records

std::optional<bytes> record_tables::get(record_key const& key) {
  auto& at = ready();
  auto with = account();
  with.int4(number_of(key.space)).bytea(key.id);
  auto const found = at.run(
      "select value from mtp_records where account = $1::int4 and space = $2::int4 and id = "
      "$3::bytea",
      with);
  if (found.size() == 0) return {};
  return copied(found.blob(0, 0));
}

std::vector<record> record_tables::scan(record_range const& range) {
  auto& at = ready();
  auto const bounds = detail::bounds_of(range);
  auto with = account();
  with.int4(number_of(range.space)).bytea(bounds.from);
  if (bounds.below)
    with.bytea(*bounds.below);
  else
    with.null();
  constexpr std::size_t most = std::numeric_limits<std::int32_t>::max();
  with.int8(static_cast<std::int64_t>(std::min(range.limit, most)));
  auto const found = at.run(read_page, with);
  std::vector<record> out;
  for (int i = 0; i < found.size(); ++i)
    out.emplace_back(copied(found.blob(i, 0)), copied(found.blob(i, 1)));
  return out;
}

void record_tables::commit(write_batch const& batch, durability how) {
  commit_with(batch, how, [](pg_conn*) {});
}

void record_tables::commit_with(write_batch const& batch, durability how,
                                std::function<void(pg_conn*)> const& with) {
  auto const effect = detail::effect_of(batch);
  auto& at = ready();
  transaction storing(at);
  if (how == durability::coalesced) at.run("set local synchronous_commit = off");
  require_fence(at);
  write(at, effect);
  with(at.raw());
  at.require_transaction();
  storing.commit();
  owes_ = how == durability::coalesced;
}

void record_tables::require_fence(connection& at) {
  auto name = account();
  name.int8(static_cast<std::int64_t>(fence_));
  auto const held = at.run(
      "select 1 from mtp_accounts where number = $1::int4 and fence = $2::int8 for share", name);
  if (held.size() > 0) return;
  lost_ = true;
  throw store_error(client_errc::lease_lost, to_.place());
}

/// What it leaves open would take the next commit along.
void record_tables::run_with(std::function<void(pg_conn*)> const& with) {
  auto& at = ready();
  std::exception_ptr failed;
  try {
    with(at.raw());
  } catch (...) {
    failed = std::current_exception();
  }
  at.leave_transaction();
  if (failed) std::rethrow_exception(failed);
}

void record_tables::write(connection& at, detail::batch_effect const& effect) const {
  if (!effect.cleared.empty()) {
    std::vector<std::int16_t> spaces;
    for (auto const one : effect.cleared) spaces.push_back(number_of(one));
    at.run(clear_spaces, account().int2s(spaces));
  }
  if (!effect.erased.empty()) {
    columns const gone(effect.erased);
    at.run(erase_records, account().int2s(gone.spaces).byteas(gone.ids));
  }
  if (!effect.put.empty()) {
    columns const put(effect.put);
    at.run(put_records, account().int2s(put.spaces).byteas(put.ids).byteas(put.values));
  }
}

}  // namespace mtp::MTP_ABI::postgres
