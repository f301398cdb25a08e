// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Transfers that go on by themselves, and what their handles do.
#include "files_stage.hpp"

#include <mtp/core/as_result.hpp>

#include <optional>
#include <system_error>
#include <vector>

using namespace mtp;
using namespace mtp::test;
using namespace std::chrono_literals;
using mtp::testing::rpc_fault;

namespace {

constexpr char big_part[] = "upload.saveBigFilePart";
constexpr char get_part[] = "upload.getFile";

template <class Handle>
task<std::error_code> code_of(Handle& of) {
  std::error_code out;
  try {
    co_await of.result();
  } catch (std::system_error const& e) {
    out = e.code();
  }
  co_return out;
}

/// A stage with a line on which a large file takes a while.
struct slow_stage : files_stage {
  slow_stage() {
    sim.network().to_server.rate = 1'000'000;
    sim.network().to_client.rate = 1'000'000;
  }
};

}  // namespace

TEST_CASE("a transfer goes on by itself, and its handle says how far it is", "[methods][files]") {
  slow_stage s;
  auto const content = content_of(12 * mib);
  s.play([&](client& c) -> task<> {
    auto const source = file_source::of_bytes(content, "some.bin");
    auto up = c.start_upload(source);
    std::vector<transfer_progress> seen;
    while (auto const now = co_await up.next_progress()) seen.push_back(*now);
    REQUIRE(seen.size() > 4);
    for (std::size_t i = 1; i < seen.size(); ++i) CHECK(seen[i].done >= seen[i - 1].done);
    CHECK(seen.front().state == transfer_state::running);
    CHECK(seen.back().state == transfer_state::finished);
    CHECK(seen.back().done == 12 * mib);
    CHECK(up.state() == transfer_state::finished);
    auto const file = co_await up.result();
    auto const again = co_await up.result();
    CHECK(file == again);
    auto const sent = co_await c.send_file("@alice", file);
    bytes back;
    auto const sink = file_sink::into_bytes(back);
    auto down = c.start_download(remote_file(sent), sink);
    auto const size = co_await down.result();
    CHECK(size == content.size());
    CHECK((back == content));
    auto const last = co_await down.next_progress();
    REQUIRE(last);
    CHECK(last->state == transfer_state::finished);
    auto const none = co_await down.next_progress();
    CHECK_FALSE(none);
  });
}

TEST_CASE("a transfer that is paused rests, and goes on when it is resumed", "[methods][files]") {
  slow_stage s;
  auto const content = content_of(12 * mib);
  s.play([&](client& c) -> task<> {
    auto const source = file_source::of_bytes(content, "some.bin");
    bool told = false;
    auto look = [&](transfer_progress const& now) {
      told = told || now.state == transfer_state::paused;
    };
    auto up = c.start_upload(source, {.on_progress = look});
    co_await s.sim.sleep(3s);
    up.pause();
    CHECK(up.state() == transfer_state::paused);
    co_await s.sim.sleep(60s);
    auto const before = s.centre.calls(big_part);
    CHECK(before > 0);
    CHECK(before < 24);
    co_await s.sim.sleep(60s);
    CHECK(s.centre.calls(big_part) == before);
    CHECK(told);
    up.resume();
    CHECK(up.state() == transfer_state::running);
    auto const file = co_await up.result();
    auto const sent = co_await c.send_file("@alice", file);

    bytes back;
    auto const sink = file_sink::into_bytes(back);
    auto down = c.start_download(remote_file(sent), sink);
    down.pause();
    co_await s.sim.sleep(60s);
    CHECK(s.centre.calls(get_part) <= 2);  // those that were under way
    down.resume();
    auto const size = co_await down.result();
    CHECK(size == content.size());
    CHECK((back == content));
  });
}

TEST_CASE("a transfer that is cancelled says so, and leaves nothing", "[methods][files]") {
  slow_stage s;
  auto const content = content_of(12 * mib);
  s.play([&](client& c) -> task<> {
    auto const sent = co_await sent_with(c, content);
    file_sink const sink("film.mp4", s.files);
    auto down = c.start_download(remote_file(sent), sink);
    co_await s.sim.sleep(2s);
    CHECK(s.files.exists("film.mp4.part"));
    down.cancel();
    CHECK(co_await code_of(down) == asio::error::operation_aborted);
    CHECK(down.state() == transfer_state::cancelled);
    CHECK_FALSE(s.files.exists("film.mp4.part"));
    auto const source = file_source::of_bytes(content, "some.bin");
    auto at_once = c.start_upload(source);
    at_once.cancel();
    CHECK(co_await code_of(at_once) == asio::error::operation_aborted);
    auto const back = co_await content_in(c, sent);
    CHECK((back == content));
  });
}

TEST_CASE("who drops the handle of a transfer cancels it", "[methods][files]") {
  slow_stage s;
  s.play([&](client& c) -> task<> {
    auto const source = file_source::of_bytes(content_of(12 * mib), "some.bin");
    std::optional<upload_handle> up(c.start_upload(source));
    co_await s.sim.sleep(3s);
    up.reset();
    co_await s.sim.sleep(30s);
    auto const before = s.centre.calls(big_part);
    CHECK(before < 24);
    co_await s.sim.sleep(60s);
    CHECK(s.centre.calls(big_part) == before);
  });
}

TEST_CASE("a transfer that fails ends alone", "[methods][files]") {
  files_stage s;
  s.play([&](client& c) -> task<> {
    s.centre.add_fault({.method = big_part, .refusal = rpc_fault{400, "FILE_PART_INVALID"}});
    auto const source = file_source::of_bytes(content_of(12 * mib), "some.bin");
    auto up = c.start_upload(source);
    std::optional<transfer_progress> last;
    while (auto const now = co_await up.next_progress()) last = now;
    REQUIRE(last);
    CHECK(last->state == transfer_state::failed);
    CHECK_THROWS_AS(co_await up.result(), rpc_error);
    auto const me = co_await c.get_me();
    CHECK(me.id() == client_world::bot);
  });
}

TEST_CASE("a transfer begins with the client, and ends with it", "[methods][files]") {
  slow_stage s;
  auto const early = file_source::of_bytes(content_of(100), "early.bin");
  auto const late = file_source::of_bytes(content_of(40 * mib), "late.bin");
  std::optional<upload_handle> up;
  std::optional<upload_handle> never;
  s.play([](client&) -> task<> { co_return; });  // who is signed in already
  auto const story = [&]() -> task<> {
    client c(s.sim.get_executor(), s.config());
    up.emplace(c.start_upload(early));
    co_await s.sim.sleep(10s);
    CHECK(up->state() == transfer_state::running);
    auto const use = [&]() -> task<> {
      auto const file = co_await up->result();
      CHECK(file.size == 100);
      up.emplace(c.start_upload(late));
      co_await s.sim.sleep(5s);
      c.close();
    };
    auto const start = [&](task_scope& scope) {
      scope.spawn(c.run());
      scope.spawn(use());
    };
    co_await task_scope::run(s.sim.get_executor(), start);
    CHECK(co_await code_of(*up) == client_errc::closed);
    CHECK(up->state() == transfer_state::failed);
    client idle(s.sim.get_executor(), s.config());
    never.emplace(idle.start_upload(early));
    idle.close();
    CHECK(co_await code_of(*never) == client_errc::closed);
  };
  s.sim.run(story());
}
