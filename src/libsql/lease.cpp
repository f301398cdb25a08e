// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The tables, version 1: mtp_store, one row, says the version; mtp_accounts has a row an account,
// with who holds it until when, by the clock of the server; mtp_records holds a row a record.
#include "libsql/lease.hpp"

#include "libsql/real_time.hpp"
#include "libsql/transaction.hpp"
#include "storage/this_process.hpp"

#include <mtp/core/error.hpp>

#include <algorithm>
#include <atomic>
#include <utility>

namespace mtp::MTP_ABI::libsql {
namespace {

constexpr std::int64_t newest_version = 1;
constexpr int most_rivals = 10;

constexpr char const* tables =
    "select name from sqlite_master where name in ('mtp_store', 'mtp_accounts', 'mtp_records')";

constexpr char const* schema[] = {
    "create table if not exists mtp_store (version integer not null)",
    "insert into mtp_store select 1 where not exists (select 1 from mtp_store)",
    R"(create table if not exists mtp_accounts (
  number integer primary key, account text not null unique, name text not null,
  fence integer not null default 0, stamp integer not null default 0,
  until integer not null default 0, host text not null default '',
  process integer not null default 0, since integer not null default 0,
  machine text not null default '', began integer not null default 0,
  holder text not null default ''))",
    R"(create table if not exists mtp_records (
  account integer not null, space integer not null, id blob not null, value blob not null,
  primary key (account, space, id)) without rowid)",
};

constexpr char const* enter = R"(
insert or ignore into mtp_accounts (account, name) values (?1, lower(hex(randomblob(16))))
)";

constexpr char const* look = R"(
select fence, host, process, since, machine, began, holder, until,
  until > cast(strftime('%s', 'now') as integer)
from mtp_accounts where account = ?1
)";

constexpr char const* claim = R"(
update mtp_accounts set fence = fence + 1, host = ?4, process = ?5, since = ?6, machine = ?7,
  began = ?8, holder = ?9, until = cast(strftime('%s', 'now') as integer) + ?10
where account = ?1 and fence = ?2 and until = ?3
)";

constexpr char const* read_own =
    "select number, name, fence, stamp from mtp_accounts where account = ?1 and holder = ?2";

constexpr char const* renew_own = R"(
update mtp_accounts set until = cast(strftime('%s', 'now') as integer) + ?3
where number = ?1 and fence = ?2
)";

constexpr char const* forget =
    "update mtp_accounts set until = 0, process = 0, holder = '' where number = ?1 and fence = ?2";

/// Who is said to hold an account.
struct holder_row {
  explicit holder_row(outcome const& from)
      : known{.host = from.text(0, 1),
              .process = from.integer(0, 2),
              .since =
                  std::chrono::system_clock::time_point(std::chrono::seconds(from.integer(0, 3))),
              .fence = static_cast<std::uint64_t>(from.integer(0, 0))},
        process{.machine = from.text(0, 4), .number = known.process, .began = from.integer(0, 5)},
        name(from.text(0, 6)),
        until(from.integer(0, 7)),
        in_time(from.integer(0, 8) != 0) {}

  bool keeps_out(candidate const& who) const {
    return in_time && name != who.name && !is_dead(process);
  }

  store_holder known;
  running_process process;
  std::string name;
  std::int64_t until;
  bool in_time;
};

holder_row holder_of(target const& at, http& by) {
  auto const& account = at.said().account;
  auto found = read(at, by, {{.sql = look, .values = {account}}});
  if (found[0].size() > 0) return holder_row(found[0]);
  store(at, by, {{.sql = enter, .values = {account}}});
  found = read(at, by, {{.sql = look, .values = {account}}});
  if (found[0].size() == 0) throw store_error(client_errc::bad_session_file, at.place());
  return holder_row(found[0]);
}

std::vector<step> claiming(target const& at, candidate const& who, holder_row const& before,
                           std::chrono::system_clock::time_point now) {
  auto const& account = at.said().account;
  auto const since = std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()).count();
  auto const fence = static_cast<std::int64_t>(before.known.fence);
  step taking{.sql = claim,
              .values = {account, fence, before.until, detail::host_name(), who.process.number,
                         std::int64_t{since}, who.process.machine, who.process.began, who.name,
                         seconds_of_lease(at)}};
  step looking{.sql = read_own, .values = {account, who.name}};
  return {std::move(taking), std::move(looking)};
}

}  // namespace

candidate::candidate() : process(this_running_process()) {
  static std::atomic<std::uint64_t> made = 0;
  auto const now = real_time().time_since_epoch().count();
  name = process.machine + " " + std::to_string(process.number) + " " + std::to_string(now) + " " +
         std::to_string(++made);
}

std::int64_t seconds_of_lease(target const& at) {
  return std::max<std::int64_t>(2,
                                std::chrono::ceil<std::chrono::seconds>(at.said().lease).count());
}

/// Tables that are there need no permission to make some.
void create_tables(target const& at, http& by) {
  auto const found = read(at, by, {{.sql = tables}});
  bool has_version = false;
  for (std::size_t i = 0; i < found[0].size(); ++i)
    has_version = has_version || found[0].text(i, 0) == "mtp_store";
  if (has_version) {
    auto const version = read(at, by, {{.sql = "select max(version) from mtp_store"}});
    if (version[0].integer(0, 0) > newest_version)
      throw store_error(client_errc::newer_store, at.place());
  }
  if (found[0].size() == 3) return;
  std::vector<step> making;
  for (auto const* one : schema) making.push_back({.sql = one});
  store(at, by, std::move(making));
}

std::optional<store_holder> find_holder(target const& at, http& by, candidate const& who) {
  auto const found = holder_of(at, by);
  return found.keeps_out(who) ? std::optional(found.known) : std::nullopt;
}

account_row take_lease(target const& at, http& by, candidate const& who,
                       std::chrono::system_clock::time_point now) {
  for (int i = 0; i < most_rivals; ++i) {
    auto const before = holder_of(at, by);
    if (before.keeps_out(who)) throw store_in_use(at.place(), before.known);
    auto const found = store(at, by, claiming(at, who, before, now));
    if (found[0].changed() != 1 || found[1].size() != 1) continue;  // somebody else was faster
    return {.number = found[1].integer(0, 0),
            .name = found[1].text(0, 1),
            .fence = found[1].integer(0, 2),
            .stamp = found[1].integer(0, 3)};
  }
  throw store_in_use(at.place(), {});
}

bool renew_lease(target const& at, http& by, account_row const& held) {
  step one{.sql = renew_own, .values = {held.number, held.fence, seconds_of_lease(at)}};
  auto const found = store(at, by, {std::move(one)});
  return found[0].changed() == 1;
}

void give_lease_back(target const& at, http& by, account_row const& held) {
  store(at, by, {{.sql = forget, .values = {held.number, held.fence}}});
}

}  // namespace mtp::MTP_ABI::libsql
