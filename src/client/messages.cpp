// SPDX-License-Identifier: MIT OR Apache-2.0
#include "client/messages.hpp"

#include "client/call.hpp"
#include "client/lost_answer.hpp"
#include "client/peers.hpp"

#include <mtp/core/error.hpp>
#include <mtp/tl/functions/contacts.hpp>
#include <mtp/tl/functions/messages.hpp>
#include <mtp/tl/types/InputPeer.hpp>
#include <mtp/tl/types/InputReplyTo.hpp>
#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/Update.hpp>
#include <mtp/tl/types/Updates.hpp>
#include <mtp/tl/types/contacts/ResolvedPeer.hpp>
#include <mtp/tl/types/messages/Messages.hpp>

#include <algorithm>

namespace mtp::detail {
namespace {

constexpr int most_history = 100;

/// Collects from the answer to a sent message what became of it.
class receipt {
 public:
  receipt(received<tl::Updates> const& answer, std::int64_t random_id) : answer_(answer) {
    if (auto const* all = answer->get_if<tl::updates_>()) read(all->updates, random_id);
    if (auto const* all = answer->get_if<tl::updatesCombined>()) read(all->updates, random_id);
  }
  std::int32_t id() const { return id_; }
  /// The message as the server has it; empty when the answer does not say.
  received<tl::message> message() const {
    if (!message_) return {};
    return {answer_, message_};
  }

 private:
  void read(tl::list<tl::Update> const& updates, std::int64_t random_id) {
    for (auto const& update : updates) {
      auto const* named = update.get_if<tl::updateMessageID>();
      if (named && named->random_id == random_id) id_ = named->id;
    }
    for (auto const& update : updates) {
      if (auto const* u = update.get_if<tl::updateNewMessage>()) note(u->message);
      if (auto const* u = update.get_if<tl::updateNewChannelMessage>()) note(u->message);
    }
  }
  void note(tl::Message const& one) {
    auto const* text = one.get_if<tl::message>();
    if (text && text->id == id_) message_ = text;
  }

  received<tl::Updates> const& answer_;
  std::int32_t id_ = 0;
  tl::message const* message_ = nullptr;
};

/// The message that was sent, put together from the request where the answer is short.
received<tl::message> sent_message(client_core& core, received<tl::Updates> const& answer,
                                   tl::messages::sendMessage const& request, tl::Peer chat) {
  receipt const got(answer, request.random_id);
  auto whole = got.message();
  if (whole) return whole;
  tl::message out;
  out.out = true;
  out.id = got.id();
  out.from_id = core.account().self_peer();
  out.peer_id = std::move(chat);
  out.message = request.message;
  if (auto const* brief = answer->get_if<tl::updateShortSentMessage>()) {
    out.id = brief->id;
    out.date = brief->date;
    out.media = brief->media;
    out.entities = brief->entities;
    out.ttl_period = brief->ttl_period;
  }
  return received<tl::message>::own(std::move(out));
}

/// Whose conversation an input peer names.
tl::Peer chat_of(tl::InputPeer const& peer, client_core& core) {
  if (auto const* p = peer.get_if<tl::inputPeerUser>()) return to_tl({peer_kind::user, p->user_id});
  if (auto const* p = peer.get_if<tl::inputPeerChat>()) return to_tl({peer_kind::chat, p->chat_id});
  if (auto const* p = peer.get_if<tl::inputPeerChannel>())
    return to_tl({peer_kind::channel, p->channel_id});
  return core.account().self_peer();
}

tl::messages::sendMessage to_request(kept_message const& what) {
  tl::messages::sendMessage request;
  request.message = what.text;
  request.silent = what.options.silent;
  request.no_webpage = !what.options.link_preview;
  if (what.options.reply_to) {
    tl::inputReplyToMessage before;
    before.reply_to_msg_id = *what.options.reply_to;
    request.reply_to = std::move(before);
  }
  return request;
}

}  // namespace

task<message> send_message(std::shared_ptr<client_core> core, kept_peer to, kept_message what) {
  tl::messages::sendMessage request = to_request(what);
  request.peer = co_await input_peer(core, std::move(to));
  // A repeat of it is not sent twice.
  request.random_id = core->world().random().make<std::int64_t>();
  auto chat = chat_of(request.peer, *core);
  received<tl::Updates> answer;
  bool executed_before = false;
  try {
    answer = co_await call(*core, request);
  } catch (rpc_error const& e) {
    executed_before = was_sent_before(e);
    if (!executed_before) throw;
  }
  received<tl::message> sent;
  if (executed_before) {
    sent = co_await find_sent_message(*core, request, std::move(chat));
  } else {
    sent = sent_message(*core, answer, request, std::move(chat));
  }
  message out(std::move(sent), core, core->account().self_id());
  co_return out;
}

task<std::vector<message>> get_history(std::shared_ptr<client_core> core, kept_peer of, int limit) {
  tl::messages::getHistory request;
  request.limit = std::clamp(limit, 1, most_history);
  request.peer = co_await input_peer(core, std::move(of));
  auto const page = co_await call(*core, request);
  std::vector<message> out;
  page->visit([&](auto const& p) {
    if constexpr (requires { p.messages, p.users, p.chats; }) {
      core->account().meet(p.users, p.chats);
      for (auto const& each : p.messages) {
        auto const* text = each.template get_if<tl::message>();
        if (text)
          out.emplace_back(received<tl::message>(page, text), core, core->account().self_id());
      }
    }
  });
  co_return out;
}

task<peer_id> resolve(std::shared_ptr<client_core> core, std::string username) {
  std::string name = name_cache::normalised(username);
  if (name.empty()) throw error(make_error_code(client_errc::unknown_peer), "an empty name");
  auto const known = core->account().names().find(name, core->world().now().steady);
  if (known) co_return *known;
  tl::contacts::resolveUsername request;
  request.username = name;
  auto const answer = co_await call(*core, request);
  core->account().meet(answer->users, answer->chats);
  auto const found = to_peer_id(answer->peer);
  if (!found) throw error(make_error_code(client_errc::unknown_peer), username);
  core->account().names().add(std::move(name), *found, core->world().now().steady);
  co_return *found;
}

task<tl::InputPeer> input_peer(std::shared_ptr<client_core> core, kept_peer peer) {
  co_await core->opened();
  if (peer.name == "me") co_return tl::InputPeer(tl::inputPeerSelf{});
  if (!peer.name.empty()) peer.id = co_await resolve(core, peer.name);
  tl::InputPeer out = to_input(peer.id, core->state());
  if (!out) throw error(make_error_code(client_errc::unknown_peer), std::to_string(peer.id.id));
  co_return out;
}

}  // namespace mtp::detail
