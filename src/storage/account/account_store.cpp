// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/storage/account_store.hpp>

#include "storage/account/account_codec.hpp"

#include <mtp/storage/store_error.hpp>

#include <algorithm>
#include <list>
#include <map>
#include <utility>

namespace mtp::MTP_ABI {
namespace {

template <class T>
task<std::optional<T>> read_value(record_store& from, record_space space, bytes id) {
  record_key key(space, std::move(id));
  auto const found = co_await from.get(std::move(key));
  std::optional<T> out;
  if (found) detail::decode_value(*found, out.emplace());
  co_return out;
}

bool has_username(stored_peer const& peer, bytes const& wanted) {
  return std::ranges::any_of(peer.usernames, [&](std::string const& name) {
    return detail::encode_username(name) == wanted;
  });
}

constexpr std::size_t peers_at_once = 500;

void add_peer(std::map<peer_id, stored_peer>& to, std::optional<bytes> const& value) {
  if (!value) return;
  stored_peer peer;
  detail::decode_value(*value, peer);
  to.insert_or_assign(peer.id, std::move(peer));
}

/// An index may name who had a username or number before.
bool is_indexed(stored_peer const& peer, record_space index, bytes const& id) {
  if (index == record_space::usernames) return has_username(peer, id);
  return as_bytes(peer.phone.reveal()).size() == id.size() &&
         std::ranges::equal(as_bytes(peer.phone.reveal()), id);
}

}  // namespace

/// The peers that were used last.
class account_store::peer_cache {
 public:
  explicit peer_cache(std::size_t most) : most_(most) {}

  stored_peer const* find(peer_id id) {
    auto const found = by_id_.find(id);
    if (found == by_id_.end()) return nullptr;
    all_.splice(all_.begin(), all_, found->second);
    return &all_.front();
  }
  void put(stored_peer peer) {
    erase(peer.id);
    all_.push_front(std::move(peer));
    by_id_[all_.front().id] = all_.begin();
    if (all_.size() > most_) erase(all_.back().id);
  }
  void erase(peer_id id) {
    auto const found = by_id_.find(id);
    if (found == by_id_.end()) return;
    all_.erase(found->second);
    by_id_.erase(found);
  }
  void clear() { by_id_.clear(), all_.clear(); }
  /// Changes whenever a commit begins: what was read before may be older than it.
  std::uint64_t age = 0;

