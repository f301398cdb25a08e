// SPDX-License-Identifier: MIT OR Apache-2.0
//
// No method gives an album, so what stands round one of its messages is asked for.
#include "client/start.hpp"
#include "methods/messages/lookup.hpp"
#include "methods/peers/resolve.hpp"

#include <mtp/methods/messages.hpp>
#include <mtp/tl/types/InputPeer.hpp>

#include <algorithm>
#include <limits>
#include <utility>

namespace mtp::MTP_ABI {
namespace detail {
namespace {

/// So far from a message the others of its album may be: messages of other conversations have
/// numbers in between. One request asks for at most a hundred.
constexpr std::int64_t album_reach = 49;

std::vector<std::int32_t> ids_round(std::int32_t id) {
  std::int64_t const first = std::max<std::int64_t>(id - album_reach, 1);
  std::int64_t const last =
      std::min<std::int64_t>(id + album_reach, std::numeric_limits<std::int32_t>::max());
  std::vector<std::int32_t> out;
  for (auto each = first; each <= last; ++each) out.push_back(static_cast<std::int32_t>(each));
  return out;
}

std::vector<message> album_of(std::vector<message> all, std::int32_t id) {
  auto const named = std::ranges::find(all, id, &message::id);
  if (named == all.end()) return {};
  auto const album = named->album_id();
  std::erase_if(
      all, [&](message const& each) { return album ? each.album_id() != album : each.id() != id; });
  std::ranges::sort(all, {}, &message::id);
  return all;
}

task<std::vector<message>> get_album(client_core& core, owned_peer of, std::int32_t id) {
  if (id < 1) throw error(make_error_code(client_errc::bad_argument), "id is not positive");
  auto where = co_await input_peer(core, std::move(of));
  auto ids = ids_round(id);
  auto all = co_await look_up(core, std::move(where), std::move(ids));
  co_return album_of(std::move(all), id);
}

}  // namespace
}  // namespace detail

task<std::vector<message>> message_methods::get_album(peer_ref peer, std::int32_t id) const {
  return detail::start(client_, detail::get_album, peer, id);
}

}  // namespace mtp::MTP_ABI
