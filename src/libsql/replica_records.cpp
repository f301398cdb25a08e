// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The copy is a database of records as any other in SQLite, with a table mtp_replica: one row that
// says of which account it is a copy, and up to which commit. Triggers say so when anybody writes
// to the records; who copies says at the end of his transaction that the copy is whole.
#include "libsql/replica_records.hpp"

#include <mtp/core/error.hpp>
#include <mtp/storage/store_error.hpp>

#include <sqlite3.h>

#include <utility>

namespace mtp::MTP_ABI::libsql {
namespace {

constexpr std::size_t records_at_once = 200;

constexpr char const* has_mark = "select count(*) from sqlite_master where name = 'mtp_replica'";
constexpr char const* has_records = "select count(*) from (select 1 from mtp_records limit 1)";

constexpr char const* schema = R"(
begin immediate;
create table mtp_replica (whole integer not null, name text not null, stamp integer not null);
insert into mtp_replica values (0, '', 0);
create trigger mtp_replica_insert after insert on mtp_records begin
  update mtp_replica set whole = 0 where whole = 1; end;
create trigger mtp_replica_update after update on mtp_records begin
  update mtp_replica set whole = 0 where whole = 1; end;
create trigger mtp_replica_delete after delete on mtp_records begin
  update mtp_replica set whole = 0 where whole = 1; end;
commit;
)";

constexpr char const* is_whole =
    "select count(*) from mtp_replica where whole = 1 and name = ?1 and stamp = ?2";
constexpr char const* make_whole = "update mtp_replica set whole = 1, name = ?1, stamp = ?2";

/// One statement about the mark.
class mark_statement {
 public:
  mark_statement(sqlite3* at, std::filesystem::path const& path, char const* sql)
      : at_(at), path_(path), raw_(nullptr, sqlite3_finalize) {
    sqlite3_stmt* made = nullptr;
    check(sqlite3_prepare_v2(at, sql, -1, &made, nullptr));
    raw_.reset(made);
  }

  mark_statement& of(account_row const& account) {
    auto const& name = account.name;
    check(sqlite3_bind_text(raw_.get(), 1, name.data(), static_cast<int>(name.size()),
                            SQLITE_TRANSIENT));
    check(sqlite3_bind_int64(raw_.get(), 2, account.stamp));
    return *this;
  }
  /// The number in its row; 0 without one.
  std::int64_t run() {
    int const found = sqlite3_step(raw_.get());
    if (found != SQLITE_ROW && found != SQLITE_DONE) check(found);
    return found == SQLITE_ROW ? sqlite3_column_int64(raw_.get(), 0) : 0;
  }

 private:
  void check(int code) const {
    if (code == SQLITE_OK) return;
    throw store_error(client_errc::storage, path_.string(), std::string(sqlite3_errmsg(at_)));
  }

  sqlite3* at_;
  std::filesystem::path const& path_;
  std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> raw_;
};

}  // namespace

replica_records::replica_records(std::unique_ptr<remote_records> from, std::filesystem::path to)
    : remote_(std::move(from)), path_(std::move(to)), copy_(path_) {}

store_lease replica_records::open(std::chrono::system_clock::time_point now) {
  copy_.open(now);
  try {
    require_copy();
    auto const lease = remote_->open(now);
    pending_.reset();
    behind_ = false;
    if (!is_current()) bring_up_to_date();
    return lease;
  } catch (...) {
    remote_->close();
    copy_.close();
    throw;
  }
}

void replica_records::close() {
  remote_->close();
  copy_.close();
}

/// A store of its own, which somebody named by mistake, is not written over.
void replica_records::require_copy() {
  copy_.run_with([this](sqlite3* at) {
    if (mark_statement(at, path_, has_mark).run() != 0) return;
    if (mark_statement(at, path_, has_records).run() != 0)
      throw store_error(client_errc::bad_argument, path_.string(),
                        std::string("it is a store of its own and no copy of another"));
    if (sqlite3_exec(at, schema, nullptr, nullptr, nullptr) != SQLITE_OK)
      throw store_error(client_errc::storage, path_.string(), std::string(sqlite3_errmsg(at)));
  });
}

bool replica_records::is_current() {
  bool current = false;
  copy_.run_with([&](sqlite3* at) {
    current = mark_statement(at, path_, is_whole).of(remote_->account()).run() != 0;
  });
  return current;
}

void replica_records::mark(sqlite3* at) const {
  mark_statement(at, path_, make_whole).of(remote_->account()).run();
}

/// Fetches all. Nobody else writes meanwhile; who dies meanwhile leaves a copy that is not whole.
void replica_records::bring_up_to_date() {
  write_batch nothing;
  for (std::size_t i = 1; i <= max_record_space; ++i) nothing.clear(static_cast<record_space>(i));
  copy_.commit(nothing, durability::coalesced);
  for (auto const space : remote_->spaces()) fill(space);
  copy_.run_with([this](sqlite3* at) { mark(at); });
}

void replica_records::fill(record_space space) {
  record_range range(space, records_at_once);
  for (;;) {
    auto page = remote_->scan(range);
    if (page.empty()) return;
    range.after = page.back().id;
    write_batch batch;
    for (auto& one : page) batch.put(space, std::move(one.id), std::move(one.value));
    copy_.commit(batch, durability::coalesced);
  }
}

/// The server has it already. What a power cut takes of the copy is fetched again.
void replica_records::apply(write_batch const& batch) {
  if (behind_) return;
  try {
    copy_.commit_with(batch, durability::coalesced, [this](sqlite3* at) { mark(at); });
  } catch (store_error const&) {
    behind_ = true;
  }
}

/// Makes sure that the copy is as new as the server, and that nobody else writes there.
bool replica_records::can_read_copy() {
  remote_->require_lease();
  if (pending_) {
    bool const landed = remote_->settle();
    auto const batch = *std::exchange(pending_, std::nullopt);
    apply(landed ? batch : write_batch());
  }
  return !behind_;
}

std::optional<bytes> replica_records::get(record_key const& key) {
  return can_read_copy() ? copy_.get(key) : remote_->get(key);
}

std::vector<std::optional<bytes>> replica_records::get_all(std::vector<record_key> const& keys) {
  if (!can_read_copy()) return remote_->get_all(keys);
  std::vector<std::optional<bytes>> out;
  for (auto const& key : keys) out.push_back(copy_.get(key));
  return out;
}

std::vector<record> replica_records::scan(record_range const& range) {
  return can_read_copy() ? copy_.scan(range) : remote_->scan(range);
}

void replica_records::commit(write_batch const& batch, durability how) {
  can_read_copy();
  try {
    remote_->commit(batch, how);
  } catch (...) {
    if (remote_->is_unsure()) pending_ = batch;
    throw;
  }
  apply(batch);
}

}  // namespace mtp::MTP_ABI::libsql
