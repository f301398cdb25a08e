// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What one part of a file costs in memory, from `invoke` to the socket and back.
#include "stage.hpp"

#include <mtp/tl/functions/upload.hpp>
#include <support/catch.hpp>

#include <cstdlib>
#include <new>

using namespace mtp;
using namespace std::chrono_literals;
using mtp::test::sim_stage;

namespace {

constexpr std::size_t part_size = std::size_t{512} << 10;

// The network in memory and the data centre take less than this at a time until the part arrives.
constexpr std::size_t large = part_size / 2;

struct allocations {
  std::size_t count = 0;
  std::size_t bytes = 0;
};
thread_local allocations of_large;

void* counted(std::size_t size) {
  if (size >= large) ++of_large.count, of_large.bytes += size;
  if (void* const out = std::malloc(size == 0 ? 1 : size)) return out;
  throw std::bad_alloc();
}

}  // namespace

void* operator new(std::size_t size) { return counted(size); }
void* operator new[](std::size_t size) { return counted(size); }
void operator delete(void* what) noexcept { std::free(what); }
void operator delete(void* what, std::size_t) noexcept { std::free(what); }
void operator delete[](void* what) noexcept { std::free(what); }
void operator delete[](void* what, std::size_t) noexcept { std::free(what); }

TEST_CASE("a part of a file is held once as a call and once as a packet", "[costs]") {
  sim_stage s;
  // What is written arrives later: until then only the client is at work.
  s.sim.network().to_server.delay = 600ms;
  allocations sent;
  s.live([&](client& who) -> task<> {
    tl::upload::saveFilePart request;
    request.file_id = 7;
    request.bytes = tl::bytes(bytes(part_size, 0x5a));
    auto const send = [&](client& c) -> task<> {
      of_large = {};
      bool const saved = co_await c.invoke(request);
      CHECK(saved);
    };
    auto const look = [&]() -> task<> {
      co_await s.sim.sleep(400ms);
      sent = of_large;
    };
    auto const start = [&](task_scope& scope) {
      scope.spawn(send(who));
      scope.spawn(look());
    };
    co_await task_scope::run(s.sim.get_executor(), start);
  });
  // The body as it is encoded, and the packet.
  INFO("large allocations: " << sent.count << ", " << sent.bytes << " bytes");
  CHECK(sent.count == 2);
  CHECK(sent.bytes < part_size * 21 / 10);
}
