// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Files on their way down.
#include "files_stage.hpp"

#include <mtp/core/as_result.hpp>
#include <mtp/tl/types/Document.hpp>
#include <mtp/tl/types/MessageMedia.hpp>

#include <algorithm>
#include <system_error>

using namespace mtp;
using namespace mtp::test;
using namespace std::chrono_literals;
using mtp::testing::crashing_files;
using mtp::testing::file_kind;
using mtp::testing::method_fault;
using mtp::testing::rpc_fault;

namespace {

constexpr char part[] = "upload.getFile";

task<std::error_code> code_of_download(client& c, message const& from, file_sink to) {
  std::error_code out;
  try {
    co_await c.download(from.media(), to);
  } catch (error const& e) {
    out = e.code();
  }
  co_return out;
}

}  // namespace

TEST_CASE("a download appears under its name when all of it is there", "[methods][files]") {
  files_stage s;
  auto const content = content_of(11 * mib);
  s.play([&](client& c) -> task<> {
    auto const sent = co_await sent_with(c, content);
    bool early = false;
    auto look = [&](transfer_progress const& now) {
      early = early || (now.state != transfer_state::finished && s.files.exists("holiday.mp4"));
      CHECK((now.done == content.size() || s.files.exists("holiday.mp4.part")));
    };
    file_sink const sink("holiday.mp4", s.files);
    auto const size = co_await c.download(sent.media(), sink, {.on_progress = look});
    CHECK(size == content.size());
    CHECK_FALSE(early);
    CHECK((s.files.content("holiday.mp4") == content));
    CHECK_FALSE(s.files.exists("holiday.mp4.part"));
  });
}

TEST_CASE("a disk that fails at any step is told, and leaves nothing half done",
          "[methods][files]") {
  files_stage s;
  auto const content = content_of(1 * mib);
  s.play([&](client& c) -> task<> {
    auto const sent = co_await sent_with(c, content);
    int failures = 0;
    for (int step = 0; step < 12; ++step) {
      CAPTURE(step);
      s.files.remove("holiday.mp4");
      s.files.fail(crashing_files::trouble::error, step);
      file_sink const sink("holiday.mp4", s.files);
      auto const told = co_await code_of_download(c, sent, sink);
      s.files.fail(crashing_files::trouble::none, 0);
      if (told) ++failures;
      CHECK((told || s.files.content("holiday.mp4") == content));
      CHECK_FALSE(s.files.exists("holiday.mp4.part"));
    }
    CHECK(failures > 8);
  });
}

TEST_CASE("a full disk and a place that may not be written are told by name", "[methods][files]") {
  files_stage s;
  auto const content = content_of(2 * mib);
  s.play([&](client& c) -> task<> {
    auto const sent = co_await sent_with(c, content);
    s.files.set_room(1 * mib);
    file_sink const sink("holiday.mp4", s.files);
    CHECK(co_await code_of_download(c, sent, sink) == std::errc::no_space_on_device);
    CHECK_FALSE(s.files.exists("holiday.mp4.part"));
    s.files.set_room(UINT64_MAX);
    s.files.refuse(std::errc::permission_denied);
    CHECK(co_await code_of_download(c, sent, sink) == std::errc::permission_denied);
    s.files.refuse(std::nullopt);
    CHECK(!co_await code_of_download(c, sent, sink));
  });
}

TEST_CASE("a file is followed to the data centre that has it", "[methods][files]") {
  files_stage s;
  auto const content = content_of(3 * mib);
  s.play([&](client& c) -> task<> {
    auto const sent = co_await sent_with(c, content);
    auto const id = sent.document()->id;
    s.centre.with_world(
        [&](testing::world& all) { CHECK(all.files().move(file_kind::document, id, 4)); });
    auto const back = co_await content_in(c, sent);
    CHECK((back == content));
    for (auto const& one : s.centre.call_log()) {
      if (one.method != part) continue;
      CHECK((one.dc == 2 || one.dc == 4));
    }
  });
}

TEST_CASE("a download goes on over connections that break at any part", "[methods][files]") {
  files_stage s;
  auto const content = content_of(2 * mib + 5);
  s.play([&](client& c) -> task<> {
    auto const sent = co_await sent_with(c, content);
    for (int at = 0; at < 17; ++at) {
      CAPTURE(at);
      s.fail_at(at, {.method = part, .disconnect = true, .forget = testing::remembered::session});
      auto const back = co_await content_in(c, sent);
      CHECK((back == content));
      CHECK(s.centre.steps_left() == 0);
    }
  });
}

TEST_CASE("waits and troubles of the server hold a download up, and do not end it",
          "[methods][files]") {
  files_stage s;
  auto const content = content_of(2 * mib);
  s.play([&](client& c) -> task<> {
    auto const sent = co_await sent_with(c, content);
    s.centre.add_fault(
        {.method = part, .times = 3, .refusal = rpc_fault{420, "FLOOD_PREMIUM_WAIT_300"}});
    s.centre.add_fault({.method = part, .times = 2, .refusal = rpc_fault{500, "INTERNAL"}});
    auto const began = s.sim.now().steady;
    auto const back = co_await content_in(c, sent);
    CHECK((back == content));
    CHECK(s.sim.now().steady - began > 300s);
  });
}

TEST_CASE("a reference that has expired is told by its name", "[methods][files]") {
  files_stage s;
  s.play([&](client& c) -> task<> {
    auto const sent = co_await sent_with(c, content_of(1000));
    s.centre.with_world([](testing::world& all) { all.files().expire_references(); });
    std::string told;
    try {
      co_await content_in(c, sent);
    } catch (rpc_error const& e) {
      told = e.name();
    }
    CHECK(told == "FILE_REFERENCE_EXPIRED");
  });
}

TEST_CASE("whoever takes the bytes slowly is not flooded with them", "[methods][files]") {
  files_stage s;
  auto const content = content_of(20 * mib);
  s.play([&](client& c) -> task<> {
    auto const sent = co_await sent_with(c, content);
    auto const before = s.centre.calls(part);
    std::size_t taken = 0;
    std::size_t parts = 0;
    std::size_t most_ahead = 0;
    auto take = [&](bytes_view some) -> task<> {
      co_await s.sim.sleep(10s);
      CHECK(std::ranges::equal(some, bytes_view(content).subspan(taken, some.size())));
      taken += some.size();
      most_ahead = std::max(most_ahead, s.centre.calls(part) - before - parts);
      ++parts;
    };
    auto const sink = file_sink::into_writer(take);
    auto const size = co_await c.download(sent.media(), sink);
    CHECK(size == content.size());
    CHECK(taken == content.size());
    CHECK(most_ahead <= 8);
  });
}

TEST_CASE("what carries no file cannot be downloaded", "[methods][files]") {
  CHECK_THROWS_AS(remote_file(tl::MessageMedia(tl::messageMediaGeo{})), error);
  CHECK_THROWS_AS(remote_file(tl::MessageMedia()), error);
}
