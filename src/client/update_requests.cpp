// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What the engine asks, and what is made of the answers.
#include "client/call.hpp"
#include "client/client_core.hpp"
#include "client/peers.hpp"
#include "client/update_driver.hpp"
#include "updates/salvage.hpp"

#include <mtp/tl/decode.hpp>
#include <mtp/tl/functions/channels.hpp>
#include <mtp/tl/functions/messages.hpp>
#include <mtp/tl/functions/updates.hpp>
#include <mtp/tl/types/ChannelMessagesFilter.hpp>
#include <mtp/tl/types/InputChannel.hpp>
#include <mtp/tl/types/InputMessage.hpp>
#include <mtp/tl/types/InputPeer.hpp>
#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/Update.hpp>
#include <mtp/tl/types/messages/Messages.hpp>
#include <mtp/tl/types/updates/ChannelDifference.hpp>
#include <mtp/tl/types/updates/Difference.hpp>
#include <mtp/tl/types/updates/State.hpp>

#include <utility>
#include <vector>

namespace mtp::MTP_ABI::detail {

namespace {

/// The engine decides what a refusal means, and when to ask again: nothing waits for a request that
/// is repeated by itself.
template <tl::tl_function F>
task<slice> ask_for_bytes(client_core& core, F const& request) {
  raw_request raw{.body = tl::encode(request), .method = F::tl_name};
  raw.reports_refusals = true;
  raw.timeout = updates::engine::max_answer_time;
  return core.requests().exchange(std::move(raw));
}

template <tl::tl_function F>
task<tl::answer<F>> ask_once(client_core& core, F const& request) {
  return read_answer<typename F::response>(ask_for_bytes(core, request), F::tl_name);
}

/// Something in it may be unknown: the rest can be read.
template <tl::tl_function F>
task<tl::answer<F>> ask_for_most(client_core& core, F const& request, std::vector<slice>& unknown) {
  auto body = co_await ask_for_bytes(core, request);
  auto whole = tl::decode<typename F::response>(body);
  if (whole) co_return *std::move(whole);
  auto saved = updates::salvage(body);
  if (saved) unknown = std::move(saved->unreadable);
  auto value = read_value(saved ? std::move(saved->body) : std::move(body),
                          tl::codec::ops_for<typename F::response>::get(), F::tl_name);
  co_return tl::detail::make_received::of<typename F::response>(std::move(value));
}

tl::list<tl::InputMessage> numbers_in(updates::message_range which) {
  tl::list<tl::InputMessage> out;
  for (std::int64_t id = which.first; id <= which.last; ++id)
    out.push_back(tl::inputMessageID{.id = static_cast<std::int32_t>(id)});
  return out;
}

}  // namespace

task<> update_driver::ask_server(updates::ask_state) {
  tl::updates::getState const request;
  auto const answer = co_await ask_once(core_, request);
  engine_.on_state(*answer, core_.now());
}

task<> update_driver::ask_server(updates::ask_difference what) {
  tl::updates::getDifference request;
  request.pts = what.from.pts;
  request.qts = what.from.qts;
  request.date = what.from.date;
  std::vector<slice> unknown;
  auto const answer = co_await ask_for_most(core_, request, unknown);
  engine_.on_unreadable_parts(std::move(unknown));
  engine_.on_difference(answer, core_.now());
}

/// Empty when its access hash is not known, which the engine is told.
task<tl::InputChannel> update_driver::name_of(std::int64_t channel) {
  peer_id const asked{peer_kind::channel, channel};
  auto const named = co_await to_input(asked, core_.keeper());
  auto const* const known = named.get_if<tl::inputPeerChannel>();
  if (!known) {
    watch_.on_closed(channel);
    engine_.on_channel_unreachable(channel, core_.now());
    co_return tl::InputChannel();
  }
  co_return tl::inputChannel{.channel_id = known->channel_id, .access_hash = known->access_hash};
}

task<> update_driver::ask_server(updates::ask_channel_difference what) {
  tl::updates::getChannelDifference request;
  request.channel = co_await name_of(what.channel);
  if (!request.channel) co_return;
  request.filter = tl::channelMessagesFilterEmpty{};
  request.pts = what.pts;
  request.limit = what.limit;
  std::vector<slice> unknown;
  auto const answer = co_await ask_for_most(core_, request, unknown);
  engine_.on_unreadable_parts(std::move(unknown));
  engine_.on_channel_difference(what.channel, answer, core_.now());
  answer->visit([&](auto const& one) {
    watch_.on_answer(what.channel, one.timeout, one.final, core_.now());
  });
}

task<> update_driver::ask_server(updates::ask_messages what) {
  if (what.channel == 0) co_return co_await ask_account(what);
  tl::channels::getMessages request;
  request.channel = co_await name_of(what.channel);
  if (!request.channel) co_return;
  request.id = numbers_in(what.which);
  auto const answer = co_await ask_once(core_, request);
  engine_.on_messages(what.channel, answer, core_.now());
}

task<> update_driver::ask_account(updates::ask_messages what) {
  tl::messages::getMessages request;
  request.id = numbers_in(what.which);
  auto const answer = co_await ask_once(core_, request);
  engine_.on_messages(0, answer, core_.now());
}

}  // namespace mtp::MTP_ABI::detail
