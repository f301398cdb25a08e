// SPDX-License-Identifier: MIT OR Apache-2.0
#include "core/held_strand.hpp"
#include "storage/record_map.hpp"
#include "storage/seal/key_envelope.hpp"
#include "storage/seal/record_cipher.hpp"

#include <mtp/core/environment.hpp>
#include <mtp/storage/sealed_store.hpp>
#include <mtp/storage/store_error.hpp>

#include <asio/this_coro.hpp>

#include <algorithm>
#include <exception>
#include <utility>

namespace mtp::MTP_ABI::detail {
namespace {

record_key envelope_key() { return record_key(record_space::seal, {}); }

/// The space of the envelope is nobody else's.
void require_open_space(record_space space) {
  if (space == record_space::seal)
    throw error(make_error_code(client_errc::bad_argument), "the space of the seal");
}

class sealed final : public sealed_store {
 public:
  sealed(std::shared_ptr<record_store> below, store_key_source ask)
      : below_(std::move(below)), ask_(std::move(ask)) {}

  task<store_lease> open(environment& world, asio::any_io_executor strand,
                         lease_options how) override;
  task<std::optional<bytes>> get(record_key key) override;
  task<std::vector<std::optional<bytes>>> get_all(std::vector<record_key> keys) override;
  task<std::vector<record>> scan(record_range range) override;
  task<> commit(write_batch batch, durability how) override;
  task<> change_key(store_key next) override;
  task<> close() override;

 private:
  record_cipher const& cipher() const;
  task<> unlock();
  task<secret<bytes>> find_key(store_key with);
  task<secret<bytes>> make_key(store_key with);
  task<> store_envelope(secret<bytes> inner, store_key under);
  task<bool> is_empty();
  task<> on_worker(std::function<void()> work);
  record_key kept(record_key const& key) const;
  std::optional<bytes> read(record_key const& key, std::optional<bytes> const& value) const;
  record read(record_space space, record const& one) const;
  task<std::vector<record>> scan_hidden(record_range range);

