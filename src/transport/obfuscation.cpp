// SPDX-License-Identifier: MIT OR Apache-2.0
// https://core.telegram.org/mtproto/mtproto-transports#transport-obfuscation
#include <mtp/transport/obfuscation.hpp>

#include "transport/stream_framing.hpp"

#include <mtp/crypto/hash.hpp>

#include <algorithm>

namespace mtp::MTP_ABI::transport {
namespace {

constexpr std::size_t tag_at = 56;
constexpr std::size_t dc_at = 60;

std::uint8_t tag_byte(kind inner) noexcept {
  switch (inner) {
    case kind::abridged: return 0xef;
    case kind::intermediate: return 0xee;
    case kind::padded_intermediate: return 0xdd;
    case kind::full: break;
  }
  return 0;
}

std::optional<kind> kind_of_tag(bytes_view tag) noexcept {
  for (kind k : {kind::abridged, kind::intermediate, kind::padded_intermediate}) {
    if (std::all_of(tag.begin(), tag.end(), [&](auto byte) { return byte == tag_byte(k); }))
      return k;
  }
  return std::nullopt;
}

struct key_and_iv {
  int256 key;
  int128 iv;
};

key_and_iv keys_of(bytes_view forty_eight, std::optional<proxy_secret> const& secret) {
  key_and_iv out;
  std::copy_n(forty_eight.begin(), 32, out.key.begin());
  std::copy_n(forty_eight.begin() + 32, 16, out.iv.begin());
  if (secret) out.key = crypto::sha256({out.key, *secret});
  return out;
}

/// A framing whose bytes go through a stream cipher each way.
class obfuscated_framing final : public framing {
 public:
  obfuscated_framing(std::unique_ptr<framing> inner, crypto::ctr_stream encrypt,
                     crypto::ctr_stream decrypt, bytes preamble)
      : inner_(std::move(inner)),
        encrypt_(std::move(encrypt)),
        decrypt_(std::move(decrypt)),
        preamble_(std::move(preamble)) {}

  void wrap(packet_buffer& packet, encode_options options) override {
    inner_->wrap(packet, options);
    encrypt_.apply(packet.packet());
    auto const preamble = std::exchange(preamble_, {});
    std::ranges::copy(preamble, packet.prepend(preamble.size()).begin());
  }
  void encode_quick_ack(std::uint32_t token, bytes& out) override {
    std::size_t const start = out.size();
    inner_->encode_quick_ack(token, out);
    encrypt_.apply(mutable_bytes(out).subspan(start));
  }

  mutable_bytes prepare() override { return place_ = inner_->prepare(); }
  void commit(std::size_t count) override {
    decrypt_.apply(place_.first(count));
    inner_->commit(count);
  }
  result<std::optional<frame>> next() override { return inner_->next(); }
  std::size_t buffered() const noexcept override { return inner_->buffered(); }
  kind framing_kind() const noexcept override { return inner_->framing_kind(); }

 private:
  std::unique_ptr<framing> inner_;
  crypto::ctr_stream encrypt_;
  crypto::ctr_stream decrypt_;
  bytes preamble_;  // the client's header until the first packet
  mutable_bytes place_;
};

/// Finishes a header: encrypts its end and leaves the cipher behind it.
void close_header(obfuscation_header& header, crypto::ctr_stream& encrypt) {
  obfuscation_header whole = header;
  encrypt.apply(whole);
  std::copy(whole.begin() + tag_at, whole.end(), header.begin() + tag_at);
}

obfuscation_header draw_header(kind inner, random_source& random,
                               obfuscation_options const& options) {
  obfuscation_header header;
  do {
    random.fill(header);
  } while (!usable_as_header(header));
  std::fill_n(header.begin() + tag_at, 4, tag_byte(inner));
  if (options.dc) store_le(header.data() + dc_at, *options.dc);
  return header;
}

}  // namespace

bool usable_as_header(obfuscation_header const& random) noexcept {
  // HEAD, POST, GET, OPTIONS, a TLS hello, and the tags of the framings.
  constexpr std::uint32_t forbidden[] = {0x44414548, 0x54534f50, 0x20544547, 0x4954504f,
                                         0x02010316, 0xdddddddd, 0xeeeeeeee};
  if (random[0] == 0xef) return false;
  if (load_le<std::uint32_t>(random.data() + 4) == 0) return false;
  auto const first = load_le<std::uint32_t>(random.data());
  return std::find(std::begin(forbidden), std::end(forbidden), first) == std::end(forbidden);
}

obfuscation_keys derive_obfuscation_keys(obfuscation_header const& header,
                                         std::optional<proxy_secret> const& secret) {
  std::array<std::uint8_t, 48> middle;
  std::copy_n(header.begin() + 8, middle.size(), middle.begin());
  auto const forth = keys_of(middle, secret);
  std::reverse(middle.begin(), middle.end());
  auto const back = keys_of(middle, secret);
  return {forth.key, forth.iv, back.key, back.iv};
}

result<std::unique_ptr<framing>> make_obfuscated_client(kind inner, random_source& random,
                                                        framing_options options,
                                                        obfuscation_options obfuscation) {
  if (inner == kind::full) return bad_frame();
  auto header = draw_header(inner, random, obfuscation);
  auto const keys = derive_obfuscation_keys(header, obfuscation.secret);
  crypto::ctr_stream encrypt(keys.encrypt_key, keys.encrypt_iv);
  crypto::ctr_stream decrypt(keys.decrypt_key, keys.decrypt_iv);
  close_header(header, encrypt);
  auto plain = make_framing(inner, role::client, random, options, tag_policy::omit);
  return std::unique_ptr<framing>(
      std::make_unique<obfuscated_framing>(std::move(plain), std::move(encrypt), std::move(decrypt),
                                           bytes(header.begin(), header.end())));
}

std::optional<opened_header> open_header(obfuscation_header const& header,
                                         std::optional<proxy_secret> const& secret) {
  auto const keys = derive_obfuscation_keys(header, secret);
  crypto::ctr_stream decrypt(keys.encrypt_key, keys.encrypt_iv);
  obfuscation_header plain = header;
  decrypt.apply(plain);
  auto const inner = kind_of_tag(bytes_view(plain).subspan(tag_at, 4));
  if (!inner) return std::nullopt;
  return opened_header{*inner, load_le<std::int16_t>(plain.data() + dc_at)};
}

std::unique_ptr<framing> make_obfuscated_server(obfuscation_header const& header, kind inner,
                                                random_source& random,
                                                std::optional<proxy_secret> const& secret,
                                                framing_options options) {
  auto const keys = derive_obfuscation_keys(header, secret);
  crypto::ctr_stream encrypt(keys.decrypt_key, keys.decrypt_iv);
  crypto::ctr_stream decrypt(keys.encrypt_key, keys.encrypt_iv);
  obfuscation_header passed = header;
  decrypt.apply(passed);
  return std::make_unique<obfuscated_framing>(
      make_framing(inner, role::server, random, options, tag_policy::omit), std::move(encrypt),
      std::move(decrypt), bytes());
}

}  // namespace mtp::MTP_ABI::transport
