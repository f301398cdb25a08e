// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/method/messages.forwardMessages
#include "client/call.hpp"
#include "client/start.hpp"
#include "methods/messages/lookup.hpp"
#include "methods/messages/sending_options.hpp"
#include "methods/messages/sent.hpp"
#include "methods/peers/resolve.hpp"

#include <mtp/methods/messages.hpp>
#include <mtp/tl/functions/messages.hpp>
#include <mtp/tl/types/InputPeer.hpp>
#include <mtp/tl/types/Updates.hpp>

#include <iterator>
#include <span>
#include <utility>

namespace mtp::MTP_ABI {
namespace detail {
namespace {

/// Forward options whose sending part is kept apart.
struct forward_flags {
  explicit forward_flags(forward_options const& from)
      : without_author(from.without_author), without_captions(from.without_captions) {}
  bool without_author;
  bool without_captions;
};

/// A single message may keep the number that its caller chose; several need one each.
std::vector<std::int64_t> numbers_for(client_core& core, std::size_t count,
                                      std::optional<std::int64_t> named) {
  if (named && count > 1)
    throw error(make_error_code(client_errc::bad_argument),
                "random_id is set for several messages");
  std::vector<std::int64_t> out;
  for (std::size_t i = 0; i < count; ++i) out.push_back(random_id_of(core, named));
  return out;
}

tl::messages::forwardMessages forward_request(ready_sending const& ready, forward_flags flags) {
  tl::messages::forwardMessages request;
  put_options(ready, request);
  request.drop_author = flags.without_author || flags.without_captions;
  request.drop_media_captions = flags.without_captions;
  request.top_msg_id = ready.from.said.reply.topic;
  if (!ready.from.said.reply_to) request.reply_to = {};
  return request;
}

task<std::vector<message>> forward_all(client_core& core, owned_peer to, owned_peer from,
                                       std::vector<std::int32_t> ids, forward_flags flags,
                                       owned_sending options) {
  check_ids(ids);
  auto const numbers = numbers_for(core, ids.size(), options.said.random_id);
  auto const where = co_await input_peer(core, std::move(to));
  auto const source = co_await input_peer(core, std::move(from));
  auto const ready = co_await make_ready(core, std::move(options), where);
  auto request = forward_request(ready, flags);
  request.to_peer = where;
  request.from_peer = source;
  std::vector<message> out;
  for (std::size_t first = 0; first < ids.size(); first += max_lookup) {
    auto const batch = batch_of(ids, first);
    std::vector<std::int64_t> random_ids(
        numbers.begin() + static_cast<std::ptrdiff_t>(first),
        numbers.begin() + static_cast<std::ptrdiff_t>(first + batch.size()));
    request.id = batch;
    request.random_id = random_ids;
    auto answer = co_await call(core, request);
    auto sent = co_await sent_by_numbers(core, std::move(answer), where, std::move(random_ids),
                                         tl::messages::forwardMessages::tl_name);
    out.insert(out.end(), std::make_move_iterator(sent.begin()),
               std::make_move_iterator(sent.end()));
  }
  co_return out;
}

task<message> forward_one(client_core& core, owned_peer to, owned_peer from, std::int32_t id,
                          forward_flags flags, owned_sending options) {
  std::vector<std::int32_t> ids(1, id);
  auto all = co_await forward_all(core, std::move(to), std::move(from), std::move(ids), flags,
                                  std::move(options));
  co_return std::move(all.front());
}

}  // namespace
}  // namespace detail

task<std::vector<message>> message_methods::forward(peer_ref to, peer_ref from,
                                                    std::span<std::int32_t const> ids,
                                                    forward_options options) const {
  std::vector<std::int32_t> all(ids.begin(), ids.end());
  return detail::start(client_, detail::forward_all, to, from, std::move(all), options,
                       options.sending);
}

task<message> message_methods::forward(peer_ref to, peer_ref from, std::int32_t id,
                                       forward_options options) const {
  return detail::start(client_, detail::forward_one, to, from, id, options, options.sending);
}

task<message> message_methods::copy(peer_ref to, peer_ref from, std::int32_t id,
                                    forward_options options) const {
  options.without_author = true;
  return forward(to, from, id, options);
}

}  // namespace mtp::MTP_ABI