  std::shared_ptr<record_store> below_;
  store_key_source ask_;
  environment* world_ = nullptr;
  std::optional<held_strand> strand_;
  secret<bytes> inner_;
  std::optional<record_cipher> cipher_;
};

record_cipher const& sealed::cipher() const {
  if (!cipher_) throw error(make_error_code(client_errc::closed), "the store");
  return *cipher_;
}

task<store_lease> sealed::open(environment& world, asio::any_io_executor strand,
                               lease_options how) {
  bool const throws = co_await asio::this_coro::throw_if_cancelled();
  auto work = below_->open(world, strand, how);
  auto const lease = co_await std::move(work);
  world_ = &world;
  strand_.emplace(std::move(strand));
  std::exception_ptr failed;
  try {
    co_await unlock();
  } catch (...) {
    failed = std::current_exception();
  }
  if (!failed) co_return lease;
  // A cancelled opening gives the lease back all the same.
  co_await asio::this_coro::throw_if_cancelled(false);
  std::exception_ptr ignored;  // what went wrong first is told
  try {
    co_await below_->close();
  } catch (...) {
    ignored = std::current_exception();
  }
  co_await asio::this_coro::throw_if_cancelled(throws);
  std::rethrow_exception(failed);
}

task<> sealed::unlock() {
  auto asking = ask_();
  auto with = co_await std::move(asking);
  if (!is_usable(with)) throw error(make_error_code(client_errc::bad_argument), "the store's key");
  auto finding = find_key(std::move(with));
  inner_ = co_await std::move(finding);
  cipher_.emplace(inner_);
}

task<secret<bytes>> sealed::find_key(store_key with) {
  auto key = envelope_key();
  auto const envelope = co_await below_->get(std::move(key));
  if (!envelope) {
    auto making = make_key(std::move(with));
    auto made = co_await std::move(making);
    co_return made;
  }
  secret<bytes> inner;
  std::function<void()> work = [&] { inner = open_envelope(*envelope, with); };
  co_await on_worker(std::move(work));
  co_return inner;
}

task<secret<bytes>> sealed::make_key(store_key with) {
  bool const empty = co_await is_empty();
  if (!empty)
    throw store_error(client_errc::bad_session_file, sealed_place, "its records are not encrypted");
  bytes fresh(seal_key_size);
  world_->random().fill(fresh);
  secret<bytes> inner = std::move(fresh);
  auto storing = store_envelope(inner, std::move(with));
  co_await std::move(storing);
  co_return inner;
}

task<bool> sealed::is_empty() {
  for (std::size_t i = 1; i <= max_record_space; ++i) {
    auto const space = static_cast<record_space>(i);
    record_range first(space, 1);
    auto const found = co_await below_->scan(first);
    if (!found.empty() && space != record_space::lease) co_return false;
  }
  co_return true;
}

task<> sealed::store_envelope(secret<bytes> inner, store_key under) {
  bytes envelope;
  std::function<void()> work = [&] { envelope = close_envelope(inner, under, world_->random()); };
  co_await on_worker(std::move(work));
  write_batch batch;
  batch.put(record_space::seal, {}, std::move(envelope));
  co_await below_->commit(std::move(batch));
}

task<> sealed::on_worker(std::function<void()> work) {
  return world_->run_on_worker(strand_->get(), std::move(work));
}

task<> sealed::change_key(store_key next) {
  (void)cipher();
  if (!is_usable(next)) throw error(make_error_code(client_errc::bad_argument), "the store's key");
  auto storing = store_envelope(inner_, std::move(next));
  co_await std::move(storing);
}

record_key sealed::kept(record_key const& key) const {
  require_open_space(key.space);
  return record_key(key.space, cipher().id_of(key.space, key.id));
}

record sealed::read(record_space space, record const& one) const {
  auto found = cipher().decrypt(space, one.id, one.value);
  if (!found)
    throw store_error(client_errc::bad_session_file, sealed_place, "a record was changed");
  return *std::move(found);
}

std::optional<bytes> sealed::read(record_key const& key, std::optional<bytes> const& value) const {
  if (!value) return {};
  return read(key.space, record(key.id, *value)).value;
}

task<std::optional<bytes>> sealed::get(record_key key) {
  auto const where = kept(key);
  auto wanted = where;
  auto const value = co_await below_->get(std::move(wanted));
  co_return read(where, value);
}

task<std::vector<std::optional<bytes>>> sealed::get_all(std::vector<record_key> keys) {
  (void)cipher();
  for (auto& key : keys) key = kept(key);
  auto wanted = keys;
  auto values = co_await below_->get_all(std::move(wanted));
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = read(keys[i], values[i]);
  co_return values;
}

task<std::vector<record>> sealed::scan(record_range range) {
  (void)cipher();
  if (range.space == record_space::seal) co_return std::vector<record>();
  if (record_cipher::hides(range.space)) {
    auto work = scan_hidden(std::move(range));
    auto found = co_await std::move(work);
    co_return found;
  }
  auto found = co_await below_->scan(range);
  for (auto& one : found) one = read(range.space, one);
  co_return found;
}

/// Ids that are hidden have no order, so all are read.
task<std::vector<record>> sealed::scan_hidden(record_range range) {
  record_map all;
  record_range part(range.space);
  for (;;) {
    auto const page = co_await below_->scan(part);
    if (page.empty()) break;
    for (auto const& one : page) {
      auto shown = read(range.space, one);
      write_batch batch;
      batch.put(range.space, std::move(shown.id), std::move(shown.value));
      all.apply(std::move(batch));
    }
    part.after = page.back().id;
  }
  co_return all.scan(range);
}

task<> sealed::commit(write_batch batch, durability how) {
  (void)cipher();
  if (!batch.is_storable())
    throw error(make_error_code(client_errc::bad_argument), "more than a store takes at once");
  write_batch out;
  for (auto const& one : batch.writes()) {
    require_open_space(one.space);
    auto id = cipher().id_of(one.space, one.id);
    switch (one.what) {
      case record_write::kind::put:
        out.put(one.space, std::move(id),
                cipher().encrypt(one.space, one.id, one.value, world_->random()));
        break;
      case record_write::kind::erase: out.erase(one.space, std::move(id)); break;
      case record_write::kind::clear: out.clear(one.space); break;
    }
  }
  co_await below_->commit(std::move(out), how);
}

task<> sealed::close() {
  cipher_.reset();
  inner_ = {};
  co_await below_->close();
}

task<store_key> give(store_key key) { co_return key; }

}  // namespace
}  // namespace mtp::MTP_ABI::detail

namespace mtp::MTP_ABI {

std::shared_ptr<sealed_store> sealed_records(std::shared_ptr<record_store> below,
                                             store_key_source ask) {
  return std::make_shared<detail::sealed>(std::move(below), std::move(ask));
}

std::shared_ptr<sealed_store> sealed_records(std::shared_ptr<record_store> below, store_key key) {
  return sealed_records(std::move(below), [key = std::move(key)] { return detail::give(key); });
}

}  // namespace mtp::MTP_ABI
