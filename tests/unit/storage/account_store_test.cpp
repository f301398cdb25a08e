// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/storage/account_store.hpp>

#include "storage/account/session_batch.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"
#include "support/session_examples.hpp"
#include "support/temporary_folder.hpp"

#include <mtp/core/environment.hpp>
#include <mtp/storage/file_records.hpp>
#include <mtp/storage/memory_records.hpp>
#include <mtp/storage/store_error.hpp>

using namespace mtp;

namespace {

bytes to_bytes(std::string_view text) { return bytes(text.begin(), text.end()); }

task<> open_here(record_store& store) {
  auto const strand = co_await asio::this_coro::executor;
  auto work = store.open(real_environment(), strand);
  co_await std::move(work);
}

/// Runs `what`, a coroutine, with an account in memory.
template <class Work>
void with_account(Work what, std::size_t cached = 256) {
  auto const records = memory_records();
  auto const work = [&]() -> task<> {
    co_await open_here(*records);
    account_store account(records, cached);
    co_await what(account, *records);
  };
  test::run(work());
}

stored_peer somebody(std::int64_t id, std::string name) {
  return {.id = {peer_kind::user, id}, .access_hash = 7 * id, .usernames = {std::move(name)}};
}

task<> put(account_store& account, stored_peer peer) {
  account_batch batch;
  batch.put(peer);
  co_await account.commit(std::move(batch));
}

}  // namespace

TEST_CASE("peers are looked up by id, username and phone", "[storage][account]") {
  with_account([](account_store& account, record_store&) -> task<> {
    auto ann = somebody(1, "Ann_Example");
    ann.phone = std::string("4912345678");
    ann.name = "Ann";
    ann.learnt = 1700000000;
    co_await put(account, ann);
    stored_peer min{.id = {peer_kind::user, 2},
                    .voucher = peer_voucher{.chat = {peer_kind::channel, 5}, .message = 9}};
    co_await put(account, min);
    stored_peer channel{.id = {peer_kind::channel, 1}, .access_hash = -1};
    co_await put(account, channel);
    auto found = co_await account.peer(ann.id);
    CHECK(found == ann);
    found = co_await account.peer(min.id);
    CHECK(found == min);
    found = co_await account.peer(channel.id);
    CHECK(found == channel);
    found = co_await account.peer_by_username("ann_example");
    CHECK(found == ann);
    found = co_await account.peer_by_phone(std::string("4912345678"));
    CHECK(found == ann);
    found = co_await account.peer_by_username("nobody");
    CHECK(!found);
  });
}

TEST_CASE("a username belongs to who had it last", "[storage][account]") {
  with_account([](account_store& account, record_store&) -> task<> {
    co_await put(account, somebody(1, "shop"));
    co_await put(account, somebody(1, "old_shop"));
    auto found = co_await account.peer_by_username("shop");
    CHECK(!found);
    co_await put(account, somebody(2, "shop"));
    found = co_await account.peer_by_username("shop");
    CHECK(found == somebody(2, "shop"));
    found = co_await account.peer_by_username("old_shop");
    CHECK(found == somebody(1, "old_shop"));
  });
}

TEST_CASE("few peers are held, and those are the newest", "[storage][account]") {
  auto const work = [](account_store& account, record_store& records) -> task<> {
    for (int i = 1; i <= 5; ++i) co_await put(account, somebody(i, "first"));
    // Behind the back of the account: what is held does not see it.
    write_batch behind;
    behind.clear(record_space::peers);
    co_await records.commit(std::move(behind));
    int held = 0;
    for (int i = 1; i <= 5; ++i) {
      auto const found = co_await account.peer({peer_kind::user, i});
      if (found) ++held;
    }
    CHECK(held == 2);
    co_await put(account, somebody(4, "second"));
    auto const changed = co_await account.peer({peer_kind::user, 4});
    CHECK(changed == somebody(4, "second"));
  };
  with_account(work, 2);
}

