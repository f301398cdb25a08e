// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Counts what a program takes from the heap by an operator new of its own: one source of a program
// includes this.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <new>

namespace mtp::test {

struct heap_use {
  std::size_t count = 0;
  std::size_t bytes = 0;
};
/// What this thread took so far; other tests may run threads.
inline thread_local heap_use heap;

}  // namespace mtp::test

void* operator new(std::size_t size) {
  ++mtp::test::heap.count;
  mtp::test::heap.bytes += size;
  if (void* const out = std::malloc(size == 0 ? 1 : size)) return out;
  throw std::bad_alloc();
}
void operator delete(void* what) noexcept { std::free(what); }
void operator delete(void* what, std::size_t) noexcept { std::free(what); }
