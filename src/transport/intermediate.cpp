// SPDX-License-Identifier: MIT OR Apache-2.0
// https://core.telegram.org/mtproto/mtproto-transports#intermediate and #padded-intermediate
#include "transport/stream_framing.hpp"

#include <algorithm>
#include <cassert>

namespace mtp::MTP_ABI::transport {
namespace {

constexpr std::uint32_t quick_bit = 0x80000000;

class intermediate_framing : public stream_framing {
 public:
  using stream_framing::stream_framing;

  void wrap(packet_buffer& packet, encode_options asked) override {
    assert(packet.view().size() % 4 == 0);
    write_head(packet, asked.quick_ack);
  }

  void encode_quick_ack(std::uint32_t token, bytes& out) override {
    std::uint8_t raw[4];
    store_le(raw, token);
    append(out, raw);
  }

  kind framing_kind() const noexcept override { return kind::intermediate; }

 protected:
  virtual std::uint8_t tag() const noexcept { return 0xee; }
  /// Whether a packet may have this length on the wire.
  virtual bool fits(std::size_t length) const noexcept { return length % 4 == 0; }
  /// How many bytes of padding the longest packet may bring along.
  virtual std::size_t allowance() const noexcept { return 0; }

  /// Writes the length of what is in the buffer, and the tag where it is due.
  void write_head(packet_buffer& packet, bool quick) {
    auto const length = static_cast<std::uint32_t>(packet.view().size());
    store_le(packet.prepend(4).data(), length | (quick ? quick_bit : 0));
    if (take_tag_due()) std::ranges::fill(packet.prepend(4), tag());
  }

 private:
  result<std::optional<frame_head>> read_head(bytes_view waiting) const final {
    using head = std::optional<frame_head>;
    if (waiting.size() < 4) return head();
    auto const word = load_le<std::uint32_t>(waiting.data());
    bool const marked = word & quick_bit;
    if (marked && side() == role::client) return head(frame_head{.size = 4, .token = word});
    std::size_t const length = word & ~quick_bit;
    if (!fits(length)) return bad_frame();
    if (auto const fine = check_length(length - std::min(length / 2, allowance())); !fine)
      return failure{fine.error()};
    return head(frame_head{.size = 4, .length = length, .flagged = marked});
  }
};

class padded_framing final : public intermediate_framing {
 public:
  padded_framing(role r, framing_options options, tag_policy policy, random_source& random)
      : intermediate_framing(r, options, policy), random_(random) {}

  /// A payload that is no packet, below 16 bytes, stays below with its padding.
  void wrap(packet_buffer& packet, encode_options asked) override {
    std::size_t const size = packet.view().size();
    std::size_t const most = size <= max_padding ? max_padding - size : max_padding;
    auto const limit = std::min(options().max_padding.value_or(usual_padding()), most);
    random_.fill(packet.append(random_.make<std::uint8_t>() % (limit + 1)));
    write_head(packet, asked.quick_ack);
  }

  /// A frame that begins with -1 and then has the token.
  void encode_quick_ack(std::uint32_t token, bytes& out) override {
    std::uint8_t words[8];
    store_le(words, std::int32_t{-1});
    store_le(words + 4, token);
    encode(words, out);
  }

  kind framing_kind() const noexcept override { return kind::padded_intermediate; }

 protected:
  std::uint8_t tag() const noexcept override { return 0xdd; }
  bool fits(std::size_t) const noexcept override { return true; }
  std::size_t allowance() const noexcept override { return max_padding; }

  /// An encrypted packet has 24 bytes and whole blocks of 16; a plain one says its length.
  result<void> strip(slice& payload) const override {
    auto const length = packet_length(payload);
    if (!length) return bad_frame();
    payload = std::move(payload).part(0, *length);
    return {};
  }

 private:
  static constexpr std::size_t max_padding = 15;
  static constexpr std::size_t plain_header = 20;
  static constexpr std::size_t encrypted_header = 24;

  std::size_t usual_padding() const noexcept { return side() == role::client ? max_padding : 3; }

  static std::optional<std::size_t> packet_length(bytes_view padded) {
    if (padded.size() < plain_header) return std::nullopt;
    if (load_le<std::uint64_t>(padded.data()) == 0) return plain_length(padded);
    if (padded.size() < encrypted_header) return std::nullopt;
    return padded.size() - (padded.size() - encrypted_header) % 16;
  }

  static std::optional<std::size_t> plain_length(bytes_view padded) {
    auto const length = load_le<std::uint32_t>(padded.data() + 16);
    if (length > padded.size() - plain_header) return std::nullopt;
    return plain_header + length;
  }

  random_source& random_;
};

}  // namespace

std::unique_ptr<framing> make_intermediate(role r, framing_options options, tag_policy policy) {
  return std::make_unique<intermediate_framing>(r, options, policy);
}

std::unique_ptr<framing> make_padded_intermediate(role r, framing_options options,
                                                  tag_policy policy, random_source& random) {
  return std::make_unique<padded_framing>(r, options, policy, random);
}

}  // namespace mtp::MTP_ABI::transport
