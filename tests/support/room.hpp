// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>

#include <algorithm>
#include <memory>
#include <new>
#include <utility>

namespace mtp::test {

/// The memory of one object, which can be looked at after the object is gone.
template <class T>
class room {
 public:
  room() = default;
  room(room const&) = delete;
  room& operator=(room const&) = delete;
  ~room() { destroy(); }

  template <class... Arguments>
  T& make(Arguments&&... arguments) {
    destroy();
    object_ = new (memory_) T{std::forward<Arguments>(arguments)...};
    return *object_;
  }
  void destroy() {
    if (object_) std::destroy_at(std::exchange(object_, nullptr));
  }

  /// True when these bytes stand somewhere in the memory.
  bool holds(bytes_view wanted) const {
    // Read as the compiler cannot foresee: it may think that nobody reads what is gone.
    std::array<std::uint8_t, sizeof(T)> seen;
    auto const* const from = const_cast<std::uint8_t const volatile*>(memory_);
    std::copy_n(from, sizeof(T), seen.begin());
    return !std::ranges::search(seen, wanted).empty();
  }

 private:
  alignas(T) std::uint8_t memory_[sizeof(T)] = {};
  T* object_ = nullptr;
};

}  // namespace mtp::test
