// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/storage/write_batch.hpp>

#include <mtp/core/wipe.hpp>

#include <algorithm>
#include <iterator>

namespace mtp::MTP_ABI {
namespace {

constexpr std::size_t write_overhead = 16;

bool keeps_to_limits(record_write const& one) {
  auto const space = static_cast<std::size_t>(one.space);
  auto const kind = static_cast<int>(one.what);
  bool const known = space >= 1 && space <= max_record_space && kind >= 1 && kind <= 3;
  return known && one.id.size() <= max_record_id && one.value.size() <= max_record_value;
}

}  // namespace

write_batch& write_batch::operator=(write_batch other) noexcept {
  std::swap(writes_, other.writes_);
  std::swap(size_, other.size_);
  return *this;
}

write_batch::~write_batch() {
  for (auto& one : writes_) {
    wipe(one.id);
    wipe(one.value);
  }
}

write_batch& write_batch::put(record_space space, bytes id, bytes value) {
  return add({record_write::kind::put, space, std::move(id), std::move(value)});
}

write_batch& write_batch::erase(record_space space, bytes id) {
  return add({record_write::kind::erase, space, std::move(id), {}});
}

write_batch& write_batch::clear(record_space space) {
  return add({record_write::kind::clear, space, {}, {}});
}

write_batch& write_batch::append(write_batch later) {
  std::ranges::move(later.writes_, std::back_inserter(writes_));
  size_ += std::exchange(later.size_, 0);
  later.writes_.clear();
  return *this;
}

bool write_batch::is_storable() const noexcept {
  return size_ <= max_batch_bytes && std::ranges::all_of(writes_, keeps_to_limits);
}

write_batch& write_batch::add(record_write one) {
  size_ += write_overhead + one.id.size() + one.value.size();
  writes_.push_back(std::move(one));
  return *this;
}

}  // namespace mtp::MTP_ABI
