// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>
#include <mtp/tl/ops.hpp>

#include <cassert>
#include <concepts>
#include <memory>
#include <utility>

namespace mtp::MTP_ABI::tl {

namespace codec {
struct access;
}

namespace detail {

/// A pointer that knows whether it owns: the lowest bit of the address says so.
class MTP_API box_base {
 public:
  bool has_value() const noexcept { return where_ != 0; }
  explicit operator bool() const noexcept { return has_value(); }

 protected:
  constexpr box_base() noexcept = default;
  box_base(box_base&& other) noexcept : where_(std::exchange(other.where_, 0)) {}
  void swap(box_base& other) noexcept { std::swap(where_, other.where_); }
  void copy_from(box_base const& other, codec::ops const& of);
  void adopt(void* made) noexcept { where_ = reinterpret_cast<std::uintptr_t>(made) | 1; }
  bool owns() const noexcept { return (where_ & 1) != 0; }
  void release(codec::ops const& of) noexcept;
  void* at() const noexcept { return reinterpret_cast<void*>(where_ & ~std::uintptr_t{1}); }
  bool equals(box_base const& other, codec::ops const& of) const;
  static void* allocate(std::size_t size);
  static void deallocate(void* at) noexcept;

 private:
  friend struct codec::access;
  std::uintptr_t where_ = 0;
};

}  // namespace detail

/// A struct that may be absent, or that contains itself by way of others.
///
/// Empty by default and after a move; `*` and `->` assert on an empty one. A copy is deep and owns.
/// `T` may be incomplete where a box is only held, copied or destroyed.
/// Threads: a value; distinct objects may be used on different threads.
template <class T>
class box : public detail::box_base {
 public:
  constexpr box() noexcept = default;
  template <std::same_as<T> U>
  box(U value) {
    void* const place = allocate(sizeof(U));
    adopt(::new (place) U(std::move(value)));
  }
  box(box const& other) : box_base() { copy_from(other, codec::ops_for<T>::get()); }
  box(box&&) noexcept = default;
  box& operator=(box other) noexcept {
    swap(other);
    return *this;
  }
  ~box() {
    if (owns()) release(codec::ops_for<T>::get());
  }

  T const* get() const noexcept { return static_cast<T const*>(at()); }
  T* get() noexcept { return static_cast<T*>(at()); }
  T const& operator*() const {
    assert(has_value());
    return *get();
  }
  T& operator*() {
    assert(has_value());
    return *get();
  }
  T const* operator->() const { return &**this; }
  T* operator->() { return &**this; }
  void reset() noexcept { *this = box(); }

  friend bool operator==(box const& a, box const& b) {
    return a.equals(b, codec::ops_for<T>::get());
  }
};

}  // namespace mtp::MTP_ABI::tl
