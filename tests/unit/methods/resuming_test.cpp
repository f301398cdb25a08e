// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Files that go on where another life of the program left them.
#include "files_stage.hpp"

#include <mtp/storage/file_records.hpp>

#include <algorithm>
#include <optional>
#include <system_error>

using namespace mtp;
using namespace mtp::test;
using namespace std::chrono_literals;
using mtp::testing::crashing_files;
using mtp::testing::rpc_fault;
using trouble = crashing_files::trouble;
using aftermath = crashing_files::aftermath;

namespace {

constexpr char big_part[] = "upload.saveBigFilePart";
constexpr char get_part[] = "upload.getFile";
constexpr char get_hashes[] = "upload.getFileHashes";
constexpr std::size_t film_size = 14 * mib + 5;  // 29 parts

/// Many steps are alike, and each way of dying takes others of them.
constexpr int stride = 9;

/// A process ends where this is thrown.
struct end_of_process {};

struct film_stage : files_stage {
  bytes const content = content_of(film_size);

  film_stage() { files.put("film.mp4", content); }

  /// What a life that ended has sent still arrives.
  void let_arrive() { sim.run(sim.sleep(1min)); }
  /// What stops a transfer once so much is through.
  static auto stop_at(std::uint64_t size) {
    return [size](transfer_progress const& now) {
      if (now.done >= size) throw end_of_process();
    };
  }
  /// One life with an upload that does not get further than `size`.
  void break_upload(std::uint64_t size) {
    auto stop = stop_at(size);
    auto const life = [&](client& c) -> task<> {
      file_source const source("film.mp4", files);
      co_await c.upload(source, {.on_progress = stop});
    };
    CHECK_THROWS_AS(play(life), end_of_process);
    let_arrive();
  }
  task<message> uploaded_and_sent(client& c) {
    file_source const source("film.mp4", files);
    auto const file = co_await c.upload(source);
    CHECK(file.size == film_size);
    CHECK(file.parts == 29);
    auto out = co_await c.send_file("@alice", file);
    co_return out;
  }
  void break_download(message const& from, std::uint64_t size) {
    auto stop = stop_at(size);
    remote_file const file(from);
    auto const life = [&](client& c) -> task<> {
      file_sink const sink("back.mp4", files);
      co_await c.download(file, sink, {.on_progress = stop});
    };
    CHECK_THROWS_AS(play(life), end_of_process);
    let_arrive();
  }
  void end_download(message const& from) {
    remote_file const file(from);
    auto const life = [&](client& c) -> task<> {
      file_sink const sink("back.mp4", files);
      auto const size = co_await c.download(file, sink);
      CHECK(size == film_size);
    };
    play(life);
    CHECK((files.content("back.mp4") == content));
    CHECK_FALSE(files.exists("back.mp4.part"));
  }
  /// A message with the film.
  message film() {
    std::optional<message> out;
    play([&](client& c) -> task<> { out = co_await uploaded_and_sent(c); });
    return *out;
  }
};

}  // namespace

TEST_CASE("an upload goes on with the parts that the servers have", "[methods][files]") {
  film_stage s;
  s.break_upload(10 * mib);
  auto const before = s.centre.calls(big_part);
  s.play([&](client& c) -> task<> {
    auto const sent = co_await s.uploaded_and_sent(c);
    auto const again = s.centre.calls(big_part) - before;
    CHECK(again <= 29 - 16);
    CHECK(again >= 9);
    auto const back = co_await content_in(c, sent);
    CHECK((back == s.content));
    // What is done is forgotten.
    auto const whole = s.centre.calls(big_part);
    co_await s.uploaded_and_sent(c);
    CHECK(s.centre.calls(big_part) == whole + 29);
  });
}

TEST_CASE("an upload begins anew when the file is another, or too long ago", "[methods][files]") {
  film_stage s;
  s.break_upload(10 * mib);
  auto const before = s.centre.calls(big_part);
  bool resumable = true;
  SECTION("another of that size") { s.files.content("film.mp4")[7] ^= 1; }
  SECTION("hours later") { s.sim.run(s.sim.sleep(5h)); }
  SECTION("not wanted") { resumable = false; }
  s.play([&](client& c) -> task<> {
    file_source const source("film.mp4", s.files);
    auto const file = co_await c.upload(source, {.resumable = resumable});
    CHECK(s.centre.calls(big_part) == before + 29);
    auto const sent = co_await c.send_file("@alice", file);
    auto const back = co_await content_in(c, sent);
    CHECK((back == s.files.content("film.mp4")));
  });
}

TEST_CASE("an upload whose parts the servers dropped begins anew", "[methods][files]") {
  film_stage s;
  s.break_upload(10 * mib);
  auto const before = s.centre.calls(big_part);
  s.play([&](client& c) -> task<> {
    s.centre.add_fault({.method = big_part, .refusal = rpc_fault{400, "FILE_PARTS_INVALID"}});
    auto const sent = co_await s.uploaded_and_sent(c);
    CHECK(s.centre.calls(big_part) > before + 29);
    auto const back = co_await content_in(c, sent);
    CHECK((back == s.content));
  });
}

TEST_CASE("a download goes on with what is on the disk", "[methods][files]") {
  film_stage s;
  auto const from = s.film();
  s.break_download(from, 10 * mib);
  CHECK(s.files.exists("back.mp4.part"));
  auto const before = s.centre.calls(get_part);
  s.end_download(from);
  CHECK(s.centre.calls(get_part) - before <= 29 - 19);
  CHECK(s.centre.calls(get_hashes) > 0);
}

