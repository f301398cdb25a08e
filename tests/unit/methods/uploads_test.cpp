// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Files on their way up, and back again, against the data centre.
#include "files_stage.hpp"

#include <mtp/core/as_result.hpp>
#include <mtp/tl/functions/upload.hpp>
#include <mtp/tl/types/Document.hpp>
#include <mtp/tl/types/DocumentAttribute.hpp>

#include <optional>
#include <vector>

using namespace mtp;
using namespace mtp::test;
using namespace std::chrono_literals;
using mtp::testing::method_fault;
using mtp::testing::rpc_fault;

namespace {

constexpr char small_part[] = "upload.saveFilePart";
constexpr char big_part[] = "upload.saveBigFilePart";

/// What an upload ends with.
task<std::error_code> code_of_upload(client& c, file_source from) {
  std::error_code out;
  try {
    co_await c.upload(from);
  } catch (error const& e) {
    out = e.code();
  }
  co_return out;
}

/// Gives bytes in pieces that fit no part.
file_source in_pieces(bytes const& content, std::optional<std::uint64_t> size = {}) {
  auto at = std::make_shared<std::size_t>(0);
  auto next = [&content, at](mutable_bytes into) -> task<std::size_t> {
    auto const count = std::min({into.size(), content.size() - *at, std::size_t{77'777}});
    std::copy_n(content.begin() + static_cast<std::ptrdiff_t>(*at), count, into.begin());
    *at += count;
    co_return count;
  };
  return file_source::of_reader(std::move(next), "stream.bin", size);
}

}  // namespace

TEST_CASE("files of every size come down as they went up", "[methods][files]") {
  for (auto const size :
       {std::size_t{1}, 128 * kib, 128 * kib + 1, 10 * mib, 10 * mib + 1, 11 * mib + 512 * kib}) {
    CAPTURE(size);
    files_stage s;
    s.play([&](client& c) -> task<> {
      auto const content = content_of(size);
      auto const sent = co_await sent_with(c, content);
      CHECK(sent.text() == "Look!");
      REQUIRE(sent.document());
      CHECK(sent.document()->size == static_cast<std::int64_t>(size));
      auto const back = co_await content_in(c, sent);
      CHECK((back == content));
    });
    CHECK((s.centre.calls(big_part) == 0) == (size <= 10 * mib));
  }
}

TEST_CASE("a stream of unknown size goes up, and its message says how large it was",
          "[methods][files]") {
  for (auto const size : {std::size_t{1}, 512 * kib, 512 * kib + 1, 3 * mib, 11 * mib + 7}) {
    CAPTURE(size);
    files_stage s;
    s.play([&](client& c) -> task<> {
      auto const content = content_of(size);
      auto const source = in_pieces(content);
      auto const file = co_await c.upload(source);
      CHECK(file.size == size);
      CHECK(file.is_big == (size > 512 * kib));
      auto const sent = co_await c.send_file("@alice", file);
      auto const back = co_await content_in(c, sent);
      CHECK((back == content));
    });
  }
}

TEST_CASE("what is empty, too short or gone is told, and nothing is sent", "[methods][files]") {
  files_stage s;
  auto const content = content_of(1 * mib);
  s.play([&](client& c) -> task<> {
    auto const empty = file_source::of_bytes({}, "empty.bin");
    CHECK(co_await code_of_upload(c, empty) == transfer_errc::empty_file);
    bytes const nothing;
    auto const silent = in_pieces(nothing);
    CHECK(co_await code_of_upload(c, silent) == transfer_errc::empty_file);
    CHECK(s.centre.calls(small_part) == 0);
    auto const shorter = in_pieces(content, content.size() + 1);
    CHECK(co_await code_of_upload(c, shorter) == transfer_errc::file_changed);
    file_source const missing("nowhere.bin", s.files);
    CHECK(co_await code_of_upload(c, missing) == std::errc::no_such_file_or_directory);
    auto const too_large = in_pieces(content, std::uint64_t{4001} * 512 * kib);
    CHECK(co_await code_of_upload(c, too_large) == transfer_errc::file_too_large);
  });
}

TEST_CASE("a file that shrinks while it goes up is told", "[methods][files]") {
  files_stage s;
  s.files.put("shrinking.bin", content_of(12 * mib));
  s.play([&](client& c) -> task<> {
    auto shrink = [&](transfer_progress const& now) {
      if (now.done > 0) s.files.content("shrinking.bin").resize(6 * mib);
    };
    file_source const source("shrinking.bin", s.files);
    std::error_code told;
    try {
      co_await c.upload(source, {.on_progress = shrink});
    } catch (error const& e) {
      told = e.code();
    }
    CHECK(told == transfer_errc::file_changed);
  });
}

TEST_CASE("a file that is written to or grows while it goes up is told", "[methods][files]") {
  bool const grows = GENERATE(false, true);
  files_stage s;
  s.files.put("written.bin", content_of(12 * mib));
  s.play([&](client& c) -> task<> {
    auto write = [&](transfer_progress const&) {
      auto& content = s.files.content("written.bin");
      grows ? content.push_back(0) : void(content[5] ^= 1);
    };
    file_source const source("written.bin", s.files);
    std::error_code told;
    try {
      co_await c.upload(source, {.on_progress = write});
    } catch (error const& e) {
      told = e.code();
    }
    CHECK(told == transfer_errc::file_changed);
  });
}

TEST_CASE("a file has its name in whatever script", "[methods][files]") {
  files_stage s;
  s.play([&](client& c) -> task<> {
    for (std::string const name : {"каникулы.bin", "休日.bin", "חופשה.bin", "عطلة.bin", "วันหยุด.bin",
                                   "🏖️ e\u0301t\u00e9.bin", "two  spaces .bin", "no extension"}) {
      s.files.put(name, content_of(10));
      file_source const source(name, s.files);
      auto const file = co_await c.upload(source);
      CHECK(file.name == name);
      auto const sent = co_await c.send_file("@alice", file);
      auto const* const named =
          sent.document()->attributes.front().get_if<tl::documentAttributeFilename>();
      REQUIRE(named);
      CHECK(named->file_name == tl::string(name));
    }
  });
}

TEST_CASE("an upload goes on over connections that break at any part", "[methods][files]") {
  auto const content = content_of(10 * mib + 5);
  for (int at = 0; at < 21; ++at) {
    CAPTURE(at);
    files_stage s;
    s.play([&](client& c) -> task<> {
      s.fail_at(at,
                {.method = big_part, .disconnect = true, .forget = testing::remembered::session});
      auto const sent = co_await sent_with(c, content);
      auto const back = co_await content_in(c, sent);
      CHECK((back == content));
    });
    CHECK(s.centre.steps_left() == 0);
  }
}

TEST_CASE("waits and troubles of the server hold an upload up, and do not end it",
          "[methods][files]") {
  files_stage s;
  auto const content = content_of(10 * mib + 5);
  bool waited = false;
  s.play([&](client& c) -> task<> {
    s.centre.add_fault(
        {.method = big_part, .times = 2, .refusal = rpc_fault{420, "FLOOD_PREMIUM_WAIT_300"}});
    s.centre.add_fault(
        {.method = big_part, .times = 2, .refusal = rpc_fault{420, "FLOOD_WAIT_20"}});
    s.centre.add_fault({.method = big_part, .times = 2, .refusal = rpc_fault{500, "INTERNAL"}});
    auto look = [&](transfer_progress const& now) {
      waited = waited || now.state == transfer_state::waiting;
    };
    auto const source = file_source::of_bytes(content, "some.bin");
    auto const began = s.sim.now().steady;
    auto const file = co_await c.upload(source, {.on_progress = look});
    CHECK(s.sim.now().steady - began > 300s);
    auto const sent = co_await c.send_file("@alice", file);
    auto const back = co_await content_in(c, sent);
    CHECK((back == content));
  });
  CHECK(waited);
}

TEST_CASE("an upload that is refused for good says so at once", "[methods][files]") {
  files_stage s;
  s.play([&](client& c) -> task<> {
    s.centre.add_fault({.method = small_part, .refusal = rpc_fault{400, "FILE_PART_INVALID"}});
    auto const source = file_source::of_bytes(content_of(1 * mib), "some.bin");
    std::string told;
    try {
      co_await c.upload(source);
    } catch (rpc_error const& e) {
      told = e.name();
    }
    CHECK(told == "FILE_PART_INVALID");
  });
}

TEST_CASE("progress grows to the whole, and the name and type are those of the file",
          "[methods][files]") {
  files_stage s;
  auto png = content_of(1 * mib);
  constexpr std::string_view mark = "\x89PNG\r\n\x1a\n";
  std::copy(mark.begin(), mark.end(), png.begin());
  s.files.put("ein Bild — 図.jpeg", png);
  std::vector<transfer_progress> seen;
  s.play([&](client& c) -> task<> {
    auto look = [&](transfer_progress const& now) { seen.push_back(now); };
    file_source const source("ein Bild — 図.jpeg", s.files);
    auto const file = co_await c.upload(source, {.on_progress = look});
    CHECK(file.name == "ein Bild — 図.jpeg");
    CHECK(file.mime_type == "image/png");
    auto const sent = co_await c.send_file("@alice", file);
    CHECK(sent.document()->mime_type == tl::string("image/png"));
    auto const as_picture = co_await c.send_file("@alice", file, {}, {.as_photo = true});
    REQUIRE(as_picture.photo());
    auto const back = co_await content_in(c, as_picture);
    CHECK((back == png));
    auto const again = co_await c.upload(source, {.name = "other.txt", .mime_type = "x/y"});
    CHECK(again.name == "other.txt");
    CHECK(again.mime_type == "x/y");
  });
  REQUIRE(seen.size() == 8);
  for (std::size_t i = 1; i < seen.size(); ++i) CHECK(seen[i].done > seen[i - 1].done);
  CHECK(seen.back().done == 1 * mib);
  CHECK(seen.back().total == 1 * mib);
  CHECK(seen.back().state == transfer_state::finished);
}

TEST_CASE("an upload that is cancelled ends, and another works", "[methods][files]") {
  files_stage s;
  auto const content = content_of(3 * mib);
  s.play([&](client& c) -> task<> {
    s.centre.add_fault({.method = small_part, .times = 2, .ignore = true});
    auto const source = file_source::of_bytes(content, "some.bin");
    task_scope scope(c.get_executor());
    auto const child = [](client& who, file_source from) -> task<> { co_await who.upload(from); };
    scope.spawn(child(c, source));
    co_await s.sim.sleep(5s);
    scope.cancel();
    (void)co_await as_result(scope.join());
    auto const sent = co_await sent_with(c, content);
    auto const back = co_await content_in(c, sent);
    CHECK((back == content));
  });
}

TEST_CASE("a small file beside a large one does not wait for its end", "[methods][files]") {
  files_stage s;
  s.sim.network().to_server.rate = 500'000;
  auto const large = file_source::of_bytes(content_of(40 * mib), "large.bin");
  auto const small = file_source::of_bytes(content_of(100 * kib), "small.bin");
  bool large_is_up = false;
  s.play([&](client& c) -> task<> {
    task_scope scope(c.get_executor());
    auto const send = [&](file_source from, bool& done) -> task<> {
      co_await c.upload(from);
      done = true;
    };
    scope.spawn(send(large, large_is_up));
    co_await s.sim.sleep(5s);
    auto const began = s.sim.now().steady;
    auto const file = co_await c.upload(small);
    CHECK(file.size == 100 * kib);
    CHECK(s.sim.now().steady - began < 6s);
    CHECK_FALSE(large_is_up);
    co_await scope.join();
  });
  CHECK(large_is_up);
}
