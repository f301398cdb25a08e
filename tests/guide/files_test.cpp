// SPDX-License-Identifier: MIT OR Apache-2.0
// What the guide says of files, run against the offline data centre; it stands between marks.
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

#include <mtp/mtp.hpp>
#include <mtp/testing/data_centre.hpp>
#include <mtp/tl/functions/messages.hpp>
#include <mtp/tl/functions/upload.hpp>
#include <mtp/tl/types/Document.hpp>
#include <mtp/tl/types/InputFile.hpp>
#include <mtp/tl/types/InputMedia.hpp>
#include <mtp/tl/types/InputPeer.hpp>
#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/MessageMedia.hpp>
#include <mtp/tl/types/Updates.hpp>
#include <mtp/types/file_ids.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>

namespace {

constexpr std::int64_t echo_bot = 777000777;

std::string token_in(mtp::testing::data_centre& dc) {
  std::string token;
  dc.with_world([&](auto& world) { token = world.everybody().find(echo_bot)->token; });
  return token;
}

// [file_id]
mtp::task<> send_by_id(mtp::client& client, std::string file_id, std::int64_t random_id) {
  mtp::tl::messages::sendMedia request;
  request.peer = co_await client.input_peer("@alice");
  request.media = mtp::to_input_media(mtp::parse_file_id(file_id));
  request.random_id = random_id;
  auto const sent = co_await client.invoke(request);
}
// [/file_id]

// [upload]
mtp::task<mtp::message> send_film(mtp::client& client, std::string path) {
  mtp::progress_bar bar("holiday.mp4");
  auto const file = co_await client.upload(path, {.on_progress = bar});
  co_return co_await client.send_file("@alice", file, "Look!");
}
// [/upload]

// [download]
mtp::task<> keep_film(mtp::client& client, mtp::message message, std::string path) {
  mtp::progress_bar bar("holiday.mp4");
  co_await client.download(message, path, {.on_progress = bar});
}
// [/download]

// [handle]
/// Sends a film in the background, and rests in the middle until `quiet` has ended.
mtp::task<mtp::uploaded_file> send_at_leisure(mtp::client& client, std::string path,
                                              std::function<mtp::task<>()> quiet) {
  auto film = client.start_upload(path);
  while (auto const now = co_await film.next_progress()) {
    if (now->state != mtp::transfer_state::running || now->done * 2 < now->total) continue;
    film.pause();
    co_await quiet();
    film.resume();
    break;
  }
  co_return co_await film.result();
}
// [/handle]

// [stream]
/// Sends what a generator makes, and never has more of it in memory than a few parts.
mtp::task<> send_numbers(mtp::client& client, int count) {
  int next = 0;
  mtp::file_reader read = [&](mtp::mutable_bytes into) -> mtp::task<std::size_t> {
    std::string const line = next < count ? std::to_string(next++) + "\n" : std::string();
    std::copy(line.begin(), line.end(), into.begin());
    co_return line.size();
  };
  auto const source = mtp::file_source::of_reader(std::move(read), "numbers.txt");
  auto const file = co_await client.upload(source);
  co_await client.send_file("@alice", file);
}

/// Takes the bytes as they come; no more are fetched than are taken.
mtp::task<std::size_t> count_lines(mtp::client& client, mtp::message message) {
  std::size_t lines = 0;
  mtp::file_writer count = [&](mtp::bytes_view part) -> mtp::task<> {
    lines += static_cast<std::size_t>(std::count(part.begin(), part.end(), '\n'));
    co_return;
  };
  auto const sink = mtp::file_sink::into_writer(std::move(count));
  co_await client.download(message, sink);
  co_return lines;
}
// [/stream]

/// The Bot API's id of the document in the newest message to Alice; empty when it has none.
mtp::task<std::string> newest_document(mtp::client& client) {
  auto const newest = co_await client.get_history("@alice", 1);
  mtp::tl::message const& message = *newest.at(0).raw();
  auto const* const media = message.media.get_if<mtp::tl::messageMediaDocument>();
  if (media == nullptr) co_return std::string();
  auto const* const document = media->document.get_if<mtp::tl::document>();
  co_return document == nullptr ? std::string() : mtp::to_text(mtp::file_id_of(*document));
}

/// Sends Alice a document and says its id.
mtp::task<std::string> id_of_new_document(mtp::client& client) {
  mtp::tl::upload::saveFilePart part{.file_id = 5, .file_part = 0, .bytes = "some bytes"};
  bool const saved = co_await client.invoke(part);
  CHECK(saved);
  mtp::tl::inputFile const file{.id = 5, .parts = 1, .name = "some.bin"};
  mtp::tl::messages::sendMedia request;
  request.peer = co_await client.input_peer("@alice");
  request.media = mtp::tl::inputMediaUploadedDocument{.file = file, .mime_type = "x/y"};
  request.random_id = 1;
  auto const sent = co_await client.invoke(request);
  co_return co_await newest_document(client);
}

}  // namespace

TEST_CASE("the guide's file goes out again by its id", "[guide]") {
  mtp::testing::data_centre dc;
  dc.start();
  std::string const token = token_in(dc);
  auto program = [&](mtp::client& c) -> mtp::task<> {
    co_await c.sign_in_bot(token);
    auto const id = co_await id_of_new_document(c);
    co_await send_by_id(c, id, 2);
    CHECK(co_await newest_document(c) == id);
  };
  CHECK(mtp::run(mtp::config_for(dc), program) == 0);
}

TEST_CASE("the guide's files go up and come down", "[guide]") {
  mtp::testing::data_centre dc;
  dc.start();
  std::string const token = token_in(dc);
  mtp::test::temporary_folder folder;
  std::string const there = (folder / "holiday.mp4").string();
  std::string const back = (folder / "back.mp4").string();
  std::string const content(300'000, 'x');
  std::ofstream(there) << content;
  auto program = [&](mtp::client& c) -> mtp::task<> {
    co_await c.sign_in_bot(token);
    auto const sent = co_await send_film(c, there);
    CHECK(sent.text() == "Look!");
    co_await keep_film(c, sent, back);
    auto const sent_later = co_await send_at_leisure(c, there, []() -> mtp::task<> { co_return; });
    CHECK(sent_later.size == content.size());
    co_await send_numbers(c, 100'000);
    auto const newest = co_await c.get_history("@alice", 1);
    CHECK(co_await count_lines(c, newest.at(0)) == 100'000);
  };
  CHECK(mtp::run(mtp::config_for(dc), program) == 0);
  std::ifstream got(back);
  CHECK(std::string(std::istreambuf_iterator<char>(got), {}) == content);
}
