// SPDX-License-Identifier: MIT OR Apache-2.0
#include "tl/codec/decoder.hpp"

#include <mtp/tl/box.hpp>
#include <mtp/tl/handle.hpp>
#include <mtp/tl/list.hpp>
#include <mtp/tl/string.hpp>

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <stdexcept>

namespace mtp::MTP_ABI::tl::detail {
namespace {

constexpr std::size_t max_elements = std::numeric_limits<std::uint32_t>::max();

}  // namespace

chunk::chunk(void const* data, std::size_t size) {
  if (size > max_elements) throw std::length_error("mtp::tl: a text of more than 4 GiB");
  if (size == 0) return;
  auto* const copy = static_cast<unsigned char*>(::operator new(size));
  std::copy_n(static_cast<unsigned char const*>(data), size, copy);
  data_ = copy;
  size_ = static_cast<std::uint32_t>(size);
  owned_ = true;
}

void chunk::release() noexcept { ::operator delete(const_cast<void*>(data_)); }

void* list_base::allocate(std::size_t count, std::size_t element_size) {
  if (count > max_elements) throw std::length_error("mtp::tl: a list of more than 2^32 elements");
  return ::operator new(count * element_size);
}

std::size_t list_base::grown(std::size_t capacity, std::size_t wanted) {
  return std::max({wanted, 2 * capacity, std::size_t{4}});
}

void list_base::copy_from(list_base const& other, codec::ops const& element) {
  if (other.size_ == 0) return;
  data_ = allocate(other.size_, element.size);
  capacity_ = other.size_;
  auto* to = static_cast<unsigned char*>(data_);
  auto const* from = static_cast<unsigned char const*>(other.data_);
  try {
    for (; size_ < other.size_; ++size_, to += element.size, from += element.size) {
      codec::copy(to, from, element);
    }
  } catch (...) {
    release(element);
    throw;
  }
}

void list_base::release(codec::ops const& element) noexcept {
  auto* at = static_cast<unsigned char*>(data_);
  for (std::uint32_t i = 0; i < size_; ++i, at += element.size) codec::destroy(at, element);
  ::operator delete(data_);
}

bool list_base::equals(list_base const& other, codec::ops const& element) const {
  if (size_ != other.size_) return false;
  auto const* a = static_cast<unsigned char const*>(data_);
  auto const* b = static_cast<unsigned char const*>(other.data_);
  for (std::uint32_t i = 0; i < size_; ++i, a += element.size, b += element.size) {
    if (!codec::equal(a, b, element)) return false;
  }
  return true;
}

void* box_base::allocate(std::size_t size) { return ::operator new(size); }

void box_base::deallocate(void* at) noexcept { ::operator delete(at); }

void box_base::copy_from(box_base const& other, codec::ops const& of) {
  if (!other.has_value()) return;
  void* const room = allocate(of.size);
  try {
    codec::copy(room, other.at(), of);
  } catch (...) {
    deallocate(room);
    throw;
  }
  adopt(room);
}

void box_base::release(codec::ops const& of) noexcept {
  codec::destroy(at(), of);
  deallocate(at());
}

bool box_base::equals(box_base const& other, codec::ops const& of) const {
  if (!has_value() || !other.has_value()) return has_value() == other.has_value();
  return codec::equal(at(), other.at(), of);
}

handle::handle(handle const& other) : handle() {
  if (!other.has_value()) return;
  codec::ops const& of = *other.ops();
  if (other.state() == in_place) {
    codec::copy(place_, other.place_, of);
    set(of, in_place);
    return;
  }
  void* const room = allocate(of);
  try {
    codec::copy(room, other.pointer_, of);
  } catch (...) {
    deallocate(room);
    throw;
  }
  pointer_ = room;
  set(of, owned);
}

void* handle::allocate(codec::ops const& of) { return ::operator new(of.size); }

void handle::deallocate(void* room) noexcept { ::operator delete(room); }

void handle::release() noexcept {
  codec::destroy(pointer_, *ops());
  deallocate(pointer_);
}

void visited_empty() noexcept {
  assert(false && "visit() on an empty handle");
  std::abort();
}

bool handle::equals(handle const& other) const {
  if (ops() != other.ops()) return false;
  return !has_value() || codec::equal(address(), other.address(), *ops());
}

}  // namespace mtp::MTP_ABI::tl::detail
