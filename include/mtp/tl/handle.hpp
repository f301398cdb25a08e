// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/tl/ops.hpp>

#include <cassert>
#include <concepts>
#include <new>
#include <type_traits>
#include <utility>

namespace mtp::tl {

namespace codec {
struct access;
}

namespace detail {

/// Small trivial constructors stand inside their handle.
template <class T>
inline constexpr bool fits_in_place =
    std::is_trivially_copyable_v<T> && sizeof(T) <= 8 && alignof(T) <= 8;

/// The storage of a sum type: which constructor, and where its value is. All of it is compiled
/// once.
class handle {
 public:
  bool has_value() const noexcept { return what_ != 0; }
  explicit operator bool() const noexcept { return has_value(); }
  /// Makes it empty.
  void reset() noexcept { handle().swap(*this); }

 protected:
  handle() noexcept : pointer_(nullptr) {}
  handle(handle const& other);
  handle(handle&& other) noexcept : handle() { swap(other); }
  handle& operator=(handle const& other) {
    handle(other).swap(*this);
    return *this;
  }
  handle& operator=(handle&& other) noexcept {
    handle(std::move(other)).swap(*this);
    return *this;
  }
  ~handle() {
    if (state() == owned) release();
  }

  std::uint16_t index() const noexcept { return what_ == 0 ? std::uint16_t{0} : ops()->tag; }
  void const* at() const noexcept { return state() == in_place ? place_ : pointer_; }
  void* at() noexcept { return state() == in_place ? place_ : pointer_; }
  void swap(handle& other) noexcept {
    std::swap(pointer_, other.pointer_);
    std::swap(what_, other.what_);
  }
  bool equals(handle const& other) const;

  template <class T>
  void make(T&& value, codec::ops const& of) {
    using value_type = std::remove_cvref_t<T>;
    if constexpr (fits_in_place<value_type>) {
      ::new (static_cast<void*>(place_)) value_type(value);
      set(of, in_place);
    } else {
      void* const room = allocate(of);
      try {
        pointer_ = ::new (room) value_type(std::forward<T>(value));
      } catch (...) {
        deallocate(room);
        throw;
      }
      set(of, owned);
    }
  }

 private:
  friend struct codec::access;
  enum states : std::uintptr_t { in_place = 0, borrowed = 1, owned = 2, state_bits = 3 };

  codec::ops const* ops() const noexcept {
    return reinterpret_cast<codec::ops const*>(what_ & ~std::uintptr_t{state_bits});
  }
  std::uintptr_t state() const noexcept { return what_ & state_bits; }
  void set(codec::ops const& of, states state) noexcept {
    what_ = reinterpret_cast<std::uintptr_t>(&of) | state;
  }
  static void* allocate(codec::ops const& of);
  static void deallocate(void* room) noexcept;
  void release() noexcept;

  union {
    void* pointer_;
    alignas(8) unsigned char place_[8];
  };
  std::uintptr_t what_ = 0;  ///< address of the ops, the state in its lowest bits; 0 when empty
};

/// The place of `id` among `ids`, from 1; 0 when it is none of them.
template <std::size_t N>
constexpr std::uint16_t place_of(std::uint32_t const (&ids)[N], std::uint32_t id) {
  for (std::size_t i = 0; i < N; ++i) {
    if (ids[i] == id) return static_cast<std::uint16_t>(i + 1);
  }
  return 0;
}

template <class T, class Family>
concept constructor_of = requires { T::tl_id; } && place_of(Family::constructor_ids, T::tl_id) != 0;

/// Ends the program: visit() on an empty handle is a mistake that no answer could make good.
[[noreturn]] void visited_empty() noexcept;

/// What all sum types can do. `Family` gives `tags` and `constructor_ids`.
template <class Family>
class sum : public handle {
 public:
  sum() noexcept = default;
  /// Holds `value` from now on.
  template <constructor_of<Family> T>
  sum(T value) {
    make(std::move(value), codec::ops_for<T>::get());
  }

  /// The alternative it holds if that is T, else null. Compiles only for constructors of this type.
  template <class T>
  T const* get_if() const noexcept {
    return holds<T>() ? static_cast<T const*>(at()) : nullptr;
  }
  template <class T>
  T* get_if() noexcept {
    return holds<T>() ? static_cast<T*>(at()) : nullptr;
  }
  template <class T>
  bool holds() const noexcept {
    constexpr auto wanted = place_of(Family::constructor_ids, T::tl_id);
    static_assert(wanted != 0, "this type has no such constructor");
    return index() == wanted;
  }

  friend bool operator==(Family const& a, Family const& b) { return a.equals(b); }
};

}  // namespace detail
}  // namespace mtp::tl
