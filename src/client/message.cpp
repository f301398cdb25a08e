// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/client/message.hpp>

#include "client/messages.hpp"
#include "client/on_strand.hpp"
#include "client/peers.hpp"

#include <mtp/core/error.hpp>
#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/Peer.hpp>
#include <mtp/tl/types/User.hpp>

namespace mtp {
namespace {

template <class T>
task<T> closed_client() {
  throw client_closed();
  co_return T();
}

tl::string const& text_or_nothing(std::optional<tl::string> const& text) {
  static tl::string const nothing;
  return text ? *text : nothing;
}

}  // namespace

message::message(received<tl::message> raw, std::weak_ptr<detail::client_core> client,
                 std::int64_t self)
    : raw_(std::move(raw)), client_(std::move(client)), self_(self) {}

std::int32_t message::id() const { return raw_->id; }

peer_id message::chat() const { return detail::to_peer_id(raw_->peer_id).value_or(peer_id{}); }

/// In a private chat the server may leave out who wrote: then it is the other one, or we.
std::optional<peer_id> message::sender() const {
  if (raw_->from_id) return detail::to_peer_id(raw_->from_id);
  if (raw_->post) return {};
  if (!raw_->out) return detail::to_peer_id(raw_->peer_id);
  if (self_ == 0) return {};
  return peer_id{peer_kind::user, self_};
}

std::chrono::sys_seconds message::date() const {
  return std::chrono::sys_seconds(std::chrono::seconds(raw_->date));
}

tl::string const& message::text() const { return raw_->message; }

bool message::outgoing() const { return raw_->out; }

task<message> message::reply(std::string_view text, send_message_options options) const {
  auto core = client_.lock();
  if (!core) return closed_client<message>();
  options.reply_to = id();
  detail::kept_peer to(chat());
  detail::kept_message what{.text = std::string(text), .options = options};
  auto strand = core->strand();
  auto work = detail::send_message(std::move(core), std::move(to), std::move(what));
  return detail::on_strand(std::move(strand), std::move(work));
}

std::int64_t user::id() const { return raw_->id; }
bool user::is_bot() const { return raw_->bot; }
tl::string const& user::first_name() const { return text_or_nothing(raw_->first_name); }
tl::string const& user::last_name() const { return text_or_nothing(raw_->last_name); }
tl::string const& user::username() const { return text_or_nothing(raw_->username); }

}  // namespace mtp
