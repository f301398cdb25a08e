// SPDX-License-Identifier: MIT OR Apache-2.0
//
// A long answer that arrives slowly is no silence: its connection stays, and it comes once.
#include "client_world.hpp"

#include <mtp/tl/functions/upload.hpp>
#include <mtp/tl/types/InputFileLocation.hpp>
#include <mtp/tl/types/storage/FileType.hpp>
#include <mtp/tl/types/upload/File.hpp>
#include <support/catch.hpp>

#include <stdexcept>

using namespace mtp;
using namespace mtp::test;
using namespace std::chrono_literals;

namespace {

constexpr int parts = 6;
constexpr int at_a_time = 3;
constexpr std::size_t part_size = 512 * 1024;
constexpr std::uint64_t rate = 20'000;

struct downlink {
  client_world w;
  int sent = 0;
  int taken = 0;

  explicit downlink(std::uint64_t bytes_a_second = rate) {
    w.sim.network().to_client = {.rate = bytes_a_second, .delay = 50ms};
    w.centre.on<tl::upload::getFile>(
        [this](testing::call&, tl::upload::getFile const&) -> testing::outcome<tl::upload::File> {
          ++sent;
          tl::upload::file part{.type = tl::storage::fileJpeg{}};
          mtp::bytes content(part_size);
          w.sim.dice().fill(content);
          part.bytes = tl::bytes(content);
          return tl::upload::File(std::move(part));
        });
  }

  task<> fetch_parts(client& who, int& next) {
    while (next < parts) {
      tl::inputDocumentFileLocation where{.id = 1, .access_hash = 1};
      tl::upload::getFile request{.location = where,
                                  .offset = std::int64_t{next++} * std::int64_t{part_size},
                                  .limit = static_cast<std::int32_t>(part_size)};
      auto const answer = co_await who.invoke(request);
      if (answer->get_if<tl::upload::file>()->bytes.size() == part_size) ++taken;
    }
  }
};

}  // namespace

TEST_CASE("a loop may be destroyed while calls are under way", "[simulation][downlink]") {
  downlink d;
  auto const start = [&](client& who) -> task<> {
    int next = 0;
    co_await sign_in(who);
    co_await d.fetch_parts(who, next);
  };
  CHECK_THROWS_AS(d.w.live(d.w.config(), start, 15s), std::runtime_error);
  CHECK(d.sent == 1);  // and its answer is on its way
}

TEST_CASE("parts that arrive slowly arrive once", "[simulation][downlink]") {
  downlink d(GENERATE(std::uint64_t{1000}, rate));
  std::size_t before = 0;
  std::size_t after = 0;
  d.w.live(d.w.config(), [&](client& who) -> task<> {
    co_await sign_in(who);
    before = d.w.sim.connections();
    int next = 0;
    auto const start = [&](task_scope& scope) {
      for (int i = 0; i < at_a_time; ++i) scope.spawn(d.fetch_parts(who, next));
    };
    co_await task_scope::run(d.w.sim.get_executor(), start);
    after = d.w.sim.connections();
  });
  CHECK(d.taken == parts);
  CHECK(d.sent == parts);
  CHECK(after == before);  // the connection did not break
}
