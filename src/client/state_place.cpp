// SPDX-License-Identifier: MIT OR Apache-2.0
#include "client/state_place.hpp"

#include "storage/account/session_batch.hpp"

#include <mtp/core/error.hpp>
#include <mtp/storage/account_store.hpp>

#include <map>
#include <string>
#include <utility>

namespace mtp::MTP_ABI::detail {
namespace {

record_key key_of_transfer(std::string_view name) {
  return record_key(record_space::transfers, bytes(name.begin(), name.end()));
}

/// Names of values that begin so are the library's.
constexpr std::string_view kept_login_name = "mtp.log-in";

class account_place final : public state_place {
 public:
  account_place(std::shared_ptr<record_store> records, environment& world,
                asio::any_io_executor strand, lease_options lease)
      : records_(std::move(records)),
        account_(records_),
        world_(world),
        strand_(std::move(strand)),
        lease_(lease) {}

  task<> open() override { co_await records_->open(world_, strand_, lease_); }
  task<session_state> read() override {
    return export_session(account_, std::string(client_consumer));
  }
  task<> commit(std::shared_ptr<session_change const> change, session_state const& after) override {
    return account_.commit(to_batch(*change, after, client_consumer));
  }
  task<> commit(std::shared_ptr<session_change const> change, session_state const& after,
                store_transaction with) override {
    return account_.commit(to_batch(*change, after, client_consumer), std::move(with));
  }
  task<std::map<std::uint64_t, bytes>> journal(std::uint64_t after, std::size_t most) override {
    return account_.journal(after, most);
  }
  task<std::optional<bytes>> transfer(std::string name) override {
    return records_->get(key_of_transfer(name));
  }
  task<> set_transfer(std::string name, std::optional<bytes> content) override {
    auto key = key_of_transfer(name);
    write_batch batch;
    if (content) {
      batch.put(key.space, std::move(key.id), *std::move(content));
    } else {
      batch.erase(key.space, std::move(key.id));
    }
    return records_->commit(std::move(batch), durability::coalesced);
  }
  task<std::optional<bytes>> kept_login() override {
    return account_.value(std::string(kept_login_name));
  }
  task<> keep_login(bytes what) override {
    account_batch change;
    if (what.empty()) {
      change.erase_value(kept_login_name);
    } else {
      change.put_value(kept_login_name, what);
    }
    return account_.commit(std::move(change));
  }
  task<store_statistics> measure() override { return mtp::measure(*records_); }
  task<> close() override { return records_->close(); }

  bool keeps_only_hashes() const override { return false; }
  stored_peer const* held_peer(peer_id peer) override { return account_.held_peer(peer); }
  task<std::optional<stored_peer>> peer(peer_id peer) override { return account_.peer(peer); }
  task<std::optional<stored_peer>> peer_by_username(std::string name) override {
    return account_.peer_by_username(std::move(name));
  }
  task<std::optional<stored_peer>> peer_by_phone(secret<std::string> phone) override {
    return account_.peer_by_phone(std::move(phone));
  }

 private:
  std::shared_ptr<record_store> records_;
  account_store account_;
  environment& world_;
  asio::any_io_executor strand_;
  lease_options lease_;
};

class session_place final : public state_place {
 public:
  explicit session_place(std::shared_ptr<session_store> store) : store_(std::move(store)) {}

  task<> open() override {
    auto stored = co_await store_->open();
    stored_ = std::move(stored);
  }
  task<session_state> read() override {
    hashes_ = std::exchange(stored_.access_hashes, {});
    co_return std::exchange(stored_, {});
  }
  task<> commit(std::shared_ptr<session_change const> change, session_state const&) override {
    auto work = store_->commit(*change);
    co_await std::move(work);
    if (change->new_account) hashes_.clear();
    for (auto const& [id, peer] : change->peers) {
      if (peer.access_hash != 0) hashes_[id] = peer.access_hash;
    }
    for (auto const& [peer, hash] : change->access_hashes) hashes_[peer] = hash;
  }
  task<> commit(std::shared_ptr<session_change const>, session_state const&,
                store_transaction) override {
    throw error(make_error_code(client_errc::bad_argument), "a session_store has no transactions");
  }
  task<std::map<std::uint64_t, bytes>> journal(std::uint64_t, std::size_t) override {
    std::map<std::uint64_t, bytes> const none;
    co_return none;
  }
  task<std::optional<bytes>> transfer(std::string) override { co_return std::nullopt; }
  task<> set_transfer(std::string, std::optional<bytes>) override { co_return; }
  task<std::optional<bytes>> kept_login() override { co_return std::nullopt; }
  task<> keep_login(bytes) override { co_return; }
  task<store_statistics> measure() override {
    throw error(make_error_code(client_errc::bad_argument), "a session_store has no records");
  }
  task<> close() override {
    store_->close();
    co_return;
  }

  bool keeps_only_hashes() const override { return true; }
  stored_peer const* held_peer(peer_id peer) override {
    auto const found = hashes_.find(peer);
    if (found == hashes_.end()) return nullptr;
    asked_ = {.id = peer, .access_hash = found->second};
    return &asked_;
  }
  task<std::optional<stored_peer>> peer(peer_id peer) override {
    auto const* held = held_peer(peer);
    co_return held ? std::optional(*held) : std::nullopt;
  }
  task<std::optional<stored_peer>> peer_by_username(std::string) override {
    co_return std::optional<stored_peer>();
  }
  task<std::optional<stored_peer>> peer_by_phone(secret<std::string>) override {
    co_return std::optional<stored_peer>();
  }

 private:
  std::shared_ptr<session_store> store_;
  session_state stored_;
  std::map<peer_id, std::int64_t> hashes_;
  stored_peer asked_;
};

}  // namespace

std::unique_ptr<state_place> make_place(std::shared_ptr<record_store> records, environment& world,
                                        asio::any_io_executor strand, lease_options lease) {
  return std::make_unique<account_place>(std::move(records), world, std::move(strand), lease);
}

std::unique_ptr<state_place> make_place(std::shared_ptr<session_store> store) {
  return std::make_unique<session_place>(std::move(store));
}

}  // namespace mtp::MTP_ABI::detail
