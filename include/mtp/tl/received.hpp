// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/slice.hpp>
#include <mtp/tl/ops.hpp>

#include <atomic>
#include <cassert>
#include <memory>
#include <type_traits>
#include <utility>

namespace mtp::MTP_ABI::tl {

namespace detail {

/// Arena chunks are of this size, as far as it matters.
inline constexpr std::size_t usual_chunk = std::size_t{1} << 16;

/// One received value: its packet and its arena. Immutable once decoded; owners are counted
/// atomically.
class MTP_API block {
 public:
  /// A block whose first arena chunk has at least `room` bytes, and lends at most `limit`; null
  /// without memory.
  static block* make(std::size_t room, std::size_t limit) noexcept;
  /// A block that owns one object from the heap.
  static block* owning(void* object, std::size_t size, void (*destroy)(void*) noexcept);

  block(block const&) = delete;
  void add_owner() noexcept { owners_.fetch_add(1, std::memory_order_relaxed); }
  void remove_owner() noexcept {
    if (owners_.fetch_sub(1, std::memory_order_acq_rel) == 1) destroy();
  }
  /// Bytes that the block keeps: arena and packet.
  std::size_t size() const noexcept { return size_ + packet_.buffer_size(); }

  struct span {
    unsigned char* begin;
    unsigned char* end;
  };
  span first_chunk() noexcept;
  std::size_t room() const noexcept { return room_; }
  /// One more chunk; its begin is null without memory.
  span add_chunk(std::size_t room) noexcept;
  void keep(slice packet) noexcept { packet_ = std::move(packet); }

 private:
  struct chunk {
    chunk* next;
    std::size_t size;
  };
  block() = default;
  ~block() = default;
  void destroy() noexcept;

  std::atomic<std::uint32_t> owners_{1};
  std::size_t first_size_ = 0;  ///< of the allocation that starts with this
  std::size_t size_ = 0;
  std::size_t room_ = 0;
  chunk* chunks_ = nullptr;
  slice packet_;
  void* object_ = nullptr;
  void (*destroy_)(void*) noexcept = nullptr;
};

/// A counted reference to a block.
/// Threads: as received: blocks do not change, distinct owners may be used on different threads.
class block_ref {
 public:
  block_ref() noexcept = default;
  /// Takes over one ownership.
  explicit block_ref(block* of) noexcept : block_(of) {}
  block_ref(block_ref const& other) noexcept : block_(other.block_) {
    if (block_) block_->add_owner();
  }
  block_ref(block_ref&& other) noexcept : block_(std::exchange(other.block_, nullptr)) {}
  block_ref& operator=(block_ref other) noexcept {
    std::swap(block_, other.block_);
    return *this;
  }
  ~block_ref() {
    if (block_) block_->remove_owner();
  }
  block* get() const noexcept { return block_; }

 private:
  block* block_ = nullptr;
};

/// A value of the type that `of` describes, copied into a block of exactly its size.
struct detached {
  block_ref keeper;
  void const* value;
};
MTP_API detached detach(void const* value, codec::ops const& of);

struct make_received;

}  // namespace detail
}  // namespace mtp::MTP_ABI::tl

namespace mtp::MTP_ABI {

/// A value that lies where it was received: shared owner of the packet and of one arena beside it.
///
/// Read it through `*` and `->`; what is copied out of it owns its parts and outlives it. Empty by
/// default and after a move; `*` and `->` assert on an empty one, and are deleted for temporaries,
/// because `for (auto& m : get()->messages)` would read freed memory.
/// Lifetime: references and views into it live as long as some `received` of the same block.
/// Threads: distinct `received` of one block may be used, copied and dropped on different threads.
template <class T>
class received {
 public:
  using value_type = T;

  received() noexcept = default;
  /// A part of `whole`, which stays alive with it.
  template <class W>
  received(received<W> const& whole, T const* part) noexcept
      : keeper_(whole.keeper_), value_(part) {}
  template <class W>
  received(received<W>&& whole, T const* part) noexcept
      : keeper_(std::move(whole.keeper_)), value_(part) {
    whole.value_ = nullptr;
  }
  received(received const&) noexcept = default;
  received(received&& other) noexcept
      : keeper_(std::move(other.keeper_)), value_(std::exchange(other.value_, nullptr)) {}
  received& operator=(received other) noexcept {
    std::swap(keeper_, other.keeper_);
    std::swap(value_, other.value_);
    return *this;
  }

  /// Wraps a value that did not come from the wire.
  static received own(T value) {
    auto held = std::make_unique<T>(std::move(value));
    T const* const at = held.get();
    auto const destroy = [](void* object) noexcept { delete static_cast<T*>(object); };
    tl::detail::block_ref keeper(tl::detail::block::owning(held.get(), sizeof(T), destroy));
    held.release();
    return received(std::move(keeper), at);
  }

  bool has_value() const noexcept { return value_ != nullptr; }
  explicit operator bool() const noexcept { return has_value(); }
  T const& operator*() const& {
    assert(has_value());
    return *value_;
  }
  T const* operator->() const& {
    assert(has_value());
    return value_;
  }
  T const& operator*() const&& = delete;
  T const* operator->() const&& = delete;
  /// Null when empty.
  T const* get() const noexcept { return value_; }

  /// The same value in a block of its own, as small as can be. Only for types of TL.
  received detach() const {
    if (!value_) return {};
    auto copy = tl::detail::detach(value_, tl::codec::ops_for<T>::get());
    return received(std::move(copy.keeper), static_cast<T const*>(copy.value));
  }
  /// Bytes that keeping this keeps from being freed; what own() wraps counts without its heap.
  std::size_t block_size() const noexcept { return keeper_.get() ? keeper_.get()->size() : 0; }

 private:
  template <class>
  friend class received;
  friend struct tl::detail::make_received;
  received(tl::detail::block_ref keeper, T const* value) noexcept
      : keeper_(std::move(keeper)), value_(value) {}

  tl::detail::block_ref keeper_;
  T const* value_ = nullptr;
};

}  // namespace mtp::MTP_ABI