TEST_CASE("keys have names, salts, and go at once", "[storage][account]") {
  with_account([](account_store& account, record_store&) -> task<> {
    key_name const home{.dc = 2};
    key_name const temporary{.dc = 2, .kind = key_kind::temporary};
    key_name const media{.dc = 4, .purpose = key_purpose::download};
    stored_key const key{.key = bytes(256, 1), .made_at = 5, .expires_at = 9, .signed_in = true};
    account_batch batch;
    CHECK(batch.how() == durability::coalesced);
    batch.put(home, std::vector<stored_salt>{{.salt = 1, .valid_since = 2, .valid_until = 3}});
    CHECK(batch.how() == durability::coalesced);
    batch.put(home, key).put(temporary, key).put(media, key);
    CHECK(batch.how() == durability::at_once);
    co_await account.commit(std::move(batch));
    auto keys = co_await account.keys();
    CHECK(keys == std::map<key_name, stored_key>{{home, key}, {temporary, key}, {media, key}});
    account_batch gone;
    gone.erase(temporary);
    co_await account.commit(std::move(gone));
    auto const one = co_await account.key(temporary);
    CHECK(!one);
    auto const salts = co_await account.salts(home);
    CHECK(salts == std::vector<stored_salt>{{.salt = 1, .valid_since = 2, .valid_until = 3}});
  });
}

TEST_CASE("each consumer has its positions, the outbox its order", "[storage][account]") {
  with_account([](account_store& account, record_store&) -> task<> {
    account_batch batch;
    batch.put_position("bot", update_state{.pts = 1, .qts = 2, .date = 3, .seq = 4});
    batch.put_position("bot", 10, 7).put_position("bot", 300, 8);
    CHECK(batch.how() == durability::coalesced);
    batch.put_position("logger", 10, 9);
    batch.put_outgoing(256, to_bytes("later")).put_outgoing(2, to_bytes("sooner"));
    batch.put_login_tokens({to_bytes("zz"), to_bytes("token")})
        .put_value("step of 5", to_bytes("waiting"));
    co_await account.commit(std::move(batch));
    auto const at = co_await account.position("bot");
    CHECK(at == update_state{.pts = 1, .qts = 2, .date = 3, .seq = 4});
    auto const none = co_await account.position("logger");
    CHECK(!none);
    auto channels = co_await account.channel_positions("bot");
    CHECK(channels == std::map<std::int64_t, std::int32_t>{{10, 7}, {300, 8}});
    channels = co_await account.channel_positions("logger");
    CHECK(channels == std::map<std::int64_t, std::int32_t>{{10, 9}});
    auto const outbox = co_await account.outbox();
    REQUIRE(outbox.size() == 2);
    CHECK(outbox.begin()->first == 2);
    account_batch sent;
    sent.erase_outgoing(2);
    CHECK(sent.how() == durability::at_once);
    co_await account.commit(std::move(sent));
    auto const left = co_await account.outbox();
    CHECK(left.size() == 1);
    auto const tokens = co_await account.login_tokens();
    CHECK(tokens == std::vector<secret<bytes>>{to_bytes("zz"), to_bytes("token")});
    auto const value = co_await account.value("step of 5");
    CHECK(value == to_bytes("waiting"));
  });
}

TEST_CASE("an account is forgotten, its keys and values are not", "[storage][account]") {
  with_account([](account_store& account, record_store&) -> task<> {
    account_batch batch;
    batch.put(stored_identity{.home_dc = 2, .self = stored_self{.id = 5, .bot = true}});
    batch.put(somebody(1, "ann")).put(key_name{.dc = 2}, stored_key{.key = bytes(256, 1)});
    batch.put_value("mine", to_bytes("x"));
    co_await account.commit(std::move(batch));
    account_batch forget;
    forget.forget_account();
    co_await account.commit(std::move(forget));
    auto const who = co_await account.identity();
    CHECK(who == stored_identity{});
    auto const peer = co_await account.peer({peer_kind::user, 1});
    CHECK(!peer);
    auto const keys = co_await account.keys();
    CHECK(keys.size() == 1);
    auto const value = co_await account.value("mine");
    CHECK(value == to_bytes("x"));
  });
}

