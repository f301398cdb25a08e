// SPDX-License-Identifier: MIT OR Apache-2.0
// A copy for which there is no memory: nothing is lost, whichever allocation fails.
#include "random_value.hpp"
#include "support/catch.hpp"
#include "support/heap_use.hpp"
#include "tl/codec/generated.hpp"

#include <mtp/tl/decode.hpp>
#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/UserFull.hpp>

#include <limits>
#include <new>

namespace {

using namespace mtp::tl;
using codec::ops;
using mtp::test::heap;
using mtp::test::heap_allowance;

constexpr std::size_t no_limit = std::numeric_limits<std::size_t>::max();

/// Copies and drops with so many allocations; false when they were too few.
bool copy_with(std::size_t allocations, void* to, void const* from, ops const& of) {
  heap_allowance = allocations;
  try {
    codec::copy(to, from, of);
  } catch (std::bad_alloc const&) {
    heap_allowance = no_limit;
    return false;
  }
  heap_allowance = no_limit;
  codec::destroy(to, of);
  return true;
}

/// Lets every allocation of a copy fail in turn; how many there are.
std::size_t fail_each(void const* from, ops const& of) {
  void* const to = ::operator new(of.size);
  std::size_t allocations = 0;
  std::size_t lost = 0;
  for (bool copied = false; !copied; ++allocations) {
    auto const before = heap;
    copied = copy_with(allocations, to, from, of);
    lost += (heap.count - before.count) - (heap.given_back - before.given_back);
  }
  ::operator delete(to);
  CHECK(lost == 0);
  return allocations - 1;
}

std::size_t fail_each_of_some(ops const& of) {
  mtp::test::value_writer random(codec::names_of_api, 5);
  auto const* const named = of.table->find(of.id);
  std::size_t allocations = 0;
  for (int round = 0; round < 12; ++round) {
    auto const read = detail::decode(mtp::slice(random.write(*named, 4).data), of, {});
    if (!read) continue;
    allocations += fail_each(read->value, of);
  }
  return allocations;
}

}  // namespace

TEST_CASE("a copy that fails half-way gives everything back", "[tl][api]") {
  ops const& by_code = codec::ops_for<message>::get();
  ops by_tables = by_code;
  by_tables.code = nullptr;
  CHECK(fail_each_of_some(by_code) > 100);
  CHECK(fail_each_of_some(by_tables) > 100);
  CHECK(fail_each_of_some(codec::ops_for<userFull>::get()) > 100);
}
