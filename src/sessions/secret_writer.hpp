// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "core/wire.hpp"

#include <mtp/core/secret.hpp>

#include <cassert>

namespace mtp::MTP_ABI::sessions {

/// Appends to bytes of its own, of which no copy is left behind when they grow.
class secret_writer {
 public:
  template <class Integer>
  secret_writer& little(Integer value) {
    std::uint8_t raw_value[sizeof(Integer)];
    store_le(raw_value, value);
    return raw(raw_value);
  }

  template <class Integer>
  secret_writer& big(Integer value) {
    std::uint8_t raw_value[sizeof(Integer)];
    store_le(raw_value, value);
    std::ranges::reverse(raw_value);
    return raw(raw_value);
  }

  secret_writer& raw(bytes_view data) {
    make_room(data.size());
    append(out_, data);
    return *this;
  }

  /// A string of TL, at most 2^24 - 1 bytes.
  secret_writer& text(bytes_view data) {
    make_room(wire::layout_of(data.size()).whole());
    [[maybe_unused]] bool const fits = wire::append_text(out_, data);
    assert(fits);
    return *this;
  }

  /// A byte array of Qt: its length, highest byte first, and the bytes.
  secret_writer& sized(bytes_view data) {
    return big(static_cast<std::uint32_t>(data.size())).raw(data);
  }

  std::size_t size() const { return out_.size(); }
  secret<bytes> take() { return secret<bytes>(std::move(out_)); }

 private:
  void make_room(std::size_t more) {
    if (out_.capacity() - out_.size() >= more) return;
    bytes larger;
    larger.reserve(2 * out_.capacity() + more + first_room);
    append(larger, out_);
    out_.swap(larger);
    secret<bytes> const forgotten(std::move(larger));
  }

  static constexpr std::size_t first_room = 512;
  bytes out_;
};

}  // namespace mtp::MTP_ABI::sessions
