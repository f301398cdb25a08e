// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The verbs of the client itself, each one line that calls its area, and the doors to the areas.
#include <mtp/client/client.hpp>
#include <mtp/methods/account.hpp>
#include <mtp/methods/auth.hpp>
#include <mtp/methods/bots.hpp>
#include <mtp/methods/chats.hpp>
#include <mtp/methods/drafts.hpp>
#include <mtp/methods/files.hpp>
#include <mtp/methods/messages.hpp>
#include <mtp/methods/peers.hpp>
#include <mtp/methods/polls.hpp>
#include <mtp/methods/reactions.hpp>
#include <mtp/methods/scheduled.hpp>
#include <mtp/tl/types/InputPeer.hpp>

#include <utility>

namespace mtp::MTP_ABI {

account_methods client::account() const { return account_methods(core_); }
auth_methods client::auth() const { return auth_methods(core_); }
bot_methods client::bots() const { return bot_methods(core_); }
chat_methods client::chats() const { return chat_methods(core_); }
draft_methods client::drafts() const { return draft_methods(core_); }
file_methods client::files() const { return file_methods(core_); }
message_methods client::messages() const { return message_methods(core_); }
peer_methods client::peers() const { return peer_methods(core_); }
poll_methods client::polls() const { return poll_methods(core_); }
reaction_methods client::reactions() const { return reaction_methods(core_); }
scheduled_methods client::scheduled() const { return scheduled_methods(core_); }

task<user> client::sign_in_bot(std::string_view token) { return auth().sign_in_bot(token); }

task<user> client::sign_in(std::string_view phone, code_prompt ask_for_code) {
  return auth().sign_in(phone, std::move(ask_for_code));
}

task<login::step> client::sign_in(login::flow& flow) { return auth().sign_in(flow); }

task<user> client::sign_in(login::asker ask) { return auth().sign_in(std::move(ask)); }

task<user> client::get_me() { return auth().get_me(); }

task<message> client::send_message(peer_ref peer, text_ref text, send_message_options options) {
  return messages().send(peer, text, options);
}

task<std::vector<message>> client::get_history(peer_ref peer, int limit) {
  return messages().get_history(peer, limit);
}

task<uploaded_file> client::upload(file_source const& from, upload_options options) {
  return files().upload(from, options);
}

task<message> client::send_file(peer_ref peer, uploaded_file const& file, std::string_view caption,
                                send_file_options options) {
  return files().send(peer, file, caption, options);
}

task<std::uint64_t> client::download(remote_file const& from, file_sink const& to,
                                     download_options options) {
  return files().download(from, to, options);
}

upload_handle client::start_upload(file_source const& from, upload_options options) {
  return files().start_upload(from, options);
}

download_handle client::start_download(remote_file const& from, file_sink const& to,
                                       download_options options) {
  return files().start_download(from, to, options);
}

task<peer_id> client::resolve(std::string_view username) { return peers().resolve(username); }

task<tl::InputPeer> client::input_peer(peer_ref peer) { return peers().input_peer(peer); }

}  // namespace mtp::MTP_ABI
