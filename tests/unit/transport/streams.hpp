// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "support/hex.hpp"
#include "support/seeded_random.hpp"

#include <mtp/transport/obfuscation.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace mtp::test {

/// The bytes 0, 1, 2, ... of that length.
inline bytes counting(std::size_t length) {
  bytes out(length);
  for (std::size_t i = 0; i < length; ++i) out[i] = static_cast<std::uint8_t>(i);
  return out;
}

/// Something that has the shape of an encrypted packet: 24 bytes and whole blocks.
inline bytes encrypted_shape(std::size_t blocks, std::uint8_t fill = 0x5a) {
  return bytes(24 + 16 * blocks, fill);
}

/// Every kind of framing, plain and obfuscated.
struct variety {
  transport::kind kind;
  bool obfuscated;
};

inline std::vector<variety> all_varieties() {
  using enum transport::kind;
  return {{abridged, false}, {intermediate, false}, {padded_intermediate, false}, {full, false},
          {abridged, true},  {intermediate, true},  {padded_intermediate, true}};
}

inline std::string name_of(variety v) {
  return std::string(transport::name_of(v.kind)) + (v.obfuscated ? ", obfuscated" : "");
}

inline std::unique_ptr<transport::framing> make_client(variety v, random_source& random,
                                                       transport::framing_options options = {}) {
  if (!v.obfuscated) return make_framing(v.kind, transport::role::client, random, options);
  auto made = make_obfuscated_client(v.kind, random, options);
  return std::move(*made);
}

/// Everything that `data` holds for this framing, fed in pieces of `step` bytes.
struct reading {
  std::vector<transport::frame> frames = {};
  std::error_code error = {};
  std::size_t max_buffered = 0;
};

inline reading read_all(transport::framing& from, bytes_view data, std::size_t step) {
  reading out;
  for (std::size_t at = 0; at < data.size() && !out.error; at += step) {
    from.feed(data.subspan(at, std::min(step, data.size() - at)));
    for (;;) {
      auto got = from.next();
      if (!got) out.error = got.error();
      if (!got || !*got) break;
      out.frames.push_back(std::move(**got));
    }
    out.max_buffered = std::max(out.max_buffered, from.buffered());
  }
  return out;
}

inline bytes encoded(transport::framing& with, bytes_view payload,
                     transport::encode_options options = {}) {
  bytes out;
  with.encode(payload, out, options);
  return out;
}

}  // namespace mtp::test
