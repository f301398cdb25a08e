// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/tl/received.hpp>

#include <cstdlib>
#include <new>

namespace mtp::tl::detail {
namespace {

constexpr std::size_t rounded(std::size_t size) { return (size + 15) & ~std::size_t{15}; }

}  // namespace

block* block::make(std::size_t room) noexcept {
  void* const at = std::malloc(rounded(sizeof(block)) + room);
  if (!at) return nullptr;
  auto* const made = ::new (at) block;
  made->room_ = room;
  made->size_ = rounded(sizeof(block)) + room;
  return made;
}

block* block::owning(void* object, std::size_t size, void (*destroy)(void*) noexcept) {
  block* const made = make(0);
  if (!made) throw std::bad_alloc();
  made->object_ = object;
  made->destroy_ = destroy;
  made->size_ += size;
  return made;
}

block::span block::first_chunk() noexcept {
  auto* const begin = reinterpret_cast<unsigned char*>(this) + rounded(sizeof(block));
  return {begin, begin + room_};
}

block::span block::add_chunk(std::size_t room) noexcept {
  void* const at = std::malloc(rounded(sizeof(chunk)) + room);
  if (!at) return {nullptr, nullptr};
  chunks_ = ::new (at) chunk{chunks_};
  size_ += rounded(sizeof(chunk)) + room;
  auto* const begin = static_cast<unsigned char*>(at) + rounded(sizeof(chunk));
  return {begin, begin + room};
}

void block::destroy() noexcept {
  if (destroy_) destroy_(object_);
  while (chunks_) std::free(std::exchange(chunks_, chunks_->next));
  this->~block();
  std::free(this);
}

}  // namespace mtp::tl::detail
