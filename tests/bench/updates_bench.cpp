// SPDX-License-Identifier: MIT OR Apache-2.0
// What an update costs the client's process on its way from the socket to the program: a short
// message, pushed by a data centre in another process, with the two people whom it names: each in a
// packet of its own, and twenty in one packet, as a busy server sends them. Beside it the cost of
// decoding the same bytes and nothing else, and of decrypting the same packets and decoding what is
// in them. With a store in memory, with one in a file
// as a client uses it (what comes together is stored together), and with one in a file where each
// update has a commit of its own, on the disk before the next one is taken. Everything is timed in
// turn, and of many rounds the least counts. The last line is JSON.
#include "bench_process.hpp"

#include <mtp/core/async_event.hpp>
#include <mtp/core/environment.hpp>
#include <mtp/core/random.hpp>
#include <mtp/mtproto/encrypted_message.hpp>
#include <mtp/storage/file_records.hpp>
#include <mtp/tl/functions/account.hpp>
#include <mtp/tl/functions/users.hpp>
#include <mtp/tl/types/InputUser.hpp>
#include <mtp/tl/types/Updates.hpp>
#include <mtp/tl/types/User.hpp>
#include <support/forwarding_records.hpp>
#include <support/temporary_folder.hpp>

#include <asio/post.hpp>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <optional>

