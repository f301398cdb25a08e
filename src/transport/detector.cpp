// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/transport/detector.hpp>

#include "transport/stream_framing.hpp"

#include <algorithm>

namespace mtp::MTP_ABI::transport {
namespace {

bool is_http(std::uint32_t first) noexcept {
  // HEAD, POST, GET and OPTIONS as they stand in memory
  return first == 0x44414548 || first == 0x54534f50 || first == 0x20544547 || first == 0x4954504f;
}

bool is_tls(bytes_view first) noexcept {
  return first[0] == 0x16 && first[1] == 0x03 && first[2] == 0x01;
}

}  // namespace

detector::detector(random_source& random, detector_options options)
    : random_(random), options_(std::move(options)) {}

result<std::optional<detected>> detector::feed(bytes_view data) {
  if (failed_) return failure{failed_};
  std::size_t const room = sizeof(obfuscation_header) - first_.size();
  auto const opening = data.first(std::min(room, data.size()));
  append(first_, opening);
  auto found = recognise();
  if (found && *found) (*found)->codec->feed(data.subspan(opening.size()));
  return found;
}

result<std::optional<detected>> detector::recognise() {
  if (first_.empty()) return std::optional<detected>();
  if (first_[0] == 0xef) return plain(kind::abridged, 1);
  if (first_.size() < 4) return std::optional<detected>();
  auto const word = load_le<std::uint32_t>(first_.data());
  if (word == 0xeeeeeeee) return plain(kind::intermediate, 4);
  if (word == 0xdddddddd) return plain(kind::padded_intermediate, 4);
  if (is_http(word)) return refuse(protocol_errc::http_refused);
  if (is_tls(first_)) return refuse(protocol_errc::tls_refused);
  if (first_.size() < 8) return std::optional<detected>();
  if (load_le<std::uint32_t>(first_.data() + 4) == 0) return plain(kind::full, 0);
  if (first_.size() < sizeof(obfuscation_header)) return std::optional<detected>();
  return obfuscated();
}

result<std::optional<detected>> detector::refuse(protocol_errc why) {
  failed_ = make_error_code(why);
  first_.clear();
  return failure{failed_};
}

result<std::optional<detected>> detector::plain(kind k, std::size_t opening) {
  if (!options_.accept_without_secret) return refuse(protocol_errc::unknown_transport);
  detected found{.codec = make_framing(k, role::server, random_, options_.framing)};
  found.codec->feed(bytes_view(first_).subspan(opening));
  return std::optional<detected>(std::move(found));
}

result<std::optional<detected>> detector::obfuscated() {
  obfuscation_header header;
  std::copy(first_.begin(), first_.end(), header.begin());
  if (options_.accept_without_secret) {
    if (auto said = open_header(header, {})) return std::optional(open(header, *said, {}));
  }
  for (auto const& secret : options_.secrets) {
    if (auto said = open_header(header, secret)) return std::optional(open(header, *said, secret));
  }
  return refuse(protocol_errc::unknown_transport);
}

detected detector::open(obfuscation_header const& header, opened_header said,
                        std::optional<proxy_secret> const& secret) {
  return {.codec = make_obfuscated_server(header, said.inner, random_, secret, options_.framing),
          .obfuscated = true,
          .secret = secret,
          .dc = said.dc};
}

}  // namespace mtp::MTP_ABI::transport
