// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The tables, version 1: mtp_store, one row, says the version; mtp_records holds a row a record.
#include "sqlite/record_database.hpp"

#include <mtp/sessions/portable_errc.hpp>
#include <mtp/storage/file_system.hpp>
#include <mtp/storage/store_error.hpp>

#include <sqlite3.h>

#include <algorithm>
#include <exception>
#include <limits>
#include <utility>

namespace mtp::MTP_ABI::sqlite {
namespace {

constexpr std::int64_t newest_version = 1;

constexpr char const* schema = R"(
create table if not exists mtp_store (version integer not null);
insert into mtp_store select 1 where not exists (select 1 from mtp_store);
create table if not exists mtp_records (space integer not null, id blob not null,
  value blob not null, primary key (space, id)) without rowid;
)";

/// SQLite takes a blob without an address for null.
bytes_view not_null(bytes_view blob) {
  static constexpr std::uint8_t somewhere = 0;
  return blob.data() ? blob : bytes_view(&somewhere, std::size_t{0});
}

bytes copied(bytes_view from) { return bytes(from.begin(), from.end()); }

bool begins_with(bytes_view id, bytes_view prefix) {
  return id.size() >= prefix.size() && std::ranges::equal(id.first(prefix.size()), prefix);
}

/// Ends the use of a statement, so that it holds no lock.
class in_use {
 public:
  explicit in_use(statement& one) : one_(one) {}
  in_use(in_use const&) = delete;
  in_use& operator=(in_use const&) = delete;
  ~in_use() { one_.reset(); }
  statement* operator->() { return &one_; }

 private:
  statement& one_;
};

}  // namespace

struct record_database::statements {
  statement get, from, after, put, erase, clear;
};

record_database::record_database(std::filesystem::path path) : path_(detail::resolved(path)) {}

record_database::~record_database() = default;

/// SQLite's own words for what the place does, which store_error tells.
void record_database::check(std::error_code problem) const {
  if (!problem) return;
  bool const damaged =
      problem == portable_errc::bad_checksum || problem == portable_errc::wrong_format;
  throw store_error(damaged ? client_errc::bad_session_file : client_errc::storage, path_.string(),
                    problem);
}

template <class T>
T record_database::checked(result<T> found) const {
  if (!found) check(found.error());
  return *std::move(found);
}

void record_database::run(char const* text) { check(database_->run(text)); }

store_lease record_database::open(std::chrono::system_clock::time_point now) {
  auto lease = std::make_unique<detail::file_lease>(path_, local_files(), now);
  try {
    create();
    set_up();
    prepare();
  } catch (...) {
    prepared_.reset();
    database_.reset();
    throw;
  }
  lease_ = std::move(lease);
  return {.fence = lease_->fence()};
}

void record_database::create() {
  std::error_code problem;
  bool const there = std::filesystem::exists(path_, problem);
  check(problem);
  if (!there) checked(local_files().create(path_));
  database_ = checked(database::open_own(path_));
}

void record_database::set_up() {
  auto const tables =
      checked(database_->number("select count(*) from sqlite_master where name = 'mtp_store'"));
  if (tables != 0) {
    auto const version = checked(database_->number("select max(version) from mtp_store"));
    if (version > newest_version) throw store_error(client_errc::newer_store, path_.string());
  }
  run("pragma synchronous = full");
  how_ = durability::at_once;
  auto mode = checked(database_->prepare("pragma journal_mode = wal"));
  has_log_ = checked(mode.step()) && mode.text(0) == "wal";
  mode.reset();
  run("begin immediate");
  run(schema);
  run("commit");
}

void record_database::prepare() {
  auto const made = [this](char const* text) { return checked(database_->prepare(text)); };
  prepared_.reset(new statements{
      .get = made("select value from mtp_records where space = ?1 and id = ?2"),
      .from = made("select id, value from mtp_records where space = ?1 and id >= ?2 order by id "
                   "limit ?3"),
      .after = made("select id, value from mtp_records where space = ?1 and id > ?2 order by id "
                    "limit ?3"),
      .put = made("insert or replace into mtp_records values (?1, ?2, ?3)"),
      .erase = made("delete from mtp_records where space = ?1 and id = ?2"),
      .clear = made("delete from mtp_records where space = ?1")});
}