TEST_CASE("what is wrong on the disk is fetched again", "[methods][files]") {
  film_stage s;
  auto const from = s.film();
  s.break_download(from, 10 * mib);
  auto const before = s.centre.calls(get_part);
  std::size_t least = 0;
  SECTION("a byte in the middle") {
    s.files.content("back.mp4.part")[5 * mib] ^= 1;
    least = 19;
  }
  SECTION("the last part") {
    s.files.content("back.mp4.part").resize(9 * mib + 77);
    least = 11;
  }
  SECTION("all of it") {
    s.files.content("back.mp4.part") = bytes(10 * mib, 1);
    least = 29;
  }
  SECTION("nobody knows") {
    s.centre.add_fault({.method = get_hashes, .refusal = rpc_fault{400, "LOCATION_INVALID"}});
    least = 29;
  }
  SECTION("it is gone") {
    s.files.remove("back.mp4.part");
    least = 29;
  }
  s.end_download(from);
  CHECK(s.centre.calls(get_part) - before >= least);
  CHECK(s.centre.calls(get_part) - before <= least + 1);
}

TEST_CASE("a download to the place of another file begins anew", "[methods][files]") {
  film_stage s;
  auto const first = s.film();
  auto const second = s.film();
  s.break_download(first, 10 * mib);
  auto const before = s.centre.calls(get_part);
  s.end_download(second);
  CHECK(s.centre.calls(get_part) - before == 29);
}

TEST_CASE("a full disk is told, what there is stays, and the download goes on with room",
          "[methods][files]") {
  film_stage s;
  auto const from = s.film();
  s.files.set_room(film_size + 8 * mib);
  s.play([&](client& c) -> task<> {
    remote_file const file(from);
    file_sink const sink("back.mp4", s.files);
    std::error_code told;
    try {
      co_await c.download(file, sink);
    } catch (error const& e) {
      told = e.code();
    }
    CHECK(told == std::errc::no_space_on_device);
    CHECK(s.files.exists("back.mp4.part"));
    CHECK_FALSE(s.files.exists("back.mp4"));
  });
  s.files.set_room(UINT64_MAX);
  s.let_arrive();
  auto const before = s.centre.calls(get_part);
  s.end_download(from);
  CHECK(s.centre.calls(get_part) - before <= 29 - 15);
}

TEST_CASE("who cancels a transfer keeps nothing of it", "[methods][files]") {
  film_stage s;
  s.sim.network().to_client.rate = 1'000'000;
  auto const from = s.film();
  s.play([&](client& c) -> task<> {
    file_sink const sink("back.mp4", s.files);
    auto down = c.start_download(remote_file(from), sink);
    while (auto const now = co_await down.next_progress()) {
      if (now->done >= 6 * mib) down.cancel();
    }
    CHECK(down.state() == transfer_state::cancelled);
    CHECK_FALSE(s.files.exists("back.mp4.part"));
  });
  s.let_arrive();
  auto const before = s.centre.calls(get_part);
  s.end_download(from);
  CHECK(s.centre.calls(get_part) - before == 29);
}

namespace {

/// Lives until a file is up and down again; one step of the disk, on which the store is too, kills
/// the process or fails.
struct killed_transfers : film_stage {
  std::optional<message> sent = {};
  bool done = false;

  killed_transfers() { records = nullptr; }

  client_config config_here() {
    auto out = config();
    out.records = file_records("/s/bot.session", files);
    return out;
  }
  task<> go(client& c) {
    co_await sign_in(c);
    if (!sent) sent = co_await uploaded_and_sent(c);
    remote_file const file(*sent);
    file_sink const sink("back.mp4", files);
    co_await c.download(file, sink);
    done = true;
  }
  void live_once() {
    try {
      live(config_here(), [this](client& c) { return go(c); });
    } catch (crashing_files::crash const&) {
    } catch (error const&) {}
  }
  /// Returns how many steps there were.
  int live_until_done(trouble how, int at, aftermath what) {
    int steps = 0;
    for (int i = 0; i < 6 && !done; ++i) {
      files.fail(at >= steps ? how : trouble::none, at - steps);
      live_once();
      bool const was_here = at >= steps && at < steps + files.steps();
      steps += files.steps();
      files.restart(was_here ? what : aftermath::killed);
    }
    return steps;
  }
};

}  // namespace

TEST_CASE("a file survives kills at every step of store and disk", "[methods][files][killed]") {
  auto const how = GENERATE(trouble::crash, trouble::error);
  auto const what = GENERATE(aftermath::killed, aftermath::power_cut, aftermath::torn);
  if (how == trouble::error && what != aftermath::killed) return;
  int const steps = killed_transfers().live_until_done(trouble::none, 0, aftermath::killed);
  REQUIRE(steps > 80);
  int const first = how == trouble::error ? 1 : 3 * static_cast<int>(what);
  for (int step = first; step < steps; step += stride) {
    killed_transfers s;
    CAPTURE(step, steps);
    s.live_until_done(how, step, what);
    REQUIRE(s.done);
    REQUIRE((s.files.content("back.mp4") == s.content));
    REQUIRE_FALSE(s.files.exists("back.mp4.part"));
  }
}
