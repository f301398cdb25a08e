// SPDX-License-Identifier: MIT OR Apache-2.0
// https://core.telegram.org/mtproto/mtproto-transports#full
#include "transport/stream_framing.hpp"

#include <mtp/crypto/hash.hpp>

#include <cassert>

namespace mtp::MTP_ABI::transport {
namespace {

constexpr std::size_t header_size = 8;  // length and number
constexpr std::size_t sum_size = 4;     // the checksum behind
constexpr std::size_t overhead = header_size + sum_size;

class full_framing final : public stream_framing {
 public:
  using stream_framing::stream_framing;

  void wrap(packet_buffer& packet, encode_options) override {
    assert(packet.view().size() % 4 == 0);
    auto const head = packet.prepend(header_size);
    store_le(head.data(), static_cast<std::uint32_t>(packet.view().size() + sum_size));
    store_le(head.data() + 4, sent_++);
    auto const sum = crypto::crc32(packet.view());
    store_le(packet.append(sum_size).data(), sum);
  }

  void encode_quick_ack(std::uint32_t, bytes&) override {}

  kind framing_kind() const noexcept override { return kind::full; }

 private:
  /// The whole frame is the payload at first, because the checksum covers all of it.
  result<std::optional<frame_head>> read_head(bytes_view waiting) const override {
    if (waiting.size() < 4) return std::optional<frame_head>();
    std::size_t const total = load_le<std::uint32_t>(waiting.data());
    if (total % 4 != 0 || total <= overhead) return bad_frame();
    if (auto const fine = check_length(total - overhead); !fine) return failure{fine.error()};
    return std::optional(frame_head{.length = total});
  }

  result<void> open(slice& whole) override {
    if (!intact(whole)) return bad_frame();
    ++received_;
    whole = std::move(whole).part(header_size, whole.size() - overhead);
    return {};
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

}  // namespace mtp::MTP_ABI::transport
