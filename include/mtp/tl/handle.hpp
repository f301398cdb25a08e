// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>
#include <mtp/tl/ops.hpp>

#include <cassert>
#include <concepts>
#include <new>
#include <type_traits>
#include <utility>

namespace mtp::MTP_ABI::tl {

namespace codec {
struct access;
}

namespace detail {

/// Small trivial constructors stand inside their handle.
template <class T>
inline constexpr bool fits_in_place =
    std::is_trivially_copyable_v<T> && sizeof(T) <= 8 && alignof(T) <= 8;

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
[[noreturn]] MTP_API void visited_empty() noexcept;

/// The storage of a sum type: which constructor, and where its value is. All of it is compiled
/// once.
/// Threads: a value; distinct objects may be used on different threads.
class MTP_API handle {
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

  std::uint16_t place_of_alternative() const noexcept {
    return what_ == 0 ? std::uint16_t{0} : ops()->tag;
  }
  void const* address() const noexcept { return state() == in_place ? place_ : pointer_; }
  void* address() noexcept { return state() == in_place ? place_ : pointer_; }
  void swap(handle& other) noexcept {
    std::swap(pointer_, other.pointer_);
    std::swap(what_, other.what_);
  }
  bool equals(handle const& other) const;

  template <class T, class Family>
  bool holds_alternative() const noexcept {
    constexpr std::uint16_t wanted = place_of(Family::constructor_ids, T::tl_id);
    static_assert(wanted != 0, "this type has no such constructor");
    return place_of_alternative() == wanted;
  }
  /// The alternative if it is T, else null.
  template <class T, class Family>
  T const* alternative() const noexcept {
    return holds_alternative<T, Family>() ? static_cast<T const*>(address()) : nullptr;
  }
  template <class T, class Family>
  T* alternative() noexcept {
    return holds_alternative<T, Family>() ? static_cast<T*>(address()) : nullptr;
  }

  /// Calls `f` with the alternative; `Alternatives` are all of them in their order.
  template <class F, class First, class... Others>
  decltype(auto) visit_alternatives(F& f) const {
    static_assert(takes<F, First> && (takes<F, Others> && ...),
                  "visit: the function takes every constructor of the type, as `auto const&` does");
    using answer = decltype(f(std::declval<First const&>()));
    using caller = answer (*)(F&, void const*);
    static_assert((std::is_same_v<answer, decltype(f(std::declval<Others const&>()))> && ...),
                  "visit: the function returns the same type for every constructor");
    constexpr caller callers[] = {&call<answer, F, First>, &call<answer, F, Others>...};
    if (!has_value()) visited_empty();
    return callers[place_of_alternative() - 1](f, address());
  }

  /// Holds `value`, in place or on the heap.
  template <class T>
  void hold(T value) {
    static_assert(std::is_nothrow_move_constructible_v<T>);
    codec::ops const& of = codec::ops_for<T>::get();
    if constexpr (fits_in_place<T>) {
      ::new (static_cast<void*>(place_)) T(value);
      set(of, in_place);
    } else {
      void* const room = allocate(of);
      pointer_ = ::new (room) T(std::move(value));
      set(of, owned);
    }
  }

 private:
  friend struct codec::access;
  template <class F, class T>
  static constexpr bool takes = requires(F& f, T const& one) { f(one); };
  enum states : std::uintptr_t { in_place = 0, borrowed = 1, owned = 2, state_bits = 3 };

  codec::ops const* ops() const noexcept {
    return reinterpret_cast<codec::ops const*>(what_ & ~std::uintptr_t{state_bits});
  }
  std::uintptr_t state() const noexcept { return what_ & state_bits; }
  void set(codec::ops const& of, states state) noexcept {
    what_ = reinterpret_cast<std::uintptr_t>(&of) | state;
  }
  template <class Answer, class F, class T>
  static Answer call(F& f, void const* at) {
    return f(*static_cast<T const*>(at));
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

}  // namespace detail
}  // namespace mtp::MTP_ABI::tl