std::optional<bytes> record_database::get(record_key const& key) {
  in_use rows(prepared_->get);
  rows->bind(0, static_cast<std::int64_t>(key.space)).bind(1, not_null(key.id));
  if (!checked(rows->step())) return {};
  return copied(rows->blob(0));
}

std::vector<record> record_database::scan(record_range const& range) {
  bool const from_after = range.after && *range.after >= range.prefix;
  in_use rows(from_after ? prepared_->after : prepared_->from);
  auto const most = std::min<std::size_t>(range.limit, std::numeric_limits<std::int32_t>::max());
  rows->bind(0, static_cast<std::int64_t>(range.space))
      .bind(1, not_null(from_after ? *range.after : range.prefix))
      .bind(2, static_cast<std::int64_t>(most));
  std::vector<record> out;
  while (checked(rows->step()) && begins_with(rows->blob(0), range.prefix))
    out.emplace_back(copied(rows->blob(0)), copied(rows->blob(1)));
  return out;
}

/// Somebody who removed the lock may hold the database as well.
void record_database::require_lease() {
  if (!lease_->is_held()) throw store_error(client_errc::lease_lost, path_.string());
}

void record_database::commit(write_batch const& batch, durability how) {
  commit_with(batch, how, [](sqlite3*) {});
}

void record_database::commit_with(write_batch const& batch, durability how,
                                  std::function<void(sqlite3*)> const& with) {
  require_lease();
  promise(how);
  run("begin immediate");
  try {
    require_lease();  // waiting for the database may have taken long
    write(batch);
    with(raw());
    run("commit");
  } catch (...) {
    (void)database_->run("rollback");  // SQLite may have done it already
    throw;
  }
}

/// Without a log of its own SQLite could be left half written by a power cut, unless it waits for
/// the disk.
void record_database::promise(durability how) {
  if (!has_log_) how = durability::at_once;
  if (how_ != how)
    run(how == durability::at_once ? "pragma synchronous = full" : "pragma synchronous = normal");
  how_ = how;
}

/// What it leaves open would take the next commit along.
void record_database::run_with(std::function<void(sqlite3*)> const& with) {
  std::exception_ptr failed;
  try {
    with(raw());
  } catch (...) {
    failed = std::current_exception();
  }
  if (sqlite3_get_autocommit(raw()) == 0) run("rollback");
  if (failed) std::rethrow_exception(failed);
}

/// Waits for the disk. Who reads meanwhile keeps the log from being taken over, so the version is
/// written once more, durable with all before.
void record_database::make_durable() {
  if (!has_log_) return;
  promise(durability::at_once);
  auto rows = checked(database_->prepare("pragma wal_checkpoint(passive)"));
  bool const done =
      checked(rows.step()) && rows.integer(0) == 0 && rows.integer(1) == rows.integer(2);
  rows.reset();
  if (!done) run("begin immediate; update mtp_store set version = version; commit");
}

void record_database::write(write_batch const& batch) {
  for (auto const& one : batch.writes()) {
    auto& to = one.what == record_write::kind::put     ? prepared_->put
               : one.what == record_write::kind::erase ? prepared_->erase
                                                       : prepared_->clear;
    to.bind(0, static_cast<std::int64_t>(one.space));
    if (one.what != record_write::kind::clear) to.bind(1, not_null(one.id));
    if (one.what == record_write::kind::put) to.bind(2, not_null(one.value));
    check(to.run());
  }
}

void record_database::close() {
  auto const lease = std::move(lease_);  // is given back last
  auto const forget = [this](void*) {
    prepared_.reset();
    database_.reset();
  };
  std::unique_ptr<void, decltype(forget)> const in_the_end(this, forget);
  if (lease->is_held()) make_durable();
}

}  // namespace mtp::MTP_ABI::sqlite
