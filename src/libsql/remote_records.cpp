// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Each commit has a number, and is stored only on top of the one before it that is known here. So
// one that is sent twice is stored once, and one that arrives late is not stored at all.
#include "libsql/remote_records.hpp"

#include <mtp/core/error.hpp>
#include <mtp/storage/store_error.hpp>

#include <algorithm>
#include <exception>
#include <utility>

namespace mtp::MTP_ABI::libsql {
namespace {

/// Servers refuse requests of more than some megabytes.
constexpr std::size_t max_part = std::size_t{2} << 20;
constexpr int most_tries = 10;

/// Is refused unless the lease is ours and the last commit the one that we know.
constexpr char const* guard = R"(
insert into mtp_accounts (account, name) select null, '' where not exists (
  select 1 from mtp_accounts where number = ?1 and fence = ?2 and stamp = ?3)
)";

constexpr char const* stamp_it = R"(
update mtp_accounts set stamp = ?2, until = cast(strftime('%s', 'now') as integer) + ?3
where number = ?1
)";

constexpr char const* look = "select fence, stamp from mtp_accounts where number = ?1";

constexpr char const* put_value = "insert or replace into mtp_records values (?1, ?2, ?3, ?4)";

constexpr char const* add_to_value = R"(
update mtp_records set value = cast(value || ?4 as blob)
where account = ?1 and space = ?2 and id = ?3
)";

constexpr char const* erase_value =
    "delete from mtp_records where account = ?1 and space = ?2 and id = ?3";

constexpr char const* clear_space = "delete from mtp_records where account = ?1 and space = ?2";

std::int64_t number_of(record_space space) { return static_cast<std::int64_t>(space); }

bool is_reset(store_error const& e) {
  return e.reason() == std::make_error_code(std::errc::connection_reset);
}

}  // namespace

void remote_records::lose() {
  lost_ = true;
  keeper_.reset();
  throw store_error(client_errc::lease_lost, to_.place());
}

// --- The lease

store_lease remote_records::open(std::chrono::system_clock::time_point now) {
  look_first();
  create_tables(to_, by_);
  has_tables_ = true;
  account_ = take_lease(to_, by_, self_, now);
  keeper_ = std::make_unique<lease_keeper>(to_, account_);
  last_ = account_.stamp;
  lost_ = unsure_ = landed_ = false;
  return {.fence = static_cast<std::uint64_t>(account_.fence)};
}

/// Who waits for the lease asks by one request each time. Tables may change meanwhile.
void remote_records::look_first() {
  if (!std::exchange(has_tables_, false)) return;
  auto const holder = find_holder(to_, by_, self_);
  has_tables_ = true;
  if (holder) throw store_in_use(to_.place(), *holder);
}

/// Who cannot be told finds it out when the lease is over.
void remote_records::give_back() {
  if (!std::exchange(keeper_, nullptr) || lost_) return;
  try {
    give_lease_back(to_, by_, account_);
  } catch (std::exception const&) {
    unsure_ = false;
  }
}

void remote_records::require_lease() {
  if (lost_ || keeper_->is_lost()) lose();
  if (keeper_->is_sure()) return;
  auto const began = real_time();
  if (!renew_lease(to_, by_, account_)) lose();
  keeper_->note(began);
}

void remote_records::ready() {
  if (lost_ || keeper_->is_lost()) lose();
  if (unsure_) settle();
}

// --- Writing

void remote_records::commit(write_batch const& batch, durability) {
  auto const effect = detail::effect_of(batch);
  ready();
  pending_ = last_ + 1;
  landed_ = false;
  advance(writes_of(effect));
}

/// Writes nothing, as the next commit: whatever is still under way comes too late then.
bool remote_records::settle() {
  if (unsure_) advance({});
  return landed_;
}

/// Stores what is to be written as the next commit. Connections that were kept may break while they
/// rest, so it is sent once more.
void remote_records::advance(std::vector<step> const& writes) {
  auto const stamp = ++last_;
  bool broke = false;
  for (int i = 0; i < most_tries; ++i) {
    try {
      if (send(writes, stamp) == sending::stored || adopt(stamp)) return;
    } catch (store_error const& e) {
      if (!unsure_ || broke || !is_reset(e)) throw;
      broke = true;
    }
  }
  throw store_error(client_errc::storage, to_.place(),
                    std::make_error_code(std::errc::protocol_error));
}

remote_records::sending remote_records::send(std::vector<step> const& writes, std::int64_t stamp) {
  std::vector<step> steps{
      {.sql = guard, .values = {account_.number, account_.fence, account_.stamp}},
      {.sql = stamp_it, .values = {account_.number, stamp, seconds_of_lease(to_)}}};
  steps.insert(steps.end(), writes.begin(), writes.end());
  auto const began = real_time();
  bool const was_unsure = std::exchange(unsure_, true);
  auto const found = run_transaction(to_, by_, std::move(steps));
  if (found.refused && found.refused->index == 0) return sending::not_ours;
  unsure_ = was_unsure && found.refused;
  if (found.refused) fail_with(to_, found.refused->why);
  account_.stamp = stamp;
  keeper_->note(began);
  return sending::stored;
}

/// Looks what is there instead of the commit that we know. True when it is the one with this
/// number.
bool remote_records::adopt(std::int64_t stamp) {
  auto const found = read(to_, by_, {{.sql = look, .values = {account_.number}}});
  if (found[0].size() == 0 || found[0].integer(0, 0) != account_.fence) lose();
  account_.stamp = found[0].integer(0, 1);
  if (account_.stamp == pending_) landed_ = true;
  bool const done = account_.stamp == stamp;
  if (done) unsure_ = false;
  return done;
}

std::vector<step> remote_records::writes_of(detail::batch_effect const& effect) const {
  std::vector<step> out;
  for (auto const one : effect.cleared)
    out.push_back({.sql = clear_space, .values = {account_.number, number_of(one)}});
  for (auto const* one : effect.erased)
    out.push_back({.sql = erase_value,
                   .values = {account_.number, number_of(one->space), blob_cell(one->id)}});
  for (auto const* one : effect.put) add_put(out, *one);
  return out;
}

/// A large value goes there in parts.
void remote_records::add_put(std::vector<step>& to, record_write const& one) const {
  bytes_view left = one.value;
  char const* how = put_value;
  do {
    auto const part = left.first(std::min(left.size(), max_part));
    to.push_back(
        {.sql = how,
         .values = {account_.number, number_of(one.space), blob_cell(one.id), blob_cell(part)}});
    left = left.subspan(part.size());
    how = add_to_value;
  } while (!left.empty());
}

}  // namespace mtp::MTP_ABI::libsql
