// SPDX-License-Identifier: MIT OR Apache-2.0
// https://core.telegram.org/mtproto/mtproto-transports#abridged
#include "transport/stream_framing.hpp"

#include <cassert>

namespace mtp::transport {
namespace {

constexpr std::uint8_t tag = 0xef;
constexpr std::uint8_t long_form = 0x7f;      // three bytes of length follow
constexpr std::uint8_t quick_bit = 0x80;      // of a request: please acknowledge
constexpr std::size_t most_words = 0xffffff;  // what three bytes can say

class abridged_framing final : public stream_framing {
 public:
  using stream_framing::stream_framing;

  void encode(bytes_view payload, bytes& out, encode_options asked) override {
    assert(payload.size() % 4 == 0 && payload.size() / 4 <= most_words);
    if (take_tag_due()) out.push_back(tag);
    write_length(payload.size() / 4, asked.quick_ack ? quick_bit : std::uint8_t{0}, out);
    append(out, payload);
  }

  void encode_error(std::int32_t code, bytes& out) override {
    std::uint8_t word[4];
    store_le(word, code);
    encode(word, out, {});
  }

  /// The only number of this framing whose bytes are reversed, so that the first shows what it is.
  void encode_quick_ack(std::uint32_t token, bytes& out) override {
    for (int shift = 24; shift >= 0; shift -= 8)
      out.push_back(static_cast<std::uint8_t>(token >> shift));
  }

  kind framing_kind() const noexcept override { return kind::abridged; }

 private:
  static void write_length(std::size_t words, std::uint8_t quick, bytes& out) {
    if (words < long_form) {
      out.push_back(static_cast<std::uint8_t>(words | quick));
      return;
    }
    out.push_back(long_form | quick);
    for (int shift = 0; shift < 24; shift += 8)
      out.push_back(static_cast<std::uint8_t>(words >> shift));
  }

  result<std::optional<raw_frame>> take() override {
    auto const waiting = input().view();
    if (waiting.empty()) return std::optional<raw_frame>();
    bool const marked = waiting[0] & quick_bit;
    if (marked && side() == role::client) return take_token(waiting);
    auto const words = static_cast<std::uint8_t>(waiting[0] & ~quick_bit);
    if (words != long_form) return take_body(1, words, marked);
    if (waiting.size() < 4) return std::optional<raw_frame>();
    return take_body(4, load_le<std::uint32_t>(waiting.data()) >> 8, marked);
  }

  result<std::optional<raw_frame>> take_token(bytes_view waiting) {
    if (waiting.size() < 4) return std::optional<raw_frame>();
    std::uint32_t token = 0;
    for (int i = 0; i < 4; ++i) token = token << 8 | waiting[static_cast<std::size_t>(i)];
    input().drop(4);
    return std::optional<raw_frame>(raw_frame{.token = token});
  }

  result<std::optional<raw_frame>> take_body(std::size_t header, std::size_t words, bool marked) {
    if (auto fine = check_length(words * 4); !fine) return failure{fine.error()};
    auto raw = take_payload(header, words * 4);
    if (raw) raw->flagged = marked;
    return raw;
  }
};

}  // namespace

std::unique_ptr<framing> make_abridged(role r, framing_options options, tag_policy policy) {
  return std::make_unique<abridged_framing>(r, options, policy);
}

}  // namespace mtp::transport
