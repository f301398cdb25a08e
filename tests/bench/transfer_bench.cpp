// SPDX-License-Identifier: MIT OR Apache-2.0
// What files cost the client's process: 64 MiB in parts of 512 KiB each way, a few of them under
// way at a time, by raw calls and as one file, beside encrypting and hashing the same parts and
// nothing else. The server is another process. Everything is timed in turn, and of many rounds the
// least counts. The last line is JSON.
#include "bench_process.hpp"

#include <mtp/core/task_scope.hpp>
#include <mtp/crypto/message_cipher.hpp>
#include <mtp/tl/functions/upload.hpp>
#include <mtp/tl/types/Document.hpp>
#include <mtp/tl/types/InputFileLocation.hpp>
#include <mtp/tl/types/storage/FileType.hpp>
#include <mtp/tl/types/upload/File.hpp>

#include <asio/this_coro.hpp>

#include <algorithm>
#include <memory>

namespace {

using namespace mtp;

constexpr std::size_t part_size = std::size_t{512} << 10;
constexpr int parts = 128;
constexpr double mib = parts * static_cast<double>(part_size) / (1 << 20);
constexpr int at_a_time = 4;
constexpr int rounds = 15;
constexpr double time_limit = 90;         // seconds
constexpr std::size_t plain_header = 32;  // salt, session, id, number, length
constexpr std::size_t cipher_block = 16;

/// Parts that do not shrink, like those of photos and films.
bytes random_part() {
  bytes out(part_size);
  system_random().fill(out);
  return out;
}

// --- Transfers ------------------------------------------------------------------------------

void prepare(testing::data_centre& dc) {
  using testing::call;
  dc.on<tl::upload::saveFilePart>([](call&, tl::upload::saveFilePart const& part) {
    return testing::outcome<bool>(part.bytes.size() == part_size);
  });
  dc.on<tl::upload::saveBigFilePart>([](call&, tl::upload::saveBigFilePart const& part) {
    return testing::outcome<bool>(part.bytes.size() == part_size);
  });
  auto const content = std::make_shared<bytes const>(random_part());
  dc.on<tl::upload::getFile>([content](call&, tl::upload::getFile const&) {
    tl::upload::file part{.type = tl::storage::fileJpeg{}, .bytes = *content};
    return testing::outcome<tl::upload::File>(tl::upload::File(std::move(part)));
  });
}

/// The next part that nobody has taken.
struct turn {
  int next = 0;
};

task<> send_parts(client& with, bytes const& content, turn& of) {
  tl::upload::saveFilePart request{.file_id = 1, .bytes = content};
  while (of.next < parts) {
    request.file_part = of.next++;
    bool const stored = co_await with.invoke(request, {.priority = call_priority::bulk});
    if (!stored) std::abort();
  }
}

task<> fetch_parts(client& with, turn& of) {
  while (of.next < parts) {
    tl::inputDocumentFileLocation where{.id = 1, .access_hash = 1};
    tl::upload::getFile request{.location = where,
                                .offset = of.next++ * std::int64_t{part_size},
                                .limit = static_cast<std::int32_t>(part_size)};
    auto const answer = co_await with.invoke(request);
    auto const* const file = answer->get_if<tl::upload::file>();
    if (!file || file->bytes.size() != part_size) std::abort();
  }
}

/// Runs as many of `one` as may be under way at a time.
template <class Start>
task<> side_by_side(Start one) {
  auto const executor = co_await asio::this_coro::executor;
  turn shared;
  auto const start = [&](task_scope& scope) {
    for (int i = 0; i < at_a_time; ++i) scope.spawn(one(shared));
  };
  co_await task_scope::run(executor, start);
}

/// A file of which all parts are the same.
file_source source_of(bytes const& content) {
  auto const next = [&content](mutable_bytes into) -> task<std::size_t> {
    std::copy_n(content.begin(), into.size(), into.begin());
    co_return into.size();
  };
  return file_source::of_reader(next, "film.mp4", parts * part_size);
}

task<> send_file(client& with, bytes const& content) {
  auto const source = source_of(content);
  auto const file = co_await with.upload(source);
  if (file.parts != parts) std::abort();
}

task<> fetch_file(client& with) {
  tl::document file{.id = 1, .access_hash = 1};
  file.size = parts * std::int64_t{part_size};
  file.dc_id = 2;
  auto const drop = [](bytes_view) -> task<> { co_return; };
  auto const sink = file_sink::into_writer(drop);
  remote_file const from(file);
  auto const size = co_await with.download(from, sink);
  if (size != parts * part_size) std::abort();
}

class transfers {
 public:
  explicit transfers(client_config config) : client_(loop_.get_executor(), std::move(config)) {
    asio::co_spawn(client_.get_executor(), client_.run(), bench::rethrow);
    drive(log_in());
  }