TEST_CASE("attempts and positions are counted by consumer, and forgotten", "[storage][account]") {
  with_account([](account_store& account, record_store&) -> task<> {
    account_batch batch;
    batch.put_attempts("bot", "message 7 in user 42", 2).put_attempts("bot", "message 8", 1);
    batch.put_attempts("log", "message 7 in user 42", 9);
    batch.put_position("bot", update_state{.pts = 1}).put_position("bot", 10, 7);
    batch.put_position("bot", 11, 8);
    CHECK(batch.how() == durability::coalesced);
    co_await account.commit(std::move(batch));
    auto attempts = co_await account.attempts("bot");
    CHECK(attempts ==
          std::map<std::string, std::int32_t>{{"message 7 in user 42", 2}, {"message 8", 1}});
    account_batch gone;
    gone.erase_attempts("bot", "message 8").erase_position("bot").erase_position("bot", 10);
    CHECK(gone.how() == durability::coalesced);
    co_await account.commit(std::move(gone));
    attempts = co_await account.attempts("bot");
    CHECK(attempts == std::map<std::string, std::int32_t>{{"message 7 in user 42", 2}});
    attempts = co_await account.attempts("log");
    CHECK(attempts == std::map<std::string, std::int32_t>{{"message 7 in user 42", 9}});
    auto const at = co_await account.position("bot");
    CHECK(!at);
    auto const channels = co_await account.channel_positions("bot");
    CHECK(channels == std::map<std::int64_t, std::int32_t>{{11, 8}});
  });
}

TEST_CASE("a session of the format before is imported", "[storage][account]") {
  with_account([](account_store& account, record_store&) -> task<> {
    auto expected = test::full_session();
    auto batch = import_session(expected, "client");
    co_await account.commit(std::move(batch));
    for (auto const& [id, hash] : expected.access_hashes) {
      auto const peer = co_await account.peer(id);
      CHECK(peer.value_or(stored_peer()).access_hash == hash);
    }
    expected.access_hashes.clear();
    expected.dcs.erase(4);  // which has no key
    auto const found = co_await export_session(account, "client");
    CHECK(found == expected);
    auto const other = co_await export_session(account, "another");
    CHECK(!other.updates);
    CHECK(other.channel_pts.empty());
    CHECK(other.attempts.empty());
  });
}

TEST_CASE("changes of a session change an account alike", "[storage][account]") {
  with_account([](account_store& account, record_store&) -> task<> {
    session_state expected;
    for (auto const& change : test::session_changes()) {
      apply(expected, change);
      auto batch = detail::to_batch(change, expected, "client");
      co_await account.commit(std::move(batch));
      auto const found = co_await export_session(account, "client");
      auto wanted = expected;
      wanted.access_hashes.clear();
      CHECK(found == wanted);
      for (auto const id : {1, 42}) {
        peer_id const peer{peer_kind::user, id};
        auto const met = co_await account.peer(peer);
        CHECK(met.has_value() == expected.access_hashes.contains(peer));
      }
    }
  });
}

TEST_CASE("no damage to a value of an account does harm", "[storage][account]") {
  with_account([](account_store& account, record_store& records) -> task<> {
    auto ann = somebody(1, "ann");
    ann.phone = std::string("49123");
    co_await put(account, ann);
    record_range range(record_space::peers);
    auto const kept = co_await records.scan(range);
    auto const whole = kept[0].value;
    for (std::size_t at = 0; at < 2 * whole.size(); ++at) {
      auto value = whole;
      if (at < whole.size()) value[at] ^= 0xff;
      if (at >= whole.size()) value.resize(at - whole.size());
      write_batch batch;
      batch.put(record_space::peers, kept[0].id, std::move(value));
      co_await records.commit(std::move(batch));
      account_store fresh(std::shared_ptr<record_store>(&records, [](auto*) {}));
      std::error_code refused;
      try {
        auto const found = co_await fresh.peer(ann.id);
        (void)found;
      } catch (store_error const& e) {
        refused = e.code();
      }
      CAPTURE(at);
      if (at == 0) CHECK(refused == client_errc::newer_store);
      if (at >= whole.size()) CHECK(refused == client_errc::bad_session_file);
    }
  });
}