 private:
  std::size_t most_;
  std::list<stored_peer> all_;
  std::map<peer_id, std::list<stored_peer>::iterator> by_id_;
};

account_store::account_store(std::shared_ptr<record_store> records, std::size_t cached)
    : records_(std::move(records)), cache_(std::make_unique<peer_cache>(cached)) {}
account_store::~account_store() = default;

task<stored_identity> account_store::identity() {
  auto const found =
      co_await read_value<stored_identity>(*records_, record_space::identity, bytes());
  co_return found.value_or(stored_identity());
}

task<std::optional<stored_key>> account_store::key(key_name name) {
  return read_value<stored_key>(*records_, record_space::auth_keys, detail::encode_key_name(name));
}

task<std::map<key_name, stored_key>> account_store::keys() {
  std::map<key_name, stored_key> out;
  auto const found = co_await all(record_space::auth_keys);
  for (auto const& one : found)
    detail::decode_value(one.value, out[detail::decode_key_name(one.id)]);
  co_return out;
}

task<std::vector<stored_salt>> account_store::salts(key_name name) {
  auto work = read_value<std::vector<stored_salt>>(*records_, record_space::salts,
                                                   detail::encode_key_name(name));
  auto found = co_await std::move(work);
  std::vector<stored_salt> out;
  if (found) out = *std::move(found);
  co_return out;
}

task<std::optional<stored_addresses>> account_store::addresses(std::int32_t dc) {
  return read_value<stored_addresses>(*records_, record_space::addresses, detail::encode_dc(dc));
}

task<std::map<std::int32_t, stored_addresses>> account_store::addresses() {
  std::map<std::int32_t, stored_addresses> out;
  auto const found = co_await all(record_space::addresses);
  for (auto const& one : found) detail::decode_value(one.value, out[detail::decode_dc(one.id)]);
  co_return out;
}

stored_peer const* account_store::held_peer(peer_id id) { return cache_->find(id); }

task<std::optional<stored_peer>> account_store::peer(peer_id id) {
  auto const* cached = cache_->find(id);
  if (cached) co_return *cached;
  auto const age = cache_->age;
  auto work = read_value<stored_peer>(*records_, record_space::peers, detail::encode_peer_id(id));
  auto found = co_await std::move(work);
  if (found && age == cache_->age) cache_->put(*found);
  co_return found;
}

task<std::optional<stored_peer>> account_store::peer_by_username(std::string name) {
  return find_peer(record_space::usernames, detail::encode_username(name));
}

task<std::optional<stored_peer>> account_store::peer_by_phone(secret<std::string> phone) {
  return find_peer(record_space::phones, detail::encode_text(phone.reveal()));
}

task<std::optional<stored_peer>> account_store::find_peer(record_space index, bytes id) {
  auto const wanted = id;
  auto work = read_value<peer_id>(*records_, index, std::move(id));
  auto const named = co_await std::move(work);
  std::optional<stored_peer> found;
  if (!named) co_return found;
  found = co_await peer(*named);
  if (found && !is_indexed(*found, index, wanted)) found.reset();
  co_return found;
}

task<std::vector<stored_peer>> account_store::peers(std::optional<peer_id> after,
                                                    std::size_t most) {
  record_range range(record_space::peers, most);
  if (after) range.after = detail::encode_peer_id(*after);
  auto const page = co_await records_->scan(range);
  std::vector<stored_peer> out(page.size());
  for (std::size_t i = 0; i < page.size(); ++i) detail::decode_value(page[i].value, out[i]);
  co_return out;
}

task<std::optional<update_state>> account_store::position(std::string consumer) {
  return read_value<update_state>(*records_, record_space::update_state,
                                  detail::encode_account_box(consumer));
}

task<std::map<std::int64_t, std::int32_t>> account_store::channel_positions(std::string consumer) {
  return numbers_of_boxes(std::move(consumer), 'c');
}

task<std::map<std::int64_t, std::int32_t>> account_store::last_messages(std::string consumer) {
  return numbers_of_boxes(std::move(consumer), 'm');
}

task<std::map<std::int64_t, std::int32_t>> account_store::numbers_of_boxes(std::string consumer,
                                                                           std::uint8_t kind) {
  auto prefix = detail::encode_consumer(consumer);
  prefix.push_back(kind);
  auto const front = prefix.size();
  auto const found = co_await all(record_space::update_state, std::move(prefix));
  std::map<std::int64_t, std::int32_t> out;
  for (auto const& one : found) {
    auto const channel = detail::decode_number(bytes_view(one.id).subspan(front));
    detail::decode_value(one.value, out[static_cast<std::int64_t>(channel)]);
  }
  co_return out;
}

task<std::map<std::string, std::int32_t>> account_store::attempts(std::string consumer) {
  auto prefix = detail::encode_consumer(consumer);
  auto const front = prefix.size();
  std::map<std::string, std::int32_t> out;
  auto const found = co_await all(record_space::attempts, std::move(prefix));
  for (auto const& one : found) {
    auto const update = as_text(bytes_view(one.id).subspan(front));
    detail::decode_value(one.value, out[std::string(update)]);
  }
  co_return out;
}

task<std::map<std::string, stored_consumer>> account_store::consumers() {
  std::map<std::string, stored_consumer> out;
  auto prefix = detail::encode_journal_consumer({});
  auto const found = co_await all(record_space::journal, std::move(prefix));
  for (auto const& one : found)
    detail::decode_value(one.value, out[std::string(as_text(bytes_view(one.id).subspan(1)))]);
  co_return out;
}

task<std::uint64_t> account_store::journal_end() {
  auto work =
      read_value<std::uint64_t>(*records_, record_space::journal, detail::encode_journal_end());
  auto const found = co_await std::move(work);
  co_return found.value_or(0);
}

task<std::map<std::uint64_t, bytes>> account_store::journal(std::uint64_t after, std::size_t most) {
  record_range range(record_space::journal, most);
  range.prefix = {'u'};
  range.after = detail::encode_journal_update(after);
  auto const page = co_await records_->scan(range);
  std::map<std::uint64_t, bytes> out;
  for (auto const& one : page)
    out.emplace(detail::decode_number(bytes_view(one.id).subspan(1)), one.value);
  co_return out;
}

task<std::vector<secret<bytes>>> account_store::login_tokens() {
  std::vector<secret<bytes>> out;
  auto const found = co_await all(record_space::login_tokens);
  for (auto const& one : found) out.emplace_back(one.value);
  co_return out;
}

task<std::map<std::uint64_t, bytes>> account_store::outbox() {
  std::map<std::uint64_t, bytes> out;
  auto const found = co_await all(record_space::outbox);
  for (auto const& one : found) out.emplace(detail::decode_number(one.id), one.value);
  co_return out;
}

task<std::optional<bytes>> account_store::value(std::string name) {
  return records_->get(record_key(record_space::values, detail::encode_text(name)));
}

task<std::vector<record>> account_store::all(record_space space, bytes prefix) {
  std::vector<record> out;
  record_range range(space);
  range.prefix = std::move(prefix);
  for (;;) {
    auto const page = co_await records_->scan(range);
    if (page.empty()) co_return out;
    out.insert(out.end(), page.begin(), page.end());
    range.after = page.back().id;
  }
}

/// Looks up what peers that are not whole are added to. Lifetime: `batch` outlives it.
task<> account_store::settle(account_batch& batch) {
  std::map<peer_id, stored_peer> known;
  std::vector<record_key> wanted;
  auto const added = batch.unsettled();
  for (auto const id : batch.forgets() ? std::vector<peer_id>() : added) {
    auto const* held = cache_->find(id);
    if (held)
      known.insert_or_assign(id, *held);
    else
      wanted.emplace_back(record_space::peers, detail::encode_peer_id(id));
  }
  for (std::size_t done = 0; done < wanted.size(); done += peers_at_once) {
    auto const end = std::min(wanted.size(), done + peers_at_once);
    std::vector<record_key> part(wanted.begin() + static_cast<std::ptrdiff_t>(done),
                                 wanted.begin() + static_cast<std::ptrdiff_t>(end));
    auto reading = records_->get_all(std::move(part));
    auto const found = co_await std::move(reading);
    for (auto const& one : found) add_peer(known, one);
  }
  batch.settle(std::move(known));
}

/// While it is under way, nothing that was read before it gets into the cache.
task<> account_store::commit(account_batch batch) {
  auto settling = settle(batch);
  co_await std::move(settling);
  auto const how = batch.how();
  auto work = records_->commit(batch.take_records(), how);
  co_await finish(batch, std::move(work));
}

task<> account_store::commit(account_batch batch, store_transaction with) {
  if (with.store != records_ || !with.commit)
    throw error(make_error_code(client_errc::bad_argument), "the write belongs to another store");
  auto settling = settle(batch);
  co_await std::move(settling);
  auto work = with.commit(batch.take_records());
  co_await finish(batch, std::move(work));
}

/// Lifetime: `batch`, whose records were taken, outlives it.
task<> account_store::finish(account_batch const& batch, task<> commit) {
  ++cache_->age;
  if (batch.forgets()) cache_->clear();
  for (auto const& one : batch.peers()) cache_->erase(one.id);
  auto const age = cache_->age;
  co_await std::move(commit);
  if (age != cache_->age) co_return;
  for (auto const& one : batch.peers()) cache_->put(one);
}

}  // namespace mtp::MTP_ABI
