// SPDX-License-Identifier: MIT OR Apache-2.0
#include "transport/stream_framing.hpp"

#include <utility>

namespace mtp::transport {
namespace {

/// A payload below this is never an MTProto packet.
constexpr std::size_t least_packet = 16;

}  // namespace

std::string_view name_of(kind k) noexcept {
  switch (k) {
    case kind::abridged: return "abridged";
    case kind::intermediate: return "intermediate";
    case kind::padded_intermediate: return "padded intermediate";
    case kind::full: return "full";
  }
  return "unknown";
}

protocol_errc meaning_of(transport_error refused) noexcept {
  switch (refused.code) {
    case -404: return protocol_errc::unknown_key;
    case -429: return protocol_errc::transport_flood;
    case -444: return protocol_errc::wrong_dc;
    default: return protocol_errc::transport_refused;
  }
}

void stream_framing::feed(bytes_view data) {
  if (!failed_) input_.push(data);
}

result<std::optional<frame>> stream_framing::next() {
  while (!failed_) {
    auto raw = take();
    if (raw && !*raw) return std::optional<frame>();
    auto meaning =
        raw ? interpret(std::move(**raw)) : result<std::optional<frame>>(failure{raw.error()});
    if (!meaning) {
      failed_ = meaning.error();
      input_.clear();
    } else if (*meaning) {
      return meaning;
    }
  }
  return failure{failed_};
}

result<void> stream_framing::check_length(std::size_t length) const {
  if (length == 0) return bad_frame();
  if (length > options_.max_payload)
    return failure{make_error_code(protocol_errc::frame_too_large)};
  return {};
}

std::optional<raw_frame> stream_framing::take_payload(std::size_t header, std::size_t length) {
  if (input_.size() < header + length) return std::nullopt;
  auto const body = input_.view().subspan(header, length);
  raw_frame raw{.payload = bytes(body.begin(), body.end())};
  input_.drop(header + length);
  return raw;
}

/// Nothing means a keep-alive, which is passed over.
result<std::optional<frame>> stream_framing::interpret(raw_frame raw) const {
  if (raw.token) return std::optional<frame>(quick_ack{*raw.token});
  if (raw.payload.size() < least_packet) return interpret_short(raw.payload);
  if (auto stripped = strip(raw.payload); !stripped) return failure{stripped.error()};
  return std::optional<frame>(packet{std::move(raw.payload), raw.flagged});
}

/// What TDLib reads from payloads below 16 bytes: 0 keeps the connection alive, -1 with a token
/// acknowledges, another negative number is an error. Only servers send them.
result<std::optional<frame>> stream_framing::interpret_short(bytes_view payload) const {
  if (role_ == role::server || payload.size() < 4) return bad_frame();
  auto const code = load_le<std::int32_t>(payload.data());
  bool const padded = framing_kind() == kind::padded_intermediate;
  if (padded && code == -1 && payload.size() >= 8)
    return std::optional<frame>(quick_ack{load_le<std::uint32_t>(payload.data() + 4)});
  if (payload.size() != 4 && !padded) return bad_frame();
  if (code == 0) return std::optional<frame>();
  if (code > 0) return bad_frame();
  return std::optional<frame>(transport_error{code});
}

std::unique_ptr<framing> make_framing(kind k, role r, random_source& random,
                                      framing_options options, tag_policy tag) {
  switch (k) {
    case kind::abridged: return make_abridged(r, options, tag);
    case kind::intermediate: return make_intermediate(r, options, tag);
    case kind::padded_intermediate: return make_padded_intermediate(r, options, tag, random);
    case kind::full: return make_full(r, options);
  }
  return nullptr;
}

std::unique_ptr<framing> make_framing(kind k, role r, random_source& random,
                                      framing_options options) {
  return make_framing(k, r, random, options, tag_policy::write);
}

}  // namespace mtp::transport