  void up() {
    drive(side_by_side([this](turn& of) { return send_parts(client_, content_, of); }));
  }
  void file_up() { drive(send_file(client_, content_)); }
  void file_down() { drive(fetch_file(client_)); }
  void down() {
    drive(side_by_side([this](turn& of) { return fetch_parts(client_, of); }));
  }

 private:
  task<> log_in() {
    auto const bot = co_await client_.sign_in_bot(bench::bot_token);
    (void)bot;
  }
  void drive(task<> work) { bench::drive(loop_, client_.get_executor(), std::move(work)); }

  asio::io_context loop_{1};
  client client_;
  bytes content_ = random_part();
};

// --- Encrypting and hashing alone -----------------------------------------------------------

class cipher {
 public:
  void seal() {
    bytes_view const part = plain_;
    for (int i = 0; i < parts; ++i)
      crypto::seal(key_, crypto::direction::to_server, {&part, 1}, packet_);
  }

  /// What was opened is sealed no longer: each gets its copy, which does not count.
  void open(bench::cost& to) {
    auto const sealed = crypto::seal(key_, crypto::direction::to_client, plain_);
    double spent = 0;
    for (int i = 0; i < parts; ++i) {
      packet_ = sealed;
      double const before = bench::cpu_seconds();
      if (!crypto::open_in_place(key_, crypto::direction::to_client, packet_)) std::abort();
      spent += bench::cpu_seconds() - before;
    }
    to.cpu = std::min(to.cpu, spent);
  }

 private:
  crypto::auth_key key_{system_random().make<std::array<std::uint8_t, crypto::auth_key::size>>()};
  bytes plain_ = bytes(part_size + plain_header + cipher_block, 1);
  bytes packet_ = bytes(plain_.size() + crypto::packet_header);
};

struct costs {
  bench::cost up;
  bench::cost down;
  bench::cost file_up;
  bench::cost file_down;
  bench::cost seal;
  bench::cost open;
};

costs measure(transfers& client, cipher& alone, bench::server_process const& dc) {
  costs out;
  client.up();
  client.down();
  client.file_up();
  client.file_down();
  double const end = bench::wall_seconds() + time_limit;
  for (int i = 0; i < rounds && bench::wall_seconds() < end; ++i) {
    dc.share_processor(i % 2 == 0);
    out.up.measure(1, [&] { client.up(); });
    out.seal.measure(1, [&] { alone.seal(); });
    out.down.measure(1, [&] { client.down(); });
    alone.open(out.open);
    out.file_up.measure(1, [&] { client.file_up(); });
    out.file_down.measure(1, [&] { client.file_down(); });
  }
  return out;
}

void show(costs const& found) {
  bench::figures all;
  all.add("up_of_crypto", found.seal.cpu / found.up.cpu);
  all.add("down_of_crypto", found.open.cpu / found.down.cpu);
  all.add("file_up_of_crypto", found.seal.cpu / found.file_up.cpu);
  all.add("file_down_of_crypto", found.open.cpu / found.file_down.cpu);
  all.add("up_mib_per_cpu_s", mib / found.up.cpu);
  all.add("down_mib_per_cpu_s", mib / found.down.cpu);
  all.add("seal_mib_per_cpu_s", mib / found.seal.cpu);
  all.add("open_mib_per_cpu_s", mib / found.open.cpu);
  all.add("up_wall_mib_per_s", mib / found.up.wall);
  all.add("down_wall_mib_per_s", mib / found.down.wall);
  all.show();
}

}  // namespace

int main() {
  bench::server_process const dc(bench::data_centre_server(prepare));
  transfers client(bench::config_for(dc));
  cipher alone;
  show(measure(client, alone, dc));
}
