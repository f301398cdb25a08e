// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Counts what a program takes from the heap by an operator new of its own, and lets it fail: one
// source of a program includes this.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <new>

namespace mtp::test {

struct heap_use {
  std::size_t count = 0;
  std::size_t bytes = 0;
  std::size_t given_back = 0;  ///< how many times
};
/// What this thread took so far; other tests may run threads.
inline thread_local heap_use heap;
/// How many more times this thread is given something.
inline thread_local std::size_t heap_allowance = static_cast<std::size_t>(-1);

}  // namespace mtp::test

void* operator new(std::size_t size) {
  if (mtp::test::heap_allowance-- == 0) {
    mtp::test::heap_allowance = 0;
    throw std::bad_alloc();
  }
  ++mtp::test::heap.count;
  mtp::test::heap.bytes += size;
  if (void* const out = std::malloc(size == 0 ? 1 : size)) return out;
  throw std::bad_alloc();
}
void operator delete(void* what) noexcept {
  mtp::test::heap.given_back += what != nullptr;
  std::free(what);
}
void operator delete(void* what, std::size_t) noexcept { operator delete(what); }
