// SPDX-License-Identifier: MIT OR Apache-2.0
#include "transport/stream_framing.hpp"

#include <algorithm>
#include <utility>

namespace mtp::MTP_ABI::transport {
namespace {

/// A payload below this is never an MTProto packet.
constexpr std::size_t min_packet = 16;

}  // namespace

mutable_bytes stream_framing::prepare() {
  return reads_large() ? large_.prepare() : input_.prepare();
}

void stream_framing::commit(std::size_t count) {
  if (reads_large()) return large_.commit(count);
  input_.commit(count);
  if (failed_) input_.clear();
}

result<std::optional<frame>> stream_framing::next() {
  while (!failed_) {
    auto taken = take();
    if (!taken) {
      failed_ = taken.error();
      input_.clear();
    } else if (!*taken) {
      return std::optional<frame>();
    } else if (**taken) {
      return std::move(**taken);
    }
  }
  return failure{failed_};
}

result<std::optional<stream_framing::meaning>> stream_framing::take() {
  using nothing = std::optional<meaning>;
  auto const begun = begin_frame();
  if (!begun) return failure{begun.error()};
  if (!*begun) return nothing();
  if (head_->token) return nothing(quick_ack{*std::exchange(head_, {})->token});
  auto payload = take_payload(head_->length);
  if (!payload) return nothing();
  auto whole = interpret(*std::move(payload));
  if (!whole) return failure{whole.error()};
  bool const flagged = std::exchange(head_, {})->flagged;
  if (*whole) {
    if (auto* const packet = std::get_if<transport::packet>(&**whole))
      packet->wants_quick_ack = flagged;
  }
  return nothing(*std::move(whole));
}

/// Whether the head of the frame is known.
result<bool> stream_framing::begin_frame() {
  if (head_) return true;
  auto head = read_head(input_.view());
  if (!head) return failure{head.error()};
  if (!*head) return false;
  head_ = **head;
  input_.drop(head_->size);
  return true;
}

result<void> stream_framing::check_length(std::size_t length) const {
  if (length == 0) return bad_frame();
  if (length > options_.max_payload)
    return failure{make_error_code(protocol_errc::frame_too_large)};
  return {};
}

/// Short payloads are copied out of the queue, so that they keep no more memory than they need.
std::optional<slice> stream_framing::take_payload(std::size_t length) {
  if (large_.is_open()) return large_.is_complete() ? std::optional(large_.take()) : std::nullopt;
  if (input_.size() >= length) {
    slice payload = slice::uninitialised(length);
    std::ranges::copy(input_.view().first(length), payload.edit().begin());
    input_.drop(length);
    return payload;
  }
  if (length >= large_payload::min_length) {
    large_.begin(length, input_.view());
    input_.clear();
  }
  return std::nullopt;
}

/// Nothing means a keep-alive, which is passed over.
result<stream_framing::meaning> stream_framing::interpret(slice payload) {
  if (auto const opened = open(payload); !opened) return failure{opened.error()};
  if (payload.size() < min_packet) return interpret_short(payload);
  if (auto const stripped = strip(payload); !stripped) return failure{stripped.error()};
  return meaning(packet{std::move(payload), false});
}

/// What TDLib reads from payloads below 16 bytes: 0 keeps the connection alive, -1 with a token
/// acknowledges, another negative number is an error. Only servers send them.
result<stream_framing::meaning> stream_framing::interpret_short(bytes_view payload) const {
  if (role_ == role::server || payload.size() < 4) return bad_frame();
  auto const code = load_le<std::int32_t>(payload.data());
  bool const padded = framing_kind() == kind::padded_intermediate;
  if (padded && code == -1 && payload.size() >= 8)
    return meaning(quick_ack{load_le<std::uint32_t>(payload.data() + 4)});
  if (payload.size() != 4 && !padded) return bad_frame();
  if (code == 0) return meaning();
  if (code > 0) return bad_frame();
  return meaning(transport_error{code});
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

}  // namespace mtp::MTP_ABI::transport
