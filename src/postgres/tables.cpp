// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The tables, version 1: mtp_store, one row, says the version; mtp_accounts has a row an account,
// with who held it last; mtp_records holds a row a record.
#include "postgres/tables.hpp"

#include <mtp/storage/store_error.hpp>

namespace mtp::MTP_ABI::postgres {
namespace {

constexpr std::int64_t newest_version = 1;

/// A session that rests is not ended for that. What the server does not know is left out.
constexpr char const* settings = R"(
select set_config(name, wanted, false) from pg_settings join (values
  ('tcp_keepalives_idle', $1::text), ('tcp_keepalives_interval', $2::text),
  ('tcp_keepalives_count', '3'), ('tcp_user_timeout', $3::text), ('idle_session_timeout', '0'))
  as ours (name, wanted) using (name)
)";

/// Whoever switched waiting for the disk off did not mean keys.
constexpr char const* wait_for_disk = R"(
select set_config('synchronous_commit', 'on', false)
where current_setting('synchronous_commit') = 'off'
)";

constexpr char const* are_complete = R"(
select to_regclass('mtp_store') is not null and to_regclass('mtp_accounts') is not null
  and to_regclass('mtp_records') is not null
)";

constexpr char const* schema[] = {
    "create table if not exists mtp_store (version integer not null)",
    "insert into mtp_store select 1 where not exists (select 1 from mtp_store)",
    R"(create table if not exists mtp_accounts (
  number integer generated always as identity primary key, account text not null unique,
  fence bigint not null default 0, host text not null default '', process bigint not null default 0,
  since bigint not null default 0))",
    R"(create table if not exists mtp_records (
  account integer not null, space smallint not null, id bytea not null, value bytea not null,
  primary key (account, space, id)))",
};

void check_version(connection& at, std::string const& place) {
  auto const there = at.run("select to_regclass('mtp_store') is not null");
  if (!there.integer(0, 0)) return;
  auto const version = at.run("select max(version)::int8 from mtp_store");
  if (version.integer(0, 0) > newest_version) throw store_error(client_errc::newer_store, place);
}

}  // namespace

void prepare_session(connection& at, duration vanished) {
  keepalives const times(vanished);
  parameters with;
  with.text(times.idle).text(times.interval).text(times.user_timeout);
  at.run(settings, with);
  at.run(wait_for_disk);
}

/// Tables that are there need no permission to make some.
void create_tables(connection& at, std::string const& place) {
  check_version(at, place);
  auto const complete = at.run(are_complete);
  if (complete.integer(0, 0)) return;
  transaction making(at);
  at.run("select pg_advisory_xact_lock(1836345443)");  // two that make them at once
  for (auto const* one : schema) at.run(one);
  making.commit();
}

std::int32_t number_of_table(connection& at) {
  auto const found = at.run("select ('mtp_accounts'::regclass::oid::int8 - 2147483648)::int4");
  return static_cast<std::int32_t>(found.integer(0, 0));
}

std::int32_t number_of_account(connection& at, std::string const& account) {
  parameters name;
  name.text(account);
  char const* const find = "select number from mtp_accounts where account = $1::text";
  auto const found = at.run(find, name);
  if (found.size() > 0) return static_cast<std::int32_t>(found.integer(0, 0));
  at.run("insert into mtp_accounts (account) values ($1::text) on conflict do nothing", name);
  return static_cast<std::int32_t>(at.run(find, name).integer(0, 0));
}

}  // namespace mtp::MTP_ABI::postgres
