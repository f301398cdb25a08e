// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>

#include <cstddef>
#include <utility>
#include <vector>

namespace mtp::MTP_ABI::mtproto {

/// A queue in one block of memory, which it takes only when it holds something.
template <class T>
class flat_queue {
 public:
  bool empty() const { return first_ == items_.size(); }
  std::size_t size() const { return items_.size() - first_; }
  T& front() { return items_[first_]; }
  T const& front() const { return items_[first_]; }

  void push_back(T item) { items_.push_back(std::move(item)); }
  void pop_front() {
    ++first_;
    bool const mostly_gone = first_ >= 64 && first_ * 2 >= items_.size();
    if (empty()) return clear();
    if (!mostly_gone) return;
    items_.erase(items_.begin(), begin());
    first_ = 0;
  }
  T take_front() {
    T out = std::move(front());
    pop_front();
    return out;
  }
  void clear() {
    items_.clear();
    first_ = 0;
  }

  auto begin() { return items_.begin() + static_cast<std::ptrdiff_t>(first_); }
  auto end() { return items_.end(); }
  auto begin() const { return items_.begin() + static_cast<std::ptrdiff_t>(first_); }
  auto end() const { return items_.end(); }

 private:
  std::vector<T> items_;
  std::size_t first_ = 0;
};

}  // namespace mtp::MTP_ABI::mtproto
