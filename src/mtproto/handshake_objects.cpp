// SPDX-License-Identifier: MIT OR Apache-2.0
#include "handshake_objects.hpp"

#include <algorithm>

namespace mtp::mtproto::wire {
namespace {

constexpr std::uint32_t vector_id = 0x1cb5c415;

std::size_t padding_of(std::size_t size) { return (4 - size % 4) % 4; }

}  // namespace

bytes_view field_reader::take(std::size_t size) {
  ok_ = ok_ && size <= rest_.size();
  if (!ok_) return {};
  bytes_view const taken = rest_.first(size);
  rest_ = rest_.subspan(size);
  return taken;
}

void field_reader::copy(mutable_bytes out) { std::ranges::copy(take(out.size()), out.begin()); }

void field_reader::expect(std::uint32_t id) {
  std::int32_t found = 0;
  scalar(found);
  ok_ = ok_ && static_cast<std::uint32_t>(found) == id;
}

void field_reader::operator()(bytes& out) {
  bytes_view const first = take(1);
  if (!ok_) return;
  std::size_t header = 1;
  std::size_t size = first[0];
  if (size == 255) ok_ = false;
  if (size == 254) {
    bytes_view const more = take(3);
    if (!ok_) return;
    header = 4;
    size =
        more[0] | static_cast<std::size_t>(more[1]) << 8 | static_cast<std::size_t>(more[2]) << 16;
  }
  bytes_view const data = take(size);
  take(padding_of(header + size));
  if (ok_) out.assign(data.begin(), data.end());
}

void field_reader::operator()(std::vector<std::int64_t>& out) {
  expect(vector_id);
  std::int32_t count = 0;
  scalar(count);
  ok_ = ok_ && count >= 0 && static_cast<std::size_t>(count) <= rest_.size() / 8;
  if (!ok_) return;
  out.resize(static_cast<std::size_t>(count));
  for (auto& value : out) scalar(value);
}

void field_writer::operator()(bytes const& value) {
  std::size_t const header = value.size() < 254 ? 1 : 4;
  if (header == 1) {
    out_.push_back(static_cast<std::uint8_t>(value.size()));
  } else {
    scalar(static_cast<std::uint32_t>(value.size()) << 8 | 254U);
  }
  append(out_, value);
  out_.resize(out_.size() + padding_of(header + value.size()));
}

void field_writer::operator()(std::vector<std::int64_t> const& values) {
  scalar(vector_id);
  scalar(static_cast<std::uint32_t>(values.size()));
  for (std::int64_t const value : values) scalar(value);
}

std::uint32_t constructor_of(bytes_view data) {
  return data.size() < 4 ? 0 : load_le<std::uint32_t>(data.data());
}

}  // namespace mtp::mtproto::wire
