// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>

#include <utility>

namespace mtp::MTP_ABI {

/// A part of a shared buffer: bytes that arrived and that nobody moves again. Copies and parts
/// share the buffer, which goes with the last of them.
///
/// Threads: distinct slices of one buffer may be read, copied and dropped on different threads.
class MTP_API slice {
 public:
  slice() noexcept = default;
  /// All of `data`, which is taken over, not copied.
  slice(bytes data);
  /// A buffer of that size, whose contents are undefined until they are written.
  static slice uninitialised(std::size_t size);

  slice(slice const& other) noexcept;
  slice(slice&& other) noexcept
      : owner_(std::exchange(other.owner_, nullptr)), view_(std::exchange(other.view_, {})) {}
  slice& operator=(slice other) noexcept {
    std::swap(owner_, other.owner_);
    std::swap(view_, other.view_);
    return *this;
  }
  ~slice();

  std::uint8_t const* data() const noexcept { return view_.data(); }
  std::size_t size() const noexcept { return view_.size(); }
  bool empty() const noexcept { return view_.empty(); }
  std::uint8_t const* begin() const noexcept { return data(); }
  std::uint8_t const* end() const noexcept { return data() + size(); }
  std::uint8_t operator[](std::size_t index) const noexcept { return view_[index]; }

  /// `count` bytes from `offset` on, which must be there. Shares the buffer.
  slice part(std::size_t offset, std::size_t count) const&;
  slice part(std::size_t offset, std::size_t count) &&;
  /// The part that `inside`, a view into this one, shows.
  slice part(bytes_view inside) const&;

  /// The bytes, to be written. Nobody may share the buffer.
  mutable_bytes edit() noexcept;
  /// A copy of the bytes.
  bytes to_bytes() const { return bytes(begin(), end()); }
  /// How large the buffer is that this keeps alive.
  std::size_t buffer_size() const noexcept;

  /// Whether the bytes are the same, whoever owns them.
  friend bool operator==(slice const& a, slice const& b) noexcept { return a.equals(b.view_); }
  friend bool operator==(slice const& a, bytes const& b) noexcept { return a.equals(b); }

 private:
  struct buffer;
  slice(buffer* owner, mutable_bytes view) noexcept : owner_(owner), view_(view) {}
  bool equals(bytes_view other) const noexcept;

  buffer* owner_ = nullptr;
  mutable_bytes view_;
};

}  // namespace mtp::MTP_ABI
