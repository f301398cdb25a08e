// SPDX-License-Identifier: MIT OR Apache-2.0
// https://core.telegram.org/mtproto/mtproto-transports#abridged
#include "transport/stream_framing.hpp"

#include <cassert>

namespace mtp::MTP_ABI::transport {
namespace {

constexpr std::uint8_t abridged_tag = 0xef;
constexpr std::uint8_t long_form = 0x7f;          // three bytes of length follow
constexpr std::uint8_t quick_bit_of_byte = 0x80;  // of a request: please acknowledge
constexpr std::size_t max_words = 0xffffff;       // what three bytes can say

class abridged_framing final : public stream_framing {
 public:
  using stream_framing::stream_framing;

  void wrap(packet_buffer& packet, encode_options asked) override {
    std::size_t const words = packet.view().size() / 4;
    assert(packet.view().size() % 4 == 0 && words <= max_words);
    write_length(words, asked.quick_ack ? quick_bit_of_byte : std::uint8_t{0}, packet);
    if (take_tag_due()) packet.prepend(1)[0] = abridged_tag;
  }

  /// The only number of this framing whose bytes are reversed, so that the first shows what it is.
  void encode_quick_ack(std::uint32_t token, bytes& out) override {
    for (int shift = 24; shift >= 0; shift -= 8)
      out.push_back(static_cast<std::uint8_t>(token >> shift));
  }

  kind framing_kind() const noexcept override { return kind::abridged; }

 private:
  static void write_length(std::size_t words, std::uint8_t quick, packet_buffer& before) {
    if (words < long_form) {
      before.prepend(1)[0] = static_cast<std::uint8_t>(words | quick);
      return;
    }
    auto const head = before.prepend(4);
    store_le(head.data(), static_cast<std::uint32_t>(words << 8));
    head[0] = long_form | quick;
  }

  result<std::optional<frame_head>> read_head(bytes_view waiting) const override {
    using head = std::optional<frame_head>;
    if (waiting.empty()) return head();
    bool const marked = waiting[0] & quick_bit_of_byte;
    auto const words = static_cast<std::uint8_t>(waiting[0] & ~quick_bit_of_byte);
    bool const is_token = marked && side() == role::client;
    if ((is_token || words == long_form) && waiting.size() < 4) return head();
    if (is_token) return head(frame_head{.size = 4, .token = token_of(waiting)});
    if (words != long_form) return body(1, words, marked);
    return body(4, load_le<std::uint32_t>(waiting.data()) >> 8, marked);
  }

  static std::uint32_t token_of(bytes_view reversed) {
    std::uint32_t token = 0;
    for (auto const byte : reversed.first(4)) token = token << 8 | byte;
    return token;
  }

  result<std::optional<frame_head>> body(std::size_t size, std::size_t words, bool marked) const {
    if (auto const fine = check_length(words * 4); !fine) return failure{fine.error()};
    return std::optional(frame_head{.size = size, .length = words * 4, .flagged = marked});
  }
};

}  // namespace

std::unique_ptr<framing> make_abridged(role r, framing_options options, tag_policy policy) {
  return std::make_unique<abridged_framing>(r, options, policy);
}

}  // namespace mtp::MTP_ABI::transport
