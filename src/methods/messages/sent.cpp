// SPDX-License-Identifier: MIT OR Apache-2.0
#include "methods/messages/sent.hpp"

#include "methods/messages/find_sent.hpp"
#include "methods/messages/sending_outcome.hpp"

#include <mtp/tl/types/InputPeer.hpp>
#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/Peer.hpp>
#include <mtp/tl/types/Update.hpp>
#include <mtp/tl/types/Updates.hpp>

#include <utility>

namespace mtp::MTP_ABI::detail {
namespace {

/// The message that an update changes; null when it changes none.
tl::Message const* changed_by(tl::Update const& update) {
  if (auto const* u = update.get_if<tl::updateEditMessage>()) return &u->message;
  if (auto const* u = update.get_if<tl::updateEditChannelMessage>()) return &u->message;
  if (auto const* u = update.get_if<tl::updateNewScheduledMessage>()) return &u->message;
  if (auto const* u = update.get_if<tl::updateBotEditBusinessMessage>()) return &u->message;
  return nullptr;
}

tl::message const* changed_in(tl::Update const& update, std::int32_t id) {
  auto const* whole = changed_by(update);
  auto const* text = whole ? whole->get_if<tl::message>() : nullptr;
  return text && text->id == id ? text : nullptr;
}

tl::message const* find_changed(tl::Updates const& answer, std::int32_t id) {
  tl::message const* found = nullptr;
  answer.visit([&](auto const& form) {
    if constexpr (requires { form.updates; }) {
      for (auto const& each : form.updates)
        if (auto const* one = changed_in(each, id)) found = one;
    }
    if constexpr (requires { form.update; }) found = changed_in(form.update, id);
  });
  return found;
}

}  // namespace

task<std::vector<message>> sent_by_numbers(client_core& core, received<tl::Updates> answer,
                                           tl::InputPeer where,
                                           std::vector<std::int64_t> random_ids,
                                           std::string_view method) {
  std::vector<message> out;
  std::string const name(method);
  for (auto const random_id : random_ids) {
    sent_text const what{.random_id = random_id};
    sending_outcome const known = outcome_of_sending(*answer, what);
    received<tl::message> found;
    if (known.whole) {
      found = received<tl::message>(answer, known.whole);
    } else if (known.id != 0) {
      found = co_await find_message(core, where, known.id);
    }
    if (found) out.emplace_back(std::move(found), core.weak_from_this(), core.account().self_id());
  }
  if (out.empty()) throw sent_but_unknown(name);
  co_return out;
}

task<message> sent_by_number(client_core& core, received<tl::Updates> answer, tl::InputPeer where,
                             std::int64_t random_id, std::string_view method) {
  std::vector<std::int64_t> ids(1, random_id);
  auto all =
      co_await sent_by_numbers(core, std::move(answer), std::move(where), std::move(ids), method);
  co_return std::move(all.front());
}

message shown_in(client_core& core, received<tl::Updates> const& answer, std::int32_t id) {
  auto const* found = find_changed(*answer, id);
  if (!found) return {};
  return {received<tl::message>(answer, found), core.weak_from_this(), core.account().self_id()};
}

}  // namespace mtp::MTP_ABI::detail
