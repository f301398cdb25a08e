// SPDX-License-Identifier: MIT OR Apache-2.0
// https://core.telegram.org/mtproto/mtproto-transports#full
#include <mtp/crypto/hash.hpp>

#include "transport/stream_framing.hpp"

#include <cassert>

namespace mtp::transport {
namespace {

constexpr std::size_t header_size = 8;  // length and number
constexpr std::size_t overhead = 12;    // and the checksum

class full_framing final : public stream_framing {
 public:
  using stream_framing::stream_framing;

  void encode(bytes_view payload, bytes& out, encode_options) override {
    assert(payload.size() % 4 == 0);
    std::size_t const start = out.size();
    out.resize(start + header_size);
    store_le(out.data() + start, static_cast<std::uint32_t>(payload.size() + overhead));
    store_le(out.data() + start + 4, sent_++);
    append(out, payload);
    std::uint8_t sum[4];
    store_le(sum, crypto::crc32(bytes_view(out).subspan(start)));
    append(out, sum);
  }

  void encode_error(std::int32_t code, bytes& out) override {
    std::uint8_t word[4];
    store_le(word, code);
    encode(word, out, {});
  }

  void encode_quick_ack(std::uint32_t, bytes&) override {}

  kind framing_kind() const noexcept override { return kind::full; }

 private:
  result<std::optional<raw_frame>> take() override {
    auto const waiting = input().view();
    if (waiting.size() < 4) return std::optional<raw_frame>();
    std::size_t const total = load_le<std::uint32_t>(waiting.data());
    if (total % 4 != 0 || total <= overhead) return bad_frame();
    if (auto fine = check_length(total - overhead); !fine) return failure{fine.error()};
    if (waiting.size() < total) return std::optional<raw_frame>();
    if (!intact(waiting.first(total))) return bad_frame();
    ++received_;
    auto raw = take_payload(header_size, total - overhead);
    input().drop(4);
    return raw;
  }

  bool intact(bytes_view whole) const {
    auto const sum = load_le<std::uint32_t>(whole.last(4).data());
    return load_le<std::uint32_t>(whole.data() + 4) == received_ &&
           crypto::crc32(whole.first(whole.size() - 4)) == sum;
  }

  std::uint32_t sent_ = 0;
  std::uint32_t received_ = 0;
};

}  // namespace

std::unique_ptr<framing> make_full(role r, framing_options options) {
  return std::make_unique<full_framing>(r, options, tag_policy::omit);
}

}  // namespace mtp::transport
