// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/tl/received.hpp>

#include <algorithm>
#include <cstdlib>
#include <new>

namespace mtp::MTP_ABI::tl::detail {
namespace {

constexpr std::size_t rounded(std::size_t size) { return (size + 15) & ~std::size_t{15}; }

#if defined(__SANITIZE_ADDRESS__)
#define MTP_TL_REUSES_CHUNKS 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define MTP_TL_REUSES_CHUNKS 0
#endif
#endif
#ifndef MTP_TL_REUSES_CHUNKS
#define MTP_TL_REUSES_CHUNKS 1
#endif

/// Chunks of the usual size wait here for the next packet of their thread, because giving so much
/// back to the system and asking for it again costs more than decoding. At most 256 KiB a thread;
/// not under AddressSanitizer, from which it would hide mistakes.
struct spare_chunks {
  static constexpr std::size_t max_chunks = 4;
  void* chunks[max_chunks];
  std::size_t count;
  bool closed;
};

thread_local constinit spare_chunks spare = {};

struct spare_chunks_closer {
  ~spare_chunks_closer() {
    while (spare.count != 0) std::free(spare.chunks[--spare.count]);
    spare.closed = true;
  }
};

void* take_usual_chunk() noexcept {
  if (spare.count != 0) return spare.chunks[--spare.count];
  return std::malloc(usual_chunk);
}

void give_chunk(void* at, std::size_t size) noexcept {
  if (MTP_TL_REUSES_CHUNKS && size == usual_chunk && spare.count < spare.max_chunks &&
      !spare.closed) {
    thread_local spare_chunks_closer const closer;
    static_cast<void>(closer);
    spare.chunks[spare.count++] = at;
  } else {
    std::free(at);
  }
}

struct memory {
  void* at;
  std::size_t size;
};

memory take_exactly(std::size_t size) noexcept { return {std::malloc(size), size}; }

/// At least `size` bytes: large ones become chunks of the usual size.
memory take_chunk(std::size_t size) noexcept {
  if (size > usual_chunk / 4 && size <= usual_chunk) return {take_usual_chunk(), usual_chunk};
  return take_exactly(size);
}

}  // namespace

block* block::make(std::size_t room, std::size_t limit) noexcept {
  constexpr std::size_t head = rounded(sizeof(block));
  bool const may_grow = room < limit;
  memory const got = may_grow ? take_chunk(head + room) : take_exactly(head + room);
  if (!got.at) return nullptr;
  auto* const made = ::new (got.at) block;
  made->first_size_ = got.size;
  made->room_ = std::min(limit, got.size - head);
  made->size_ = got.size;
  return made;
}

block* block::owning(void* object, std::size_t size, void (*destroy)(void*) noexcept) {
  block* const made = make(0, 0);
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
  constexpr std::size_t head = rounded(sizeof(chunk));
  memory const got = take_chunk(head + room);
  if (!got.at) return {nullptr, nullptr};
  chunks_ = ::new (got.at) chunk{chunks_, got.size};
  size_ += got.size;
  auto* const begin = static_cast<unsigned char*>(got.at) + head;
  return {begin, begin + room};
}

void block::destroy() noexcept {
  if (destroy_) destroy_(object_);
  while (chunks_) {
    chunk* const gone = std::exchange(chunks_, chunks_->next);
    give_chunk(gone, gone->size);
  }
  std::size_t const size = first_size_;
  this->~block();
  give_chunk(this, size);
}

}  // namespace mtp::MTP_ABI::tl::detail
