// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>
#include <mtp/tl/ops.hpp>

#include <cassert>
#include <concepts>
#include <initializer_list>
#include <iterator>
#include <new>
#include <type_traits>
#include <utility>

namespace mtp::MTP_ABI::tl {

namespace codec {
struct access;
}

namespace detail {

/// What all lists share: where the elements are, and whether the list owns them.
class MTP_API list_base {
 public:
  std::size_t size() const noexcept { return size_; }
  bool empty() const noexcept { return size_ == 0; }

 protected:
  constexpr list_base() noexcept = default;
  list_base(list_base&& other) noexcept
      : data_(std::exchange(other.data_, nullptr)),
        size_(std::exchange(other.size_, 0)),
        capacity_(std::exchange(other.capacity_, 0)) {}
  void swap(list_base& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    std::swap(capacity_, other.capacity_);
  }
  void copy_from(list_base const& other, codec::ops const& element);
  void release(codec::ops const& element) noexcept;
  bool equals(list_base const& other, codec::ops const& element) const;
  static void* allocate(std::size_t count, std::size_t element_size);
  static std::size_t grown(std::size_t capacity, std::size_t wanted);

  void* data_ = nullptr;
  std::uint32_t size_ = 0;
  std::uint32_t capacity_ = 0;  ///< 0: nothing, or elements that a received block owns

 private:
  friend struct codec::access;
};

}  // namespace detail

template <class R, class T>
concept range_of = requires(R const& range) {
  { *std::begin(range) } -> std::convertible_to<T>;
  std::end(range);
};

/// A vector of TL: made from a braced list or any range, read as a range.
///
/// What a program makes or copies owns its elements; inside a received value they lie in its block.
/// `T` may be incomplete where a list is only held, copied or destroyed.
/// Threads: a value; distinct objects may be used on different threads.
template <class T>
class list : public detail::list_base {
 public:
  using value_type = T;
  using iterator = T*;
  using const_iterator = T const*;

  constexpr list() noexcept = default;
  list(std::initializer_list<T> items) { append_all(items, items.size()); }
  template <class R>
    requires(!std::same_as<R, list> && range_of<R, T>)
  list(R const& range) {
    append_all(range, static_cast<std::size_t>(std::distance(std::begin(range), std::end(range))));
  }
  list(list const& other) : list_base() { copy_from(other, codec::ops_for<T>::get()); }
  list(list&&) noexcept = default;
  list& operator=(list other) noexcept {
    swap(other);
    return *this;
  }
  ~list() {
    if (capacity_ != 0) release(codec::ops_for<T>::get());
  }

  T const* data() const noexcept { return static_cast<T const*>(data_); }
  T* data() noexcept { return static_cast<T*>(data_); }
  T const* begin() const noexcept { return data(); }
  T const* end() const noexcept { return data() + size_; }
  T* begin() noexcept { return data(); }
  T* end() noexcept { return data() + size_; }
  /// `index` must be below size().
  T const& operator[](std::size_t index) const {
    assert(index < size_);
    return data()[index];
  }
  T& operator[](std::size_t index) {
    assert(index < size_);
    return data()[index];
  }
  T const& front() const { return (*this)[0]; }
  T const& back() const { return (*this)[size_ - std::size_t{1}]; }

  /// Makes room for `count` elements in all.
  void reserve(std::size_t count) {
    if (count > capacity_) move_to(count);
  }
  T& emplace_back(T item) {
    if (size_ == capacity_) move_to(grown(capacity_, size_ + std::size_t{1}));
    T* made = ::new (static_cast<void*>(data() + size_)) T(std::move(item));
    ++size_;
    return *made;
  }
  void push_back(T item) { emplace_back(std::move(item)); }

  friend bool operator==(list const& a, list const& b) {
    return a.equals(b, codec::ops_for<T>::get());
  }

 private:
  template <class R>
  void append_all(R const& range, std::size_t count) {
    if (count == 0) return;
    reserve(count);
    for (auto const& item : range) push_back(T(item));
  }

  void move_to(std::size_t capacity) {
    list wider;
    wider.data_ = allocate(capacity, sizeof(T));
    wider.capacity_ = static_cast<std::uint32_t>(capacity);
    for (T& item : *this) {
      // Borrowed elements are copied: what grows must own all of its parts.
      T* place = wider.data() + wider.size_;
      if (capacity_ != 0) {
        ::new (static_cast<void*>(place)) T(std::move(item));
      } else {
        ::new (static_cast<void*>(place)) T(std::as_const(item));
      }
      ++wider.size_;
    }
    swap(wider);
  }
};

}  // namespace mtp::MTP_ABI::tl
