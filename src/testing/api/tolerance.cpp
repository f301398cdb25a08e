// SPDX-License-Identifier: MIT OR Apache-2.0
#include "tolerance.hpp"

#include <mtp/testing/handler.hpp>

#include <array>
#include <cstdint>
#include <utility>

namespace mtp::MTP_ABI::testing {
namespace {

/// The same since layer 133.
constexpr std::array<std::pair<std::uint32_t, std::uint32_t>, 5> twins{{
    {0x7da07ec9, 0xf7c1b13f},  // inputPeerSelf, inputUserSelf
    {0xdde8a54c, 0xf21158c6},  // inputPeerUser, inputUser
    {0xa87b0a1c, 0x1da448e2},  // inputPeerUserFromMessage, inputUserFromMessage
    {0x27bcbbfc, 0xf35aec28},  // inputPeerChannel, inputChannel
    {0xbd2a0840, 0x5b934f9d},  // inputPeerChannelFromMessage, inputChannelFromMessage
}};

}  // namespace

bool repair_peer(bytes& call, std::size_t at) {
  if (at > call.size() || call.size() - at < 4) return false;
  auto const id = load_le<std::uint32_t>(call.data() + at);
  for (auto const& [peer, other] : twins) {
    if (id != peer && id != other) continue;
    store_le(call.data() + at, id == peer ? other : peer);
    return true;
  }
  return false;
}

bool repair_call(bytes& call, tl::decode_error const& wrong) {
  return wrong.code == tl::decode_errc::unknown_constructor && repair_peer(call, wrong.offset);
}

}  // namespace mtp::MTP_ABI::testing
