// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/core/slice.hpp>

#include <algorithm>
#include <atomic>
#include <cassert>
#include <new>

namespace mtp::MTP_ABI {

/// Counts the owners of bytes that lie behind it, or in a vector.
struct slice::buffer {
  std::atomic<std::uint32_t> owners{1};
  std::size_t size = 0;
  bytes taken = {};

  static buffer* make(std::size_t size) {
    auto* const made = ::new (::operator new(sizeof(buffer) + size)) buffer;
    made->size = size;
    return made;
  }
  void drop() noexcept {
    if (owners.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
    this->~buffer();
    ::operator delete(this);
  }
};

slice::slice(bytes data) {
  if (data.empty()) return;
  owner_ = buffer::make(0);
  owner_->size = data.capacity();
  owner_->taken = std::move(data);
  view_ = owner_->taken;
}

slice slice::uninitialised(std::size_t size) {
  auto* const owner = buffer::make(size);
  return slice(owner, {reinterpret_cast<std::uint8_t*>(owner + 1), size});
}

slice::slice(slice const& other) noexcept : owner_(other.owner_), view_(other.view_) {
  if (owner_) owner_->owners.fetch_add(1, std::memory_order_relaxed);
}

slice::~slice() {
  if (owner_) owner_->drop();
}

slice slice::part(std::size_t offset, std::size_t count) const& {
  return slice(*this).part(offset, count);
}

slice slice::part(std::size_t offset, std::size_t count) && {
  assert(offset <= size() && count <= size() - offset);
  view_ = view_.subspan(offset, count);
  return std::move(*this);
}

slice slice::part(bytes_view inside) const& {
  return part(static_cast<std::size_t>(inside.data() - data()), inside.size());
}

mutable_bytes slice::edit() noexcept {
  assert(!owner_ || owner_->owners.load(std::memory_order_acquire) == 1);
  return view_;
}

std::size_t slice::buffer_size() const noexcept { return owner_ ? owner_->size : 0; }

bool slice::equals(bytes_view other) const noexcept { return std::ranges::equal(view_, other); }

}  // namespace mtp::MTP_ABI
