// SPDX-License-Identifier: MIT OR Apache-2.0
// https://core.telegram.org/mtproto/service_messages_about_messages#notice-of-ignored-error-message
#include "mtproto/client_machine.hpp"

namespace mtp::MTP_ABI::mtproto {
namespace {

bool means_new_session(std::int32_t code) {
  switch (code) {
    case 17:  // our ids were too high
    case 18:
    case 19:
    case 64:  // ids or containers that are not right
    case 32:
    case 33:
    case 34:
    case 35: return true;  // numbers that are not right
    default: return false;
  }
}

}  // namespace

/// Whether a message with this id was sent in this session and not yet renewed or decided.
bool client_session::machine::is_under_way(std::int64_t id) {
  auto const* const which = requests.by_message(id);
  bool const current = which && which->id == id && which->is_under_way();
  return current || sent.find(id) != nullptr;
}

/// Check M11: what we did not send cannot be bad. Neither can what another rejection has renewed
/// already: that may have begun another session, which is not to blame.
void client_session::machine::on(inner_message& message, schema::bad_msg_notification& said,
                                 moment now) {
  if (!is_under_way(said.bad_msg_id)) return;
  if (said.error_code == 16 || said.error_code == 17) {
    clock.set(second_of(message.id), now);
    state_changed = true;
  }
  reject(said.bad_msg_id, false, now);
  if (!means_new_session(said.error_code)) return;
  begin_session(now);
  if (said.error_code != 17) return;
  ids.restart();
  former.ids.restart();
}

/// The salt is right whatever became of the message that had another one.
void client_session::machine::on(inner_message&, schema::bad_server_salt& said, moment now) {
  set_salt(said.new_server_salt, now);
  if (is_under_way(said.bad_msg_id)) reject(said.bad_msg_id, true, now);
}

/// The message with this id did not count: what was in it goes out again. `unread`: the server
/// refused the packet around it and did not look at the message itself.
void client_session::machine::reject(std::int64_t id, bool unread, moment now) {
  if (auto* const which = requests.by_message(id)) {
    if (which->id == id) reject_request(*which, unread);
    return;
  }
  auto note = sent.take(id);
  switch (note.what) {
    case kind::container: return reject_container(note, now);
    case kind::acks:
      for (auto acknowledged : note.ids) acknowledge(acknowledged, now);
      break;
    case kind::ping: pings.on_rejected(note.value, now.steady + after_rejection); break;
    case kind::future_salts:
      awaits_salts = false;
      shared->next_salts.postpone(now.steady + after_rejection);
      break;
    case kind::state_request: on_state_request_unanswered(note.value, true, now); break;
    case kind::resend:
      return send_again(service::write(schema::msg_resend_req{.msg_ids = note.ids}), note);
    case kind::drop_answer:
      return send_again(service::write(schema::rpc_drop_answer{.req_msg_id = note.value}), note);
    case kind::none:
    case kind::other: break;
  }
}

/// The ids in a container are those that were given after its first and before its own, and those
/// of the requests that it repeated.
void client_session::machine::reject_container(sent_service_message const& container, moment now) {
  auto inside = sent.ids_between(container.value, container.id);
  requests.each_message_between(container.value, container.id, [&](request const& one) {
    if (one.id >= container.value) inside.push_back(one.id);
  });
  inside.insert(inside.end(), container.ids.begin(), container.ids.end());
  for (auto id : inside) reject(id, true, now);
}

/// Nobody waits for these: the server may refuse them without end, we do not repeat them without
/// end.
void client_session::machine::send_again(bytes body, sent_service_message note) {
  if (++note.rejections <= max_rejections) queued.push_back({std::move(body), std::move(note)});
}

/// One that was written before may be running under its id, and keeps it.
void client_session::machine::reject_request(request& which, bool unread) {
  if (++which.rejections > max_rejections) return abandon(which, protocol_errc::request_rejected);
  if (unread && which.repeated) return requests.repeat(which);
  if (!which.repeated) return requests.renew(which, renewal::not_executed);
  if (which.repeatable) return requests.renew(which, renewal::repeatable);
  abandon(which, client_errc::outcome_unknown);
}

void client_session::machine::set_salt(std::int64_t salt, moment now) {
  auto const second = clock.second_at(now);
  if (salts.at(second) == salt && !salts.all().empty()) return;
  salts.set_current(salt, second);
  shared->next_salts.bring_forward(now.steady + after_rejection);
  state_changed = true;
}

}  // namespace mtp::MTP_ABI::mtproto
