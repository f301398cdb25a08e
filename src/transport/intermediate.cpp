// SPDX-License-Identifier: MIT OR Apache-2.0
// https://core.telegram.org/mtproto/mtproto-transports#intermediate and #padded-intermediate
#include "transport/stream_framing.hpp"

#include <algorithm>
#include <cassert>

namespace mtp::transport {
namespace {

constexpr std::uint32_t quick_bit = 0x80000000;

void append_word(bytes& out, std::uint32_t word) {
  std::uint8_t raw[4];
  store_le(raw, word);
  append(out, raw);
}

class intermediate_framing : public stream_framing {
 public:
  using stream_framing::stream_framing;

  void encode(bytes_view payload, bytes& out, encode_options asked) override {
    assert(payload.size() % 4 == 0);
    write(payload, 0, asked.quick_ack, out);
  }

  void encode_error(std::int32_t code, bytes& out) override {
    std::uint8_t word[4];
    store_le(word, code);
    encode(word, out, {});
  }

  void encode_quick_ack(std::uint32_t token, bytes& out) override { append_word(out, token); }

  kind framing_kind() const noexcept override { return kind::intermediate; }

 protected:
  virtual std::uint8_t tag() const noexcept { return 0xee; }
  /// Whether a packet may have this length on the wire.
  virtual bool fits(std::size_t length) const noexcept { return length % 4 == 0; }
  /// How many bytes of padding the longest packet may bring along.
  virtual std::size_t allowance() const noexcept { return 0; }

  void write(bytes_view payload, std::size_t padding, bool quick, bytes& out) {
    if (take_tag_due()) out.insert(out.end(), 4, tag());
    auto const length = static_cast<std::uint32_t>(payload.size() + padding);
    append_word(out, length | (quick ? quick_bit : 0));
    append(out, payload);
  }

 private:
  result<std::optional<raw_frame>> take() final {
    if (input().size() < 4) return std::optional<raw_frame>();
    auto const word = load_le<std::uint32_t>(input().view().data());
    bool const marked = word & quick_bit;
    if (marked && side() == role::client) return take_token(word);
    std::size_t const length = word & ~quick_bit;
    if (!fits(length)) return bad_frame();
    if (auto fine = check_length(length - std::min(length / 2, allowance())); !fine)
      return failure{fine.error()};
    auto raw = take_payload(4, length);
    if (raw) raw->flagged = marked;
    return raw;
  }

  std::optional<raw_frame> take_token(std::uint32_t word) {
    input().drop(4);
    return raw_frame{.token = word};
  }
};

class padded_framing final : public intermediate_framing {
 public:
  padded_framing(role r, framing_options options, tag_policy policy, random_source& random)
      : intermediate_framing(r, options, policy), random_(random) {}

  void encode(bytes_view payload, bytes& out, encode_options asked) override {
    pad(payload, most_padding, asked.quick_ack, out);
  }

  void encode_error(std::int32_t code, bytes& out) override {
    std::uint8_t word[4];
    store_le(word, code);
    pad(word, most_padding - 4, false, out);
  }

  /// A frame that begins with -1 and then has the token.
  void encode_quick_ack(std::uint32_t token, bytes& out) override {
    std::uint8_t words[8];
    store_le(words, std::int32_t{-1});
    store_le(words + 4, token);
    pad(words, most_padding - 8, false, out);
  }

  kind framing_kind() const noexcept override { return kind::padded_intermediate; }

 protected:
  std::uint8_t tag() const noexcept override { return 0xdd; }
  bool fits(std::size_t) const noexcept override { return true; }
  std::size_t allowance() const noexcept override { return most_padding; }

  /// An encrypted packet has 24 bytes and whole blocks of 16; a plain one says its length.
  result<void> strip(bytes& payload) const override {
    if (payload.size() < plain_header) return bad_frame();
    bool const plain = load_le<std::uint64_t>(payload.data()) == 0;
    if (plain) return strip_plain(payload);
    if (payload.size() < encrypted_header) return bad_frame();
    payload.resize(payload.size() - (payload.size() - encrypted_header) % 16);
    return {};
  }

 private:
  static constexpr std::size_t most_padding = 15;
  static constexpr std::size_t plain_header = 20;
  static constexpr std::size_t encrypted_header = 24;

  std::size_t usual_padding() const noexcept { return side() == role::client ? most_padding : 3; }

  static result<void> strip_plain(bytes& payload) {
    auto const length = load_le<std::uint32_t>(payload.data() + 16);
    if (length > payload.size() - plain_header) return bad_frame();
    payload.resize(plain_header + length);
    return {};
  }

  void pad(bytes_view payload, std::size_t most, bool quick, bytes& out) {
    auto const limit = std::min(options().max_padding.value_or(usual_padding()), most);
    std::size_t const length = random_.make<std::uint8_t>() % (limit + 1);
    write(payload, length, quick, out);
    out.resize(out.size() + length);
    random_.fill(mutable_bytes(out).last(length));
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

}  // namespace mtp::transport