namespace {

using namespace mtp;

constexpr std::int64_t alice = 42;  // both of the data centre's own world
constexpr std::int64_t bot = 777000777;
constexpr int rounds = 25;
constexpr int updates_a_round = 2000;
constexpr int commits_a_round = 50;
constexpr int burst = 20;          // updates in one packet
constexpr double time_limit = 90;  // seconds

// --- Where they come from -------------------------------------------------------------------

/// A data centre that lets alice write to the bot as often as a call says, with a negative number
/// in bursts.
void serve(bench::server_process::tell_port const& tell) {
  testing::data_centre_config config;
  config.key = *crypto::rsa_private_key::from_pem(test::rsa_keys::private_pkcs8);
  asio::io_context loop(1);
  testing::data_centre dc(std::move(config));
  auto const say = [](testing::world& all) {
    std::string text = "What a short message says, more or less.";
    if (!all.send(alice, testing::peer::user(bot), std::move(text), 1'800'000'000)) std::abort();
  };
  auto const write = [&dc, say](int times) {
    auto const together = times < 0 ? burst : 1;
    for (int i = 0; i < std::abs(times); i += together) {
      dc.with_world([&](testing::world& all) {
        for (int j = 0; j < together; ++j) say(all);
      });
    }
  };
  dc.on<tl::account::setAuthorizationTTL>(
      [&](testing::call&, tl::account::setAuthorizationTTL const& f) -> testing::outcome<bool> {
        asio::post(loop, [write, times = f.authorization_ttl_days] { write(times); });
        return true;
      });
  dc.start(loop.get_executor());
  tell(dc.address().port);
  loop.run();
}

// --- Where they go --------------------------------------------------------------------------

/// Its commits are on the disk when they end, and can be waited for.
class watched_records final : public test::forwarding_records {
 public:
  using forwarding_records::forwarding_records;

  task<store_lease> open(environment& world, asio::any_io_executor strand,
                         lease_options how) override {
    committed_ = std::make_unique<async_event>(world, strand);
    return forwarding_records::open(world, std::move(strand), how);
  }
  task<> commit(write_batch batch, durability) override {
    auto work = forwarding_records::commit(std::move(batch), durability::at_once);
    co_await std::move(work);
    ++commits_;
    committed_->notify();
  }
  std::uint64_t commits() const noexcept { return commits_; }
  task<> wait_beyond(std::uint64_t count) {
    while (commits_ <= count) co_await committed_->wait_next();
  }

 private:
  std::unique_ptr<async_event> committed_;
  std::uint64_t commits_ = 0;
};

/// A client that runs on a loop of its own and takes updates.
class listener {
 public:
  listener(client_config config, std::shared_ptr<watched_records> each = {})
      : each_(std::move(each)), client_(loop_.get_executor(), with(std::move(config), each_)) {
    asio::co_spawn(client_.get_executor(), client_.run(), bench::rethrow);
    drive(begin());
  }

  void take(int count) { drive(ask_and_take(count)); }
  void take_bursts(int count) { drive(ask_and_take(count, true)); }
  /// The updates as the data centre sent the last one.
  tl::Updates last_packet() {
    drive(look_up_people());
    return packet_;
  }

 private:
  static client_config with(client_config config, std::shared_ptr<record_store> records) {
    if (records) config.records = std::move(records);
    return config;
  }
  void drive(task<> work) { bench::drive(loop_, client_.get_executor(), std::move(work)); }

  task<> begin() {
    std::string const token(bench::bot_token);
    co_await client_.sign_in_bot(token);
    updates_.emplace(client_.updates());
    co_await ask_and_take(1);
  }

  task<> ask_and_take(int count, bool in_bursts = false) {
    tl::account::setAuthorizationTTL request;
    request.authorization_ttl_days = in_bursts ? -count : count;
    co_await client_.invoke(request);
    for (int i = 0; i < count; ++i) {
      auto const before = each_ ? each_->commits() : 0;
      auto const one = co_await updates_->next();
      if (!one || !one->holds<new_message>()) std::abort();
      last_ = *one;
      if (each_ && i > 0) co_await each_->wait_beyond(before);
    }
  }

  task<> look_up_people() {
    tl::users::getUsers request;
    request.id.push_back(tl::inputUserSelf{});
    request.id.push_back(tl::inputUser{.user_id = alice, .access_hash = 0});
    auto const people = co_await client_.invoke(request);
    tl::updates_ out;
    out.updates.push_back(*last_.raw());
    for (auto const& one : *people) out.users.push_back(one);
    packet_ = std::move(out);
  }

  std::shared_ptr<watched_records> each_;
  asio::io_context loop_{1};
  client client_;
  std::optional<update_stream> updates_;
  update last_;
  tl::Updates packet_;
};

// --- Both -----------------------------------------------------------------------------------

/// Keeps the compiler from dropping what nobody reads.
template <class T>
void keep(T const& value) {
  asm volatile("" : : "r"(&value) : "memory");
}

void decode(bytes const& packet, int times) {
  for (int i = 0; i < times; ++i) {
    auto const read = tl::decode<tl::Updates>(packet);
    if (!read) std::abort();
    keep(read);
  }
}

/// A packet with one push, or with a container of several, and nothing to do with it but to decrypt
/// it and to decode what is in it.
class sealed_packet {
 public:
  sealed_packet(bytes const& push, int count) : count_(count), push_size_(push.size()) {
    bytes body = count == 1 ? push : container_of(push);
    mtproto::message_header const header{.salt = 1, .session = 2, .id = 5, .sequence = 1};
    sealed_ =
        mtproto::seal_message(key_, crypto::direction::to_client, header, body, system_random());
  }

  /// Reads it so often that `updates` have been read.
  void read(int updates) const {
    for (int i = 0; i < updates; i += count_) read_once();
  }

 private:
  static constexpr std::size_t container_header = 8;
  static constexpr std::size_t message_header = 16;

  bytes container_of(bytes const& push) const {
    bytes out(container_header + (message_header + push.size()) * static_cast<std::size_t>(count_));
    store_le(out.data(), std::uint32_t{0x73f1f8dc});
    store_le(out.data() + 4, static_cast<std::int32_t>(count_));
    for (int i = 0; i < count_; ++i) {
      auto* const at = out.data() + place_of(i) - message_header;
      store_le(at, std::int64_t{4} * i + 1);
      store_le(at + 8, std::int32_t{1});
      store_le(at + 12, static_cast<std::int32_t>(push.size()));
      std::copy(push.begin(), push.end(), at + message_header);
    }
    return out;
  }
  std::size_t place_of(int i) const {
    if (count_ == 1) return 0;
    auto const before = static_cast<std::size_t>(i);
    return container_header + message_header + before * (message_header + push_size_);
  }
  void read_once() const {
    auto const opened = mtproto::open_message(key_, crypto::direction::to_client,
                                              slice(bytes(sealed_.begin(), sealed_.end())));
    if (!opened) std::abort();
    for (int i = 0; i < count_; ++i) {
      auto const read = tl::decode<tl::Updates>(opened->body.part(place_of(i), push_size_));
      if (!read) std::abort();
      keep(read);
    }
  }

  crypto::auth_key key_{system_random().make<std::array<std::uint8_t, 256>>()};
  int count_;
  std::size_t push_size_;
  bytes sealed_;
};

struct costs {
  bench::cost decoding;
  bench::cost packet;
  bench::cost burst_packet;
  bench::cost memory;
  bench::cost bursts;
  bench::cost coalesced;
  bench::cost one_by_one;
};

using servers = std::array<bench::server_process, 3>;

costs measure(servers const& each, std::filesystem::path const& folder, std::size_t& size) {
  auto in_file = bench::config_for(each[1]);
  in_file.session = folder / "coalesced.session";
  listener memory(bench::config_for(each[0]));
  listener coalesced(std::move(in_file));
  listener one_by_one(bench::config_for(each[2]), std::make_shared<watched_records>(
                                                      file_records(folder / "one_by_one.session")));
  auto const packet = *tl::encode(memory.last_packet());
  size = packet.size();
  sealed_packet const alone(packet, 1);
  sealed_packet const together(packet, burst);
  costs out;
  double const end = bench::wall_seconds() + time_limit;
  for (int i = 0; i < rounds && bench::wall_seconds() < end; ++i) {
    for (auto const& one : each) one.share_processor(i % 2 == 0);
    out.decoding.measure(updates_a_round, [&] { decode(packet, updates_a_round); });
    out.packet.measure(updates_a_round, [&] { alone.read(updates_a_round); });
    out.burst_packet.measure(updates_a_round, [&] { together.read(updates_a_round); });
    out.memory.measure(updates_a_round, [&] { memory.take(updates_a_round); });
    out.bursts.measure(updates_a_round, [&] { memory.take_bursts(updates_a_round); });
    out.coalesced.measure(updates_a_round, [&] { coalesced.take(updates_a_round); });
    out.one_by_one.measure(commits_a_round, [&] { one_by_one.take(commits_a_round); });
  }
  return out;
}

void show(costs const& found, std::size_t size) {
  bench::figures all;
  all.add("pipeline_of_decode", found.memory.cpu / found.decoding.cpu);
  all.add("pipeline_of_packet", found.memory.cpu / found.packet.cpu);
  all.add("bursts_of_decode", found.bursts.cpu / found.decoding.cpu);
  all.add("bursts_of_packet", found.bursts.cpu / found.burst_packet.cpu);
  all.add("packet_us", found.packet.cpu * 1e6);
  all.add("burst_packet_us", found.burst_packet.cpu * 1e6);
  all.add("bursts_us", found.bursts.cpu * 1e6);
  all.add("bursts_a_second", 1 / found.bursts.wall);
  all.add("decode_us", found.decoding.cpu * 1e6);
  all.add("memory_us", found.memory.cpu * 1e6);
  all.add("memory_a_second", 1 / found.memory.wall);
  all.add("file_coalesced_us", found.coalesced.cpu * 1e6);
  all.add("file_coalesced_a_second", 1 / found.coalesced.wall);
  all.add("file_one_by_one_us", found.one_by_one.cpu * 1e6);
  all.add("file_one_by_one_a_second", 1 / found.one_by_one.wall);
  all.add("bytes", static_cast<double>(size));
  all.show();
}

}  // namespace

int main() {
  // A data centre each: whoever is signed in is told everything.
  servers const each{bench::server_process(serve), bench::server_process(serve),
                     bench::server_process(serve)};
  test::temporary_folder const folder;
  std::size_t size = 0;
  auto const found = measure(each, folder.path(), size);
  show(found, size);
}
