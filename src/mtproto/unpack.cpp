// SPDX-License-Identifier: MIT OR Apache-2.0
// https://core.telegram.org/mtproto/service_messages#containers
#include "mtproto/unpack.hpp"

namespace mtp::MTP_ABI::mtproto {
namespace {

/// Takes the compression off a message; nothing may hide a container in it.
result<void, protocol_errc> uncover(slice& body, std::size_t& budget) {
  if (!service::is<schema::gzip_packed>(body)) return {};
  auto inflated = service::inflate(body, budget);
  if (!inflated) return failure{inflated.error()};
  if (is_container(*inflated)) return failure{protocol_errc::bad_container};
  body = std::move(*inflated);
  return {};
}

/// A large part stays where it is. A small one is copied, so that it does not keep the whole
/// packet.
slice part_of(slice const& container, bytes_view part) {
  constexpr std::size_t large = std::size_t{4} << 10;
  return part.size() < large ? slice(bytes(part.begin(), part.end())) : container.part(part);
}

/// One bare message; its body must hold at least a constructor id and be no container.
std::optional<inner_message> take_inner(wire::reader& from, slice const& container) {
  inner_message out{.id = from.number<std::int64_t>(), .sequence = from.number<std::int32_t>()};
  std::size_t const length = from.number<std::uint32_t>();
  if (!from.ok() || length < 4 || length % 4 != 0) return std::nullopt;
  auto const body = from.take(length);
  if (!from.ok() || is_container(body)) return std::nullopt;
  out.body = part_of(container, body);
  return out;
}

result<std::vector<inner_message>, protocol_errc> split_container(slice const& body) {
  constexpr auto bad = protocol_errc::bad_container;
  wire::reader from(bytes_view(body).subspan(4));
  std::size_t const count = from.number<std::uint32_t>();
  if (!from.ok() || count > max_in_container) return failure{bad};
  std::vector<inner_message> out;
  for (std::size_t i = 0; i < count; ++i) {
    auto message = take_inner(from, body);
    if (!message) return failure{bad};
    out.push_back(std::move(*message));
  }
  if (!from.rest().empty()) return failure{bad};
  return out;
}

}  // namespace

bool is_container(bytes_view body) noexcept { return service::is<schema::msg_container>(body); }

result<std::vector<inner_message>, protocol_errc> split(encrypted_message packet) {
  if (packet.body.size() < 4) return failure{protocol_errc::malformed};
  if (is_container(packet.body)) return split_container(packet.body);
  std::vector<inner_message> out;
  out.push_back({packet.header.id, packet.header.sequence, std::move(packet.body)});
  return out;
}

result<std::vector<inner_message>, protocol_errc> unpack(encrypted_message packet,
                                                         std::size_t& budget) {
  auto messages = split(std::move(packet));
  if (!messages) return messages;
  for (auto& message : *messages) {
    if (auto plain = uncover(message.body, budget); !plain) return failure{plain.error()};
  }
  return messages;
}

bytes pack_container(std::vector<inner_message> const& messages) {
  wire::writer out;
  out.number(schema::msg_container::tl_id).number(static_cast<std::uint32_t>(messages.size()));
  for (auto const& message : messages) {
    out.number(message.id).number(message.sequence);
    out.number(static_cast<std::uint32_t>(message.body.size())).raw(message.body);
  }
  return out.take();
}

}  // namespace mtp::MTP_ABI::mtproto
